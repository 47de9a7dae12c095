import {failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {failed, mapOutcome, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {isOffering} from '../../core/plugin-presence.ts';
import {offFailure} from '../contributions/off-failure.ts';
import {type CommandInputs, type ManageId, type TaskCommandId} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';

type Parts = Pick<EngineParts, 'host'>;

export async function managePlugin({host}: Parts, id: ManageId, input: CommandInputs[ManageId]): Promise<Outcome<PluginRecord>> {
	const {plugin} = input;
	const records = host.records();
	if (!records.some(record => record.id === plugin)) {
		return unknownPlugin(records, plugin);
	}

	switch (id) {
		case 'enablePlugin': {
			return host.enable(plugin);
		}

		case 'disablePlugin': {
			return host.disable(plugin);
		}

		case 'reloadPlugin': {
			return host.reload(plugin);
		}

		case 'grantPlugin': {
			return host.grant(plugin, (input as CommandInputs['grantPlugin']).needed);
		}

		case 'denyPlugin': {
			return host.deny(plugin);
		}

		case 'loadPlugin': {
			return mapOutcome(await host.load(plugin), ({record}) => record);
		}

		case 'unloadPlugin': {
			return mapOutcome(await host.unload(plugin), ({record}) => record);
		}
	}
}

export async function manageTask(
	{host}: Parts,
	id: TaskCommandId,
	{plugin, task}: CommandInputs[TaskCommandId],
	signal?: AbortSignal,
): Promise<Outcome<undefined>> {
	const records = host.records();
	const record = records.find(one => one.id === plugin && one.state !== 'shadowed');
	if (record === undefined) {
		return unknownPlugin(records, plugin);
	}

	if (!isOffering(record)) {
		return failed(offFailure(record));
	}

	const names = record.tasks.map(({name}) => name);
	if (!names.includes(task)) {
		const guess = nearest(task, names);
		return failed(
			failure('CWS_INVALID_INPUT', {
				message: `The plugin \`${plugin}\` has no task \`${task}\`.`,
				...(guess !== undefined && {fix: `did you mean \`${guess}\`?`}),
				details: {field: 'task', names},
			}),
		);
	}

	return mapOutcome(await (id === 'runTask' ? host.runTask(plugin, task, signal) : host[id](plugin, task)), () => undefined);
}

export function unknownPlugin(records: readonly PluginRecord[], plugin: string): Outcome<never> {
	const guess = nearest(
		plugin,
		records.map(({id}) => id),
	);
	return failed(
		failure('CWS_NO_PLUGIN', {message: `No plugin \`${plugin}\`.`, ...(guess !== undefined && {fix: `did you mean \`${guess}\`?`})}),
	);
}
