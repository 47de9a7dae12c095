import {type Health} from '../../core/health.ts';
import {type PluginRecord} from '../../core/plugin.ts';

const failuresInARow = 5;
const recentMs = 3_600_000;

/** A plugin that says it is well is still looked at with doubt while its handlers or tasks keep failing, or it tries what it may not. */
export function withDoubts(health: Health, {hooks, tasks, denied}: PluginRecord, now: number): Health {
	if (health.status !== 'pass') {
		return health;
	}

	const hook = hooks.find(({failed, handled}) => failed >= failuresInARow && failed > handled);
	const task = tasks.find(({failures}) => failures >= failuresInARow);
	const doubt =
		denied.last !== undefined && now - denied.last.at < recentMs
			? `tried ${denied.count} time${denied.count === 1 ? '' : 's'} what it may not, last ${denied.last.what}`
			: hook !== undefined
				? `its handler of ${hook.on} failed ${hook.failed} of ${hook.failed + hook.handled} times`
				: task !== undefined
					? `its task ${task.name} failed ${task.failures} times in a row`
					: undefined;
	return doubt === undefined ? health : {...health, status: 'warn', output: doubt};
}
