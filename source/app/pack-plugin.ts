import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type Failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {loadValidator} from '../core/schema/validate.ts';
import {checkManifest} from '../host/manifest/check-manifest.ts';
import {readManifest} from '../host/manifest/read-manifest.ts';
import {packedManifest} from '../host/package/make-package.ts';
import {packageFiles, type PackageTexts} from '../host/package/package-format.ts';
import {type Bundle, bundlePlugin} from '../platform/bundle-plugin.ts';
import {pluginEntry, readPluginText} from '../platform/plugin-project.ts';
import {locations} from './locations.ts';
import {version} from './version.ts';

const alias = {'cws/sdk': fileURLToPath(locations.sdk)};
const ours = fileURLToPath(locations.ours);

export type PackedPlugin = {
	readonly id: string;
	readonly version: string;
	readonly texts: PackageTexts;
	/** Files the code was made from: absolute. */
	readonly inputs: readonly string[];
};

/** What is wrong with the manifest of a folder, in full. */
export async function checkFolder(folder: string): Promise<Failure | undefined> {
	const {manifest, error} = readManifest(folder);
	return error ?? checkManifest(manifest, folder, {validate: await loadValidator(), cwsVersion: version});
}

/** The files of a package, made of a plugin's folder. Runs nothing of it. */
export async function packFolder(folder: string): Promise<Outcome<PackedPlugin>> {
	const wrong = await checkFolder(folder);
	if (wrong !== undefined) {
		return failed(wrong);
	}

	const {manifest} = readManifest(folder);
	const text = readPluginText(folder, 'plugin.json');
	const entry = pluginEntry(folder, manifest.main);
	if (!text.ok || !entry.ok) {
		return failed((text.ok ? (entry as {readonly error: Failure}) : text).error);
	}

	const packed = packedManifest(JSON.parse(text.value!.replace(/^\uFEFF/, '')) as Readonly<Record<string, unknown>>, name =>
		readPluginText(folder, name),
	);
	if (!packed.ok) {
		return packed;
	}

	const bundle = await bundlePlugin({folder, entry: {file: entry.value}, alias, ours});
	if (!bundle.ok) {
		return bundle;
	}

	const texts: Record<string, string> = {'plugin.json': packed.value, 'plugin.js': bundle.value.code};
	for (const name of packageFiles.filter(name => !name.startsWith('plugin.'))) {
		const extra = readPluginText(folder, name);
		if (!extra.ok) {
			return extra;
		}

		if (extra.value !== undefined) {
			texts[name] = extra.value;
		}
	}

	const {id, version: own} = manifest;
	return ok({id, version: own, texts: texts as PackageTexts, inputs: [join(folder, 'plugin.json'), ...bundle.value.inputs]});
}

/** The script of a plugin in one file, with what makes a plugin of today out of the older shapes. */
export async function bundleSingleFile(file: string): Promise<Outcome<Bundle>> {
	const name = basename(file);
	return bundlePlugin({
		folder: dirname(file),
		only: [name],
		entry: {
			text: `import * as module from ${JSON.stringify(`./${name}`)};
import {adaptPlugin} from 'cws/sdk/adapter';
export default adaptPlugin(module).plugin;`,
		},
		alias: {'cws/sdk/adapter': fileURLToPath(locations.adapter), ...alias},
		ours,
	});
}
