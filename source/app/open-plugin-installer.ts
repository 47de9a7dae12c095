import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {failure, type Failure, toFailure} from '../core/failure/failure.ts';
import {failed, mapOutcome, ok, type Outcome} from '../core/failure/outcome.ts';
import {type Manifest} from '../core/manifest.ts';
import {pluginKey} from '../core/plugin-key.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type PluginInstaller, type PreparedInstall} from '../core/ports/plugin-installer.ts';
import {type PluginKeep} from '../core/ports/plugin-keep.ts';
import {loadValidator} from '../core/schema/validate.ts';
import {safeText} from '../core/text/safe-text.ts';
import {checkManifest} from '../host/manifest/check-manifest.ts';
import {manifestBytes, readManifest} from '../host/manifest/read-manifest.ts';
import {changesOf} from '../host/package/make-package.ts';
import {maxFileBytes, packageExtension, packageFailure, type PackageTexts} from '../host/package/package-format.ts';
import {readAdaptedManifest} from '../host/package/read-adapted-manifest.ts';
import {readPackage} from '../host/package/read-package.ts';
import {writePackage} from '../host/package/write-package.ts';
import {ownFolder} from '../host/own-folder.ts';
import {firstRecord} from '../host/slot/first-record.ts';
import {type OpenTransport} from '../host/transport/transport.ts';
import {type PluginTrust} from '../host/trust.ts';
import {removeFolder} from '../platform/files/folders.ts';
import {kindOf, readBytes} from '../platform/files/places.ts';
import {createPluginFolders, type StagedPlugin} from '../platform/plugin-folders.ts';
import {bundleSingleFile, packFolder} from './pack-plugin.ts';
import {version} from './version.ts';

type Options = {
	/** Where the person's own plugins are. */
	readonly directory: string;
	/** Where each plugin has a folder of its own. */
	readonly data: readonly string[];
	readonly keep: Pick<PluginKeep, 'readGrants' | 'saveGrant' | 'deleteGrant' | 'clearEntries' | 'liftQuarantine'>;
	readonly trust: Pick<PluginTrust, 'missing'>;
	readonly openSandbox: OpenTransport;
	readonly clock: Clock;
	readonly locale: string;
};

/** Joins the package format, the sandbox and the disk to what the engine installs and removes plugins with. */
export function openPluginInstaller({directory, data, keep, trust, openSandbox, clock, locale}: Options): PluginInstaller {
	const folders = createPluginFolders(directory, clock.now);

	async function prepared(source: string, texts: PackageTexts, staged: StagedPlugin): Promise<Outcome<PreparedInstall>> {
		const manifest = await checked(source, staged.directory);
		if (!manifest.ok) {
			return manifest;
		}

		const {id} = manifest.value;
		const target = folders.directoryOf(id);
		const record = firstRecord({manifest: manifest.value, origin: 'user', directory: target}, {isDisabled: false, canRun: true});
		const missing = await trust.missing({record, bundleHash: sha256(texts['plugin.js'])});
		if (!missing.ok) {
			return missing;
		}

		const previous = manifestBytes(target) === undefined ? undefined : readManifest(target).manifest.version;
		const changes = changesOf(texts, manifest.value.version);
		return ok({
			preview: {
				manifest: manifest.value,
				...(previous !== undefined && {previousVersion: previous}),
				...(missing.value !== undefined && {consent: missing.value}),
				digest: sha256(JSON.stringify(texts)),
				...(changes !== undefined && {changes: safeText(changes)}),
			},
			async commit() {
				const key = pluginKey(record);
				const grants = await keep.readGrants();
				const grant = grants.ok ? grants.value.find(one => one.key === key) : undefined;
				return mapOutcome(staged.place(id), placed => ({
					directory: placed.directory,
					async undo() {
						const undone = placed.undo();
						return undone.ok ? (grant === undefined ? keep.deleteGrant(key) : keep.saveGrant(grant)) : undone;
					},
					async keep() {
						placed.keep();
					},
				}));
			},
			discard: async () => staged.discard(),
		});
	}

	return {
		async prepare(source) {
			const texts = await textsOf(source, {openSandbox, clock, locale});
			if (!texts.ok) {
				return texts;
			}

			const staged = folders.stage(texts.value);
			if (!staged.ok) {
				return staged;
			}

			const result = await prepared(source, texts.value, staged.value);
			if (!result.ok) {
				staged.value.discard();
			}

			return result;
		},
		async remove(id, key) {
			const removed = folders.remove(id);
			if (!removed.ok) {
				return removed;
			}

			const kept = [
				await keep.deleteGrant(key),
				await keep.clearEntries(key),
				await keep.liftQuarantine(id),
				removeData(data, {id, origin: 'user', directory: folders.directoryOf(id)}),
			];
			return kept.find(outcome => !outcome.ok) ?? ok(undefined);
		},
	};
}

/** The files of the plugin, whatever it lies in; as strict with a folder as with a package. */
async function textsOf(source: string, sandbox: Pick<Options, 'openSandbox' | 'clock' | 'locale'>): Promise<Outcome<PackageTexts>> {
	const found = kindOf(source);
	if (found === undefined) {
		return failed(
			failure('CWS_FILE', {
				message: `There is no \`${safeText(source)}\` to install.`,
				fix: 'Name a `.cwsplugin` file, the folder of a plugin, or a plugin in one `.ts` or `.js` file.',
			}),
		);
	}

	if (found.kind === 'folder') {
		const packed = await packFolder(source);
		return packed.ok ? roundTrip(packed.value.texts, source) : packed;
	}

	if (found.kind !== 'file') {
		return failed(packageFailure(source, 'it is neither a file nor a folder'));
	}

	if (/\.m?[jt]s$/.test(source)) {
		return singleFile(source, sandbox);
	}

	if (!source.endsWith(packageExtension)) {
		return failed(packageFailure(source, `its name does not end in \`${packageExtension}\`, \`.ts\` or \`.js\``));
	}

	return found.bytes > maxFileBytes ? failed(packageFailure(source, 'it is too large')) : readPackage(readBytes(source), source);
}

async function roundTrip(texts: PackageTexts, source: string): Promise<Outcome<PackageTexts>> {
	const written = await writePackage(texts, source);
	return written.ok ? readPackage(written.value, source) : written;
}

async function singleFile(
	file: string,
	{openSandbox, clock, locale}: Pick<Options, 'openSandbox' | 'clock' | 'locale'>,
): Promise<Outcome<PackageTexts>> {
	const bundle = await bundleSingleFile(file);
	if (!bundle.ok) {
		return bundle;
	}

	const {code} = bundle.value;
	const manifest = await readAdaptedManifest(code, {open: openSandbox, clock, locale});
	return manifest.ok
		? roundTrip(
				{'plugin.json': `${JSON.stringify({...(manifest.value as object), main: 'plugin.js'}, undefined, '\t')}\n`, 'plugin.js': code},
				file,
			)
		: manifest;
}

/** As it will be read when it is in its place, but named as the person named it. */
async function checked(source: string, directory: string): Promise<Outcome<Manifest>> {
	const {manifest, error} = readManifest(directory);
	const wrong =
		error ??
		(await checkManifest(manifest, directory, {validate: await loadValidator(), cwsVersion: version})) ??
		(manifest.main === 'plugin.js' ? undefined : packageFailure(source, `its \`main\` is \`${manifest.main}\` and not \`plugin.js\``));
	return wrong === undefined ? ok(manifest) : failed(named(wrong, directory, source));
}

const named = ({message, cause, fix, ...rest}: Failure, directory: string, source: string): Failure => ({
	...rest,
	message: message.replaceAll(directory, safeText(source)),
	...(cause !== undefined && {cause: cause.replaceAll(directory, safeText(source))}),
	...(fix !== undefined && {fix: fix.replace(', then reload the plugin', ', then install it again')}),
});

function removeData(directories: readonly string[], plugin: Parameters<typeof ownFolder>[0]): Outcome<void> {
	try {
		for (const directory of directories) {
			removeFolder(join(directory, ownFolder(plugin)));
		}

		return ok(undefined);
	} catch (error) {
		return failed(
			failure('CWS_READ_ONLY', {message: `What the plugin \`${plugin.id}\` kept cannot be taken away.`, cause: toFailure(error).message}),
		);
	}
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
