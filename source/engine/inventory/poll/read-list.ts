import {type Failure} from '../../../core/failure/failure.ts';
import {type PluginHost} from '../../../core/ports/plugin-host.ts';
import {type Resource} from '../../../core/resource.ts';
import {type ListPage} from '../../../sdk/provider.ts';
import {type SourceState} from '../../state.ts';
import {toResource} from '../to-resource.ts';

export type ListAnswer = {
	readonly rows: readonly Resource[];
	readonly missing: SourceState['missing'];
	readonly skipped: number;
	/** Why the list broke off; the rows are those that came before. */
	readonly error?: Failure;
};

type Options = {
	readonly host: PluginHost;
	readonly source: {readonly plugin: string; readonly provider: string; readonly type: string};
	/** Epoch milliseconds that all its rows are stamped with. */
	readonly seenAt: number;
	readonly signal: AbortSignal;
	/** Gives the row to put into the list. */
	readonly onRow: (row: Resource) => Resource;
};

/** Reads one list to its end, row by row as the pages come. */
export async function readList({host, source: {plugin, provider, type}, seenAt, signal, onRow}: Options): Promise<ListAnswer> {
	const rows: Resource[] = [];
	const missing: SourceState['missing'][number][] = [];
	let skipped = 0;
	for await (const chunk of host.stream<ListPage>({plugin, method: 'provider.list', args: [{provider, type}], signal})) {
		if (!chunk.ok) {
			return {rows, missing, skipped, error: chunk.error};
		}

		for (const page of chunk.value) {
			skipped += page.skipped ?? 0;
			missing.push(...(page.missing ?? []));
			for (const entry of page.resources ?? []) {
				const row = toResource(entry, {provider, type, seenAt});
				if (row === undefined) {
					skipped++;
				} else {
					rows.push(onRow(row));
				}
			}
		}
	}

	return {rows, missing, skipped};
}
