import {type ProviderResource, type ResourceChange} from 'cws/sdk';

/** The rows of one endpoint as they were pushed last. */
export type KnownRows = {
	/** The changes that lead from what is known to these rows; `ids` limits what may be missed. */
	readonly replace: (type: string, rows: readonly ProviderResource[], ids?: ReadonlySet<string>) => readonly ResourceChange[];
	/** The rows of a type. */
	readonly of: (type: string) => readonly ProviderResource[];
	/** Forgets what was said, so that the next rows are all told. */
	readonly forget: () => void;
};

export function createKnownRows(provider: string): KnownRows {
	const byType = new Map<string, Map<string, {readonly row: ProviderResource; text: string}>>();

	return {
		replace(type, rows, ids) {
			const known = byType.get(type) ?? new Map<string, {row: ProviderResource; text: string}>();
			byType.set(type, known);
			const changes: ResourceChange[] = [];
			const now = new Set<string>();
			for (const row of rows) {
				const text = JSON.stringify(row);
				now.add(row.id);
				if (known.get(row.id)?.text !== text) {
					changes.push({change: 'upsert', provider, resource: row});
				}

				known.set(row.id, {row, text});
			}

			for (const id of ids ?? [...known.keys()]) {
				const before = known.get(id);
				if (now.has(id) || before === undefined) {
					continue;
				}

				const {account} = before.row;
				known.delete(id);
				changes.push({change: 'remove', provider, type, id, ...(account !== undefined && {account})});
			}

			return changes;
		},
		of: type => [...(byType.get(type)?.values() ?? [])].map(({row}) => row),
		forget() {
			for (const known of byType.values()) {
				for (const entry of known.values()) {
					entry.text = '';
				}
			}
		},
	};
}
