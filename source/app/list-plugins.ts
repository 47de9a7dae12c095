import {fileURLToPath} from 'node:url';
import {type PluginRecord} from '../core/plugin.ts';
import {discoverPlugins} from '../host/manifest/discover.ts';
import {firstRecord} from '../host/slot/first-record.ts';
import {resolveDirectories} from '../platform/directories.ts';
import {join} from 'node:path';
import {loadSettings} from '../platform/settings/load-settings.ts';
import {createTrustedFolders} from '../platform/trusted-folders.ts';
import {locations} from './locations.ts';
import {pluginSources} from './plugin-sources.ts';

type Options = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly cwd: string;
	readonly configFile?: string | undefined;
	readonly pluginDirs?: readonly string[];
};

/** What the manifests of plugins say, for help and completion: no worker, no database, no code of a plugin. */
export function listPlugins({environment, cwd, configFile, pluginDirs = []}: Options): readonly PluginRecord[] {
	const directories = resolveDirectories({environment});
	const trusted = createTrustedFolders(directories.data);
	const {settings} = loadSettings({
		directories,
		cwd,
		environment,
		configFile: configFile ?? join(directories.config, 'config.toml'),
		isTrusted: trusted.isTrusted,
	});
	const {sources} = pluginSources({environment, cwd, directories, settings, trusted, pluginDirs});
	const ownDirectories = [locations.plugins, new URL('plugins/', locations.package)].map(url => fileURLToPath(url));
	return discoverPlugins(sources, {ownDirectories, allow: settings.plugins.allow, deny: settings.plugins.deny})
		.filter(({manifest}) => manifest.isHidden !== true)
		.map(found => firstRecord(found, {isDisabled: settings.plugins.disabled.includes(found.manifest.id), canRun: true}));
}
