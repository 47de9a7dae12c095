import {exitCodes} from '../../core/failure/error-codes.ts';
import {formatDuration, formatElapsed} from '../../core/text/duration.ts';
import {pluginTasks} from './plugin-task.ts';
import {type Verb} from '../shared/verb.ts';

export const tasks: Verb = {
	name: 'tasks',
	usage: '[--tail N]',
	short: 'operations in flight and ended, and the tasks of plugins',
	minimum: 0,
	maximum: 0,
	flags: {tail: {type: 'number', alias: 'n', value: 'N', short: 'how many (20)'}},
	async run({app, print, flags}) {
		const {engine} = await app();
		await engine.load();
		const operations = await engine.readOperations({limit: typeof flags.tail === 'number' ? flags.tail : 20});
		if (!operations.ok) {
			return print.failure(operations.error);
		}

		const scheduled = pluginTasks(engine.getState().plugins);
		const now = Date.now();
		if (print.isJson) {
			print.json({operations: operations.value, pluginTasks: scheduled.map(({id, plugin, task}) => ({id, plugin, ...task}))});
			return exitCodes.done;
		}

		if (operations.value.length === 0 && scheduled.length === 0) {
			print.line('No tasks yet.');
		}

		if (operations.value.length > 0) {
			print.table(operations.value, [
				{title: 'ID', value: row => row.id},
				{title: 'ACTION', value: row => row.action},
				{title: 'NAME', value: row => row.name, canShrink: true},
				{title: 'PROVIDER', value: row => row.provider},
				{title: 'STATE', value: row => row.state},
				{title: 'AGE', value: row => formatDuration(now - row.requestedAt), isRight: true},
				{title: 'TOOK', value: row => (row.endedAt === undefined ? '-' : formatElapsed(row.endedAt - row.requestedAt)), isRight: true},
				{title: 'MESSAGE', value: row => row.error?.message ?? row.stage ?? '', canShrink: true},
			]);
		}

		if (scheduled.length > 0) {
			if (operations.value.length > 0) {
				print.line();
			}

			print.table(scheduled, [
				{title: 'TASK', value: row => row.id},
				{title: 'EVERY', value: row => formatDuration(row.task.everySeconds * 1000), isRight: true},
				{title: 'STATE', value: row => row.task.state},
				{
					title: 'NEXT',
					value: row => (row.task.nextAt === undefined ? '-' : formatDuration(Math.max(0, row.task.nextAt - now))),
					isRight: true,
				},
				{title: 'RUNS', value: row => String(row.task.runs), isRight: true},
				{title: 'MESSAGE', value: row => row.task.lastError ?? '', canShrink: true},
			]);
		}

		return exitCodes.done;
	},
};
