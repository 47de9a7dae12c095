import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {pluginKey} from '../../core/plugin-key.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type CommandInputs} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {unknownPlugin} from './manage-plugin.ts';

/** Ends a plugin of the person's own and leaves nothing of it: neither its folder nor its grants, secrets, values and data. */
export async function removePlugin(
	{host, installer, secrets}: Pick<EngineParts, 'host' | 'installer' | 'secrets'>,
	{plugin, confirm}: CommandInputs['removePlugin'],
): Promise<Outcome<undefined>> {
	const copies = host.records().filter(({id}) => id === plugin);
	const record = copies.find(({origin}) => origin === 'user');
	if (record === undefined) {
		return copies[0] === undefined ? unknownPlugin(host.records(), plugin) : failed(notOurs(copies[0]));
	}

	if (confirm !== plugin) {
		return failed(
			failure('CWS_DENIED', {
				message: `\`${plugin}\` was not removed: that has to be confirmed with its id.`,
				fix: `cws plugin remove ${plugin} --confirm`,
			}),
		);
	}

	// Its last calls end before what they use is gone. One that is not in charge does not run.
	if (record.state !== 'shadowed') {
		await host.unload(plugin);
	}

	const key = pluginKey(record);
	const removed = await installer.remove(plugin, key);
	const forgotten = await forgetSecrets(secrets, key);
	await host.rescan();
	return removed.ok ? forgotten : removed;
}

async function forgetSecrets(secrets: EngineParts['secrets'], key: string): Promise<Outcome<undefined>> {
	const kept = await secrets.list(key);
	if (!kept.ok) {
		return kept;
	}

	for (const {plugin, name, from} of kept.value) {
		// A variable belongs to who set it.
		const deleted = from === undefined ? await secrets.delete({plugin, name}) : ok(true);
		if (!deleted.ok) {
			return deleted;
		}
	}

	return ok(undefined);
}

function notOurs({id, origin, directory}: PluginRecord) {
	return failure('CWS_NOT_SUPPORTED', {
		message:
			origin === 'bundled'
				? `The plugin \`${id}\` comes with cws and cannot be removed.`
				: `The plugin \`${id}\` was not installed with cws: it lies in \`${directory}\`.`,
		fix: origin === 'bundled' ? `cws plugin disable ${id}` : 'Take the folder away, or the package it belongs to.',
	});
}
