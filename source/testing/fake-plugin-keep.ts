import {failure, type Failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginEntry, type PluginKeep, type Quarantine, type StoredGrant} from '../core/ports/plugin-keep.ts';

export type FakePluginKeep = PluginKeep & {
	readonly grants: Map<string, StoredGrant>;
	readonly quarantine: Map<string, Quarantine>;
	/** By owner, then key. */
	readonly entries: Map<string, Map<string, PluginEntry>>;
};

/** What the database keeps about plugins, in memory, with the rules of the real one; `broken` makes every call fail. */
export function createFakePluginKeep(broken: () => Failure | undefined = () => undefined): FakePluginKeep {
	const answer = async <Value>(run: () => Value): Promise<Outcome<Value>> => {
		const error = broken();
		return error ? failed(error) : ok(run());
	};

	const keep: FakePluginKeep = {
		grants: new Map(),
		quarantine: new Map(),
		entries: new Map(),
		readGrants: () => answer(() => [...keep.grants.values()]),
		saveGrant: grant => answer(() => void keep.grants.set(grant.key, grant)),
		deleteGrant: key => answer(() => void keep.grants.delete(key)),
		readQuarantine: () => answer(() => [...keep.quarantine.values()]),
		saveQuarantine: quarantine => answer(() => void keep.quarantine.set(`${quarantine.id}@${quarantine.version}`, quarantine)),
		liftQuarantine: (id, version) =>
			answer(() => {
				for (const [key, quarantine] of keep.quarantine) {
					if (quarantine.id === id && (version === undefined || quarantine.version === version)) {
						keep.quarantine.delete(key);
					}
				}
			}),
		getEntry: (owner, key) => answer(() => keep.entries.get(owner)?.get(key) ?? null),
		async changeEntries(owner, changes, maxBytes) {
			const next = new Map(keep.entries.get(owner));
			const versions: number[] = [];
			for (const change of changes) {
				const version = next.get(change.key)?.version ?? 0;
				if (change.ifVersion !== undefined && change.ifVersion !== version) {
					return failed(failure('CWS_CONFLICT', {message: `\`${change.key}\` has changed since it was read.`}));
				}

				if ('isDeleted' in change) {
					next.delete(change.key);
					versions.push(0);
				} else {
					next.set(change.key, {value: change.value, version: version + 1});
					versions.push(version + 1);
				}
			}

			let used = 0;
			for (const [key, {value}] of next) {
				used += Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(value));
			}

			if (used > maxBytes && changes.some(change => !('isDeleted' in change))) {
				return failed(failure('CWS_PLUGIN_QUOTA', {message: 'The store of this plugin is full.'}));
			}

			return answer(() => {
				keep.entries.set(owner, next);
				return versions;
			});
		},
		listEntries: (owner, {prefix = '', after = '', limit}) =>
			answer(() =>
				[...(keep.entries.get(owner) ?? [])]
					.filter(([key]) => key.startsWith(prefix) && key > after)
					.toSorted(([left], [right]) => (left < right ? -1 : 1))
					.slice(0, limit)
					.map(([key, {value, version}]) => ({
						key,
						version,
						bytes: Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(value)),
					})),
			),
		clearEntries: owner => answer(() => void keep.entries.delete(owner)),
	};
	return keep;
}
