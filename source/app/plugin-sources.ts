import {basename, delimiter, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {failure, type Failure} from '../core/failure/failure.ts';
import {type Directories, type Settings} from '../core/settings.ts';
import {type PluginDirectory} from '../host/manifest/places.ts';
import {isSamePlace, isThere, packageNameOf} from '../platform/files/places.ts';
import {type TrustedFolders} from '../platform/trusted-folders.ts';
import {locations} from './locations.ts';

type Options = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly cwd: string;
	readonly directories: Directories;
	readonly settings: Settings;
	readonly trusted: TrustedFolders;
	/** Of `--plugin-dir`. */
	readonly pluginDirs?: readonly string[] | undefined;
	/** Where programs install plugins for everybody. */
	readonly systemDirectory?: string;
};

/** Where a person's own plugins are installed. Not below the data directory: what plugins keep must never become one. */
export const userPluginDirectory = (directories: Directories): string => join(directories.config, 'plugins');

/** The places where plugins are looked for, the one that wins first, and those of the flag that are not there. */
export function pluginSources({
	environment,
	cwd,
	directories,
	settings,
	trusted,
	pluginDirs = [],
	systemDirectory = '/usr/lib/cws/plugins',
}: Options): {readonly sources: readonly PluginDirectory[]; readonly problems: readonly Failure[]} {
	const named = [...pluginDirs, ...(environment['CWS_PLUGIN_DIR'] ?? '').split(delimiter).filter(Boolean)].map(place =>
		resolve(cwd, place),
	);
	const user = userPluginDirectory(directories);
	const bundled = fileURLToPath(locations.plugins);
	const project = join(cwd, 'plugins');
	// What lies in a checkout of cws itself comes with cws already: there is nothing to ask about, and nothing of it runs from there.
	const isOther = [user, systemDirectory, bundled].some(place => isSamePlace(place, project)) || packageNameOf(cwd) === 'cws';
	return {
		sources: [
			...named.map(directory => ({origin: 'directory', directory}) as const),
			...(settings.plugins.disableLocalDiscovery || isOther
				? []
				: [{origin: 'project', directory: project, refuse: () => (trusted.isTrusted(cwd) ? undefined : untrusted(cwd))} as const]),
			{origin: 'user', directory: user},
			...packageDirectories(user).map(directory => ({origin: 'package', directory, shape: 'packages'}) as const),
			{origin: 'system', directory: systemDirectory},
			{origin: 'bundled', directory: bundled},
		],
		problems: named.filter(place => !isThere(place)).map(place => missing(place)),
	};
}

/** The `node_modules` that cws itself was installed into, and that of the person's own plugins. */
function packageDirectories(user: string): readonly string[] {
	const around = dirname(fileURLToPath(locations.package));
	return [join(user, 'node_modules'), ...(basename(around) === 'node_modules' ? [around] : [])];
}

const untrusted = (cwd: string): Failure =>
	failure('CWS_PLUGIN_UNTRUSTED', {
		message: `The plugins of the folder \`${cwd}\` are not trusted yet.`,
		cause: 'a folder may come from anywhere, and its plugins would run because you are in it',
		fix: 'cws plugin trust .',
		details: {folder: cwd},
	});

const missing = (place: string): Failure =>
	failure('CWS_CONFIG', {message: `There is no \`${place}\` to look for plugins in.`, fix: 'Check `--plugin-dir` and `CWS_PLUGIN_DIR`.'});
