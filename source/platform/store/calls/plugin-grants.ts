import {type Failure} from '../../../core/failure/failure.ts';
import {type Quarantine, type StoredGrant} from '../../../core/ports/plugin-keep.ts';
import {type Json} from '../../../core/schema/json.ts';
import {type PluginCalls} from '../plugin-calls.ts';
import {type CallContext} from '../session.ts';

export const readGrants = ({prepare}: CallContext): readonly StoredGrant[] =>
	prepare('SELECT key, bundle_hash, permissions, commands, granted_at, granted_by FROM plugin_grants ORDER BY key')
		.all()
		.map(row => ({
			key: row['key'] as string,
			bundleHash: row['bundle_hash'] as string,
			permissions: JSON.parse(row['permissions'] as string) as Json,
			commands: JSON.parse(row['commands'] as string) as Readonly<Record<string, string>>,
			grantedAt: row['granted_at'] as number,
			grantedBy: row['granted_by'] as string,
		}));

export function saveGrant(
	{prepare, write}: CallContext,
	{key, bundleHash, permissions, commands, grantedAt, grantedBy}: PluginCalls['saveGrant']['input'],
): null {
	write(() =>
		prepare(
			'INSERT OR REPLACE INTO plugin_grants (key, bundle_hash, permissions, commands, granted_at, granted_by) VALUES (?, ?, ?, ?, ?, ?)',
		).run(key, bundleHash, JSON.stringify(permissions), JSON.stringify(commands), grantedAt, grantedBy),
	);
	return null;
}

export function deleteGrant({prepare, write}: CallContext, {key}: PluginCalls['deleteGrant']['input']): null {
	write(() => prepare('DELETE FROM plugin_grants WHERE key = ?').run(key));
	return null;
}

export const readQuarantine = ({prepare}: CallContext): readonly Quarantine[] =>
	prepare('SELECT id, version, at, reason FROM plugin_quarantine ORDER BY id, version')
		.all()
		.map(row => ({
			id: row['id'] as string,
			version: row['version'] as string,
			at: row['at'] as number,
			reason: JSON.parse(row['reason'] as string) as Failure,
		}));

export function saveQuarantine({prepare, write}: CallContext, {id, version, at, reason}: PluginCalls['saveQuarantine']['input']): null {
	write(() =>
		prepare('INSERT OR REPLACE INTO plugin_quarantine (id, version, at, reason) VALUES (?, ?, ?, ?)').run(
			id,
			version,
			at,
			JSON.stringify(reason),
		),
	);
	return null;
}

export function liftQuarantine({prepare, write}: CallContext, {id, version}: PluginCalls['liftQuarantine']['input']): null {
	write(() =>
		version === undefined
			? prepare('DELETE FROM plugin_quarantine WHERE id = ?').run(id)
			: prepare('DELETE FROM plugin_quarantine WHERE id = ? AND version = ?').run(id, version),
	);
	return null;
}
