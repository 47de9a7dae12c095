import {realpathSync} from 'node:fs';
import path from 'node:path';
import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type LoadStage, type PluginOrigin} from '../../core/plugin.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {idProblem, toPluginId} from './check-shape.ts';
import {type Place, placesIn, type PluginDirectory} from './places.ts';
import {absenceOf, type Surroundings} from './presence.ts';
import {readManifest, type ReadManifest, standIn} from './read-manifest.ts';

export type DiscoveredPlugin = {
	readonly manifest: Manifest;
	readonly origin: PluginOrigin;
	readonly directory: string;
	/** The manifest is wrong. */
	readonly error?: Failure;
	/** There may be nothing wrong with it, and still it may not run. */
	readonly refusal?: {readonly stage: LoadStage; readonly error: Failure};
	/** The directory of the plugin of the same id that wins. */
	readonly shadowedBy?: string;
	/** Why there is nothing for it on this machine. */
	readonly absent?: string;
};

export type DiscoveryRules = {
	/** Where the plugins of cws itself lie: what really is in there is bundled, whatever way it was found. */
	readonly ownDirectories?: readonly string[];
	/** Only these ids, when there are any; `*` is all of them. */
	readonly allow?: readonly string[];
	/** Not these ids, unless `allow` names them while this is `*`. */
	readonly deny?: readonly string[];
	/** What its signs are looked for in; without it everything is there. */
	readonly surroundings?: Surroundings;
};

type Found = DiscoveredPlugin & {readonly source: number; readonly realPath: string};

/**
Finds plugins where they may be, the first of an id wins. What may not run hides nothing: a folder nobody trusts must not take the
place of an installed plugin. Synchronous and without a library, because the first frame shows the result; the schema is checked
before a plugin starts.
*/
export function discoverPlugins(directories: readonly PluginDirectory[], rules: DiscoveryRules = {}): readonly DiscoveredPlugin[] {
	const seen = new Set<string>();
	const own = (rules.ownDirectories ?? []).map(directory => realPathOf(directory) + path.sep);
	const found = directories.flatMap((source, index) => {
		const refused = source.refuse?.();
		return placesIn(source).flatMap(place => {
			const realPath = realPathOf(place.file === undefined ? place.directory : path.join(place.directory, place.file));
			const isOurs = own.some(directory => realPath.startsWith(directory));
			// The folder of the sources of cws is no project with plugins of its own.
			if (seen.has(realPath) || (isOurs && source.origin === 'project')) {
				return [];
			}

			const plugin = readPlace(place, source.origin);
			if (plugin === undefined) {
				return [];
			}

			seen.add(realPath);
			const origin: PluginOrigin = isOurs ? 'bundled' : source.origin;
			const refusal = plugin.refusal ?? refusalOf(plugin, origin === 'bundled' ? undefined : refused, rules);
			const absent = rules.surroundings && absenceOf(plugin.manifest, rules.surroundings);
			return [{...plugin, origin, source: index, realPath, ...(refusal !== undefined && {refusal}), ...(absent !== undefined && {absent})}];
		});
	});
	return withWinners(found);
}

/** Those that count with the copies they hide, then those that sleep, then what may not run; each in the order of the places. */
function withWinners(found: readonly Found[]): readonly DiscoveredPlugin[] {
	const winners = new Map<string, Found>();
	const prefixes = new Map<string, string>();
	const usable = found
		.filter(({refusal}) => refusal === undefined)
		.map(({source, realPath, ...plugin}) => {
			const {id} = plugin.manifest;
			const winner = winners.get(id);
			if (winner === undefined) {
				winners.set(id, {...plugin, source, realPath});
				const prefix = prefixOf(plugin.manifest);
				const other = prefix === undefined ? undefined : prefixes.get(prefix);
				prefixes.set(prefix ?? '', other ?? plugin.directory);
				return other === undefined ? plugin : {...plugin, error: samePrefixFailure(prefix!, plugin.directory, other)};
			}

			return winner.source === source && path.dirname(winner.directory) === path.dirname(plugin.directory)
				? {...plugin, error: sameIdFailure(id, plugin.directory, winner.directory)}
				: {...plugin, shadowedBy: winner.directory};
		});
	return [
		...usable.filter(({absent}) => absent === undefined),
		...usable.filter(({absent}) => absent !== undefined),
		...found.filter(({refusal}) => refusal !== undefined).map(({source: _source, realPath: _realPath, ...plugin}) => plugin),
	];
}

type Read = Omit<DiscoveredPlugin, 'origin'>;

function readPlace({directory, file, bytes, isNamedByFolder}: Place, origin: PluginOrigin): Read | undefined {
	if (file !== undefined) {
		return readSingleFile(directory, file);
	}

	const {manifest, error, isForeign}: ReadManifest = readManifest(directory, bytes);
	if (error !== undefined) {
		// Other programs have a plugin.json too, and projects have them in a folder called plugins.
		return origin === 'project' && isForeign === true
			? undefined
			: error.code === 'CWS_PLUGIN_INCOMPATIBLE'
				? {manifest, directory, refusal: {stage: 'manifest', error}}
				: {manifest, directory, error};
	}

	const folder = path.basename(directory);
	return !isNamedByFolder || manifest.id === toPluginId(folder)
		? {manifest, directory}
		: {
				manifest: standIn(folder),
				directory,
				error: failure('CWS_PLUGIN_MANIFEST', {
					message: `\`/id\` in \`${path.join(directory, 'plugin.json')}\` is \`${manifest.id}\`, but its folder is \`${safeText(folder)}\`.`,
					fix: 'Give both the same name.',
					details: {file: path.join(directory, 'plugin.json'), pointer: '/id', field: 'id'},
				}),
			};
}

function readSingleFile(directory: string, file: string): Read | undefined {
	const name = file.replace(/\.\w+$/, '');
	const where = path.join(directory, file);
	return idProblem(name) === undefined
		? {
				manifest: {...standIn(name, file), description: 'A plugin in one file, not installed yet'},
				directory,
				refusal: {
					stage: 'manifest',
					error: failure('CWS_PLUGIN_MANIFEST', {
						message: `\`${safeText(where)}\` is a plugin in one file, which has no manifest until it is installed.`,
						fix: `cws plugin install ${safeText(where)}`,
						details: {file: where},
					}),
				},
			}
		: undefined;
}

function refusalOf(
	{manifest: {id}}: Read,
	refused: Failure | undefined,
	{allow = [], deny = []}: DiscoveryRules,
): DiscoveredPlugin['refusal'] {
	const security = (error: Failure) => ({stage: 'security', error}) as const;
	const names = (list: readonly string[]) => list.some(name => toPluginId(name) === id);
	if (names(deny) || (deny.includes('*') && !names(allow))) {
		return security(
			failure('CWS_PLUGIN_DISABLED', {
				message: `The plugin \`${id}\` is on the list \`plugins.deny\` of the settings.`,
				fix: 'Take it off that list, or leave it so.',
			}),
		);
	}

	if (allow.length > 0 && !allow.includes('*') && !names(allow)) {
		return security(
			failure('CWS_PLUGIN_DISABLED', {
				message: `The plugin \`${id}\` is not on the list \`plugins.allow\` of the settings.`,
				fix: 'Add it to that list, or leave it so.',
			}),
		);
	}

	return refused && security(refused);
}

/** Where its endpoints are served, if it has any. */
const prefixOf = ({id, routerPrefix, contributes}: Manifest): string | undefined =>
	routerPrefix ?? (contributes?.endpoints === undefined ? undefined : `/${id}`);

const samePrefixFailure = (prefix: string, directory: string, other: string): Failure =>
	failure('CWS_PLUGIN_MANIFEST', {
		message: `\`${directory}\` serves its endpoints below \`${prefix}\`, and so does \`${other}\`.`,
		fix: 'Give one of the two another `routerPrefix`.',
	});

const sameIdFailure = (id: string, directory: string, other: string): Failure =>
	failure('CWS_PLUGIN_MANIFEST', {
		message: `\`${directory}\` has the id \`${id}\`, and so has \`${other}\` beside it.`,
		fix: 'Remove one of the two, or rename it; `_` counts as `-`.',
	});

function realPathOf(file: string): string {
	try {
		return realpathSync.native(file);
	} catch {
		return path.resolve(file);
	}
}
