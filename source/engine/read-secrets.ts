import {mapOutcome, type Outcome} from '../core/failure/outcome.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {pluginKey} from '../core/plugin-key.ts';
import {pluginOfKey, type SecretEntry, type SecretPlace, type SecretStore} from '../core/ports/secrets.ts';
import {fold, secretsOf} from './run/find-secret.ts';

/** A secret that a plugin asks for, that is kept, or both. Never with its value. */
export type SecretRow = {
	/** Id of the plugin. */
	readonly plugin: string;
	/** See `SecretName`; absent where only a variable names it. */
	readonly key?: string;
	readonly name: string;
	readonly title?: string;
	readonly reason?: string;
	/** Absent when it is not set. */
	readonly place?: SecretPlace;
	/** The variable it comes from. */
	readonly from?: string;
	/** Epoch milliseconds. */
	readonly setAt?: number;
	/** Whether a plugin that is there asks for it. */
	readonly isAsked: boolean;
};

/** What plugins ask for, set or not, and what is kept for plugins that are gone. */
export async function readSecrets({
	host,
	secrets,
}: {
	readonly host: Pick<PluginHost, 'records'>;
	readonly secrets: SecretStore;
}): Promise<Outcome<readonly SecretRow[]>> {
	const listed = await secrets.list();
	return mapOutcome(listed, entries => {
		const used = new Set<SecretEntry>();
		const asked = host
			.records()
			.filter(({state}) => state !== 'shadowed')
			.flatMap(record =>
				secretsOf(record).map(({name, title, reason}): SecretRow => {
					const key = pluginKey(record);
					// A variable knows the id only, and is spelled in capitals.
					const isSame = (entry: SecretEntry) =>
						(entry.plugin === key && entry.name === name) ||
						(entry.from !== undefined && pluginOfKey(entry.plugin) === record.id && fold(entry.name) === fold(name));
					const entry = entries.find(one => isSame(one));
					if (entry !== undefined) {
						used.add(entry);
					}

					const {place, from, setAt} = entry ?? {};
					return {
						plugin: record.id,
						key,
						name,
						title,
						isAsked: true,
						...(reason !== undefined && {reason}),
						...(place !== undefined && {place}),
						...(from !== undefined && {from}),
						...(setAt !== undefined && {setAt}),
					};
				}),
			);
		const others = entries
			.filter(entry => !used.has(entry))
			.map(({plugin, ...entry}): SecretRow => ({
				plugin: pluginOfKey(plugin),
				...(plugin.includes('/') && {key: plugin}),
				...entry,
				isAsked: false,
			}));
		return [...asked, ...others].toSorted((a, b) => compare(a.plugin, b.plugin) || compare(a.name, b.name));
	});
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
