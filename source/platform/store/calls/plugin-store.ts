import {failure, FailureError} from '../../../core/failure/failure.ts';
import {type PluginChange, type PluginEntry, type PluginKeySize} from '../../../core/ports/plugin-keep.ts';
import {type Json} from '../../../core/schema/json.ts';
import {type PluginCalls} from '../plugin-calls.ts';
import {type CallContext} from '../session.ts';

export function getPluginEntry({prepare}: CallContext, {owner, key}: PluginCalls['getPluginEntry']['input']): PluginEntry | null {
	const row = prepare('SELECT value, version FROM plugin_store WHERE owner = ? AND key = ?').get(owner, key);
	return row === undefined ? null : {value: JSON.parse(row['value'] as string) as Json, version: row['version'] as number};
}

export function changePluginEntries(
	context: CallContext,
	{owner, changes, maxBytes}: PluginCalls['changePluginEntries']['input'],
): readonly number[] {
	// Other processes need not look through the database because a plugin noted something; what cws notes is for them.
	return context.write(
		() => {
			const versions = changes.map(change => applyChange(context, owner, change));
			const used = Number(context.prepare('SELECT total(bytes) AS bytes FROM plugin_store WHERE owner = ?').get(owner)?.['bytes'] ?? 0);
			const isGrowing = changes.some(change => !('isDeleted' in change));
			if (isGrowing && used > maxBytes) {
				throw new FailureError(
					failure('CWS_PLUGIN_QUOTA', {
						message: 'The store of this plugin is full.',
						cause: `it would hold ${used} bytes, of ${maxBytes} it may`,
						details: {used, maxBytes},
					}),
				);
			}

			return versions;
		},
		() => owner.startsWith('cws/'),
	);
}

function applyChange({prepare}: CallContext, owner: string, change: PluginChange): number {
	const {key, ifVersion} = change;
	const version = Number(prepare('SELECT version FROM plugin_store WHERE owner = ? AND key = ?').get(owner, key)?.['version'] ?? 0);
	if (ifVersion !== undefined && ifVersion !== version) {
		throw new FailureError(
			failure('CWS_CONFLICT', {
				message: `\`${key}\` has changed since it was read.`,
				cause: `it has version ${version}, not ${ifVersion}`,
				fix: 'Read it again, then change it.',
			}),
		);
	}

	if ('isDeleted' in change) {
		prepare('DELETE FROM plugin_store WHERE owner = ? AND key = ?').run(owner, key);
		return 0;
	}

	const text = JSON.stringify(change.value);
	prepare('INSERT OR REPLACE INTO plugin_store (owner, key, value, bytes, version) VALUES (?, ?, ?, ?, ?)').run(
		owner,
		key,
		text,
		Buffer.byteLength(text) + Buffer.byteLength(key),
		version + 1,
	);
	return version + 1;
}

export const listPluginEntries = (
	{prepare}: CallContext,
	{owner, prefix = '', after = '', limit}: PluginCalls['listPluginEntries']['input'],
): readonly PluginKeySize[] =>
	prepare('SELECT key, bytes, version FROM plugin_store WHERE owner = ? AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?')
		.all(owner, after, prefix, prefix, limit)
		.map(row => ({key: row['key'] as string, bytes: row['bytes'] as number, version: row['version'] as number}));

export function clearPluginEntries({prepare, write}: CallContext, {owner}: PluginCalls['clearPluginEntries']['input']): null {
	write(() => prepare('DELETE FROM plugin_store WHERE owner = ?').run(owner));
	return null;
}
