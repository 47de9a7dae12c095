import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {type Failure} from '../../core/failure/failure.ts';
import {type PluginOrigin} from '../../core/plugin.ts';
import {fileBytes, manifestBytes} from './read-manifest.ts';

/** A place where plugins are looked for. */
export type PluginDirectory = {
	readonly origin: PluginOrigin;
	/** A folder of plugins, or one plugin itself. */
	readonly directory: string;
	/** `packages`: a `node_modules`, where only packages with the keyword `cws-plugin` count. */
	readonly shape?: 'plugins' | 'packages';
	/** Why what lies here may be shown but not run, as long as it may not. */
	readonly refuse?: () => Failure | undefined;
};

/** One thing that may be a plugin. */
export type Place = {
	readonly directory: string;
	/** Size of its manifest. */
	readonly bytes?: number;
	/** A plugin in one file, without a manifest. */
	readonly file?: string;
	/** Whether its folder has to bear its id. */
	readonly isNamedByFolder: boolean;
};

/** The seed's names of plugins in one file; other scripts may lie there too. */
const singleFile = /^[a-z][\w-]*[-_](provider|plugin)\.(ts|mts|js|mjs)$/;
const keyword = 'cws-plugin';
// Reading every package of a project would take longer than the first frame; a global directory is much smaller.
const manyPackages = 200;

/** Everything in a directory that may be a plugin, folders before single files, each in alphabetical order. */
export function placesIn({directory, shape = 'plugins'}: PluginDirectory): readonly Place[] {
	if (shape === 'packages') {
		return packagesIn(directory);
	}

	const own = manifestBytes(directory);
	if (own !== undefined) {
		return [{directory, bytes: own, isNamedByFolder: false}];
	}

	if (singleFile.test(path.basename(directory)) && fileBytes(directory) !== undefined) {
		return [{directory: path.dirname(directory), file: path.basename(directory), isNamedByFolder: false}];
	}

	const entries = namesIn(directory).filter(name => !name.startsWith('_') && !name.startsWith('.'));
	return [
		...entries.flatMap(name => folderIn(path.join(directory, name), true)),
		...entries
			.filter(name => singleFile.test(name) && fileBytes(path.join(directory, name)) !== undefined)
			.map(file => ({directory, file, isNamedByFolder: false})),
	];
}

function packagesIn(directory: string): readonly Place[] {
	const names = namesIn(directory).flatMap(name =>
		name.startsWith('@') ? namesIn(path.join(directory, name)).map(inner => `${name}/${inner}`) : [name],
	);
	const likely = names.length > manyPackages ? names.filter(name => name.includes('cws')) : names;
	return likely
		.filter(name => !name.startsWith('.'))
		.flatMap(name => pluginFolder(path.join(directory, name)))
		.flatMap(folder => folderIn(folder, false));
}

function folderIn(directory: string, isNamedByFolder: boolean): readonly Place[] {
	const bytes = manifestBytes(directory);
	return bytes === undefined ? [] : [{directory, bytes, isNamedByFolder}];
}

/** The folder of a package's `plugin.json`: its root, or what its `cws` field names. */
function pluginFolder(folder: string): readonly string[] {
	try {
		const {keywords, cws} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
		if (!Array.isArray(keywords) || !keywords.includes(keyword)) {
			return [];
		}

		const inner = path.resolve(folder, typeof cws === 'string' ? cws : '.');
		const isInside = inner === folder || inner.startsWith(`${folder}${path.sep}`);
		return isInside ? [inner] : [];
	} catch {
		return [];
	}
}

function namesIn(directory: string): readonly string[] {
	try {
		return existsSync(directory) ? readdirSync(directory).toSorted() : [];
	} catch {
		return [];
	}
}
