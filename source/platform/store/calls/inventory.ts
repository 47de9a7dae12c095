import {hash} from 'node:crypto';
import {type StoredSource} from '../../../core/ports/store.ts';
import {type SourceHead} from '../protocol.ts';
import {type CallContext} from '../session.ts';

type SourceRow = {
	readonly key: string;
	readonly provider: string;
	readonly plugin: string;
	readonly type: string;
	readonly seen_at: number;
};

/** Emits the parts of every source, in the order of the heads. */
export function loadInventory({prepare, emit}: CallContext): readonly SourceHead[] {
	const sources = prepare('SELECT key, provider, plugin, type, seen_at FROM source ORDER BY key').all() as SourceRow[];
	return sources.map(({key, provider, plugin, type, seen_at: seenAt}) => {
		let parts = 0;
		for (const row of prepare('SELECT rows FROM source_part WHERE key = ? ORDER BY position').iterate(key)) {
			emit(row['rows'] as string);
			parts++;
		}

		return {key, provider, plugin, type, seenAt, parts};
	});
}

/**
Replaces the rows of a source. Only parts that changed are written: a poll that brought nothing new costs one row,
not a rewrite of the whole inventory every half minute.
*/
export function saveSource(
	{prepare, write}: CallContext,
	{key, provider, plugin, type, seenAt}: Omit<StoredSource, 'resources'>,
	parts: readonly string[],
): null {
	write(() => {
		prepare('INSERT OR REPLACE INTO source (key, provider, plugin, type, seen_at) VALUES (?, ?, ?, ?, ?)').run(
			key,
			provider,
			plugin,
			type,
			seenAt,
		);
		const known = prepare('SELECT position, hash FROM source_part WHERE key = ?').all(key);
		const stored = new Map(known.map(row => [row['position'], row['hash']]));
		for (const [position, part] of isAsStored(prepare, key, parts) ? [] : parts.entries()) {
			const digest = parts.length === 1 ? noHash : hash('sha1', part, 'base64');
			if (digest === noHash || stored.get(position) !== digest) {
				prepare('INSERT OR REPLACE INTO source_part (key, position, hash, rows) VALUES (?, ?, ?, ?)').run(key, position, digest, part);
			}
		}

		if (stored.size > parts.length) {
			prepare('DELETE FROM source_part WHERE key = ? AND position >= ?').run(key, parts.length);
		}
	});
	return null;
}

/** A short list is compared as it is: loading what makes hashes takes a verb longer than all of its saving. */
const noHash = '';

const isAsStored = (prepare: CallContext['prepare'], key: string, parts: readonly string[]): boolean =>
	parts.length === 1 && prepare('SELECT rows FROM source_part WHERE key = ? AND position = 0').get(key)?.['rows'] === parts[0];
