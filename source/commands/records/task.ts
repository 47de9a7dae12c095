import {exitCodes} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {followOperation} from '../shared/follow.ts';
import {findPluginTask} from './plugin-task.ts';
import {type Verb, type VerbContext} from '../shared/verb.ts';

export const task: Verb = {
	name: 'task',
	usage: 'cancel ID\nretry ID\nrun PLUGIN/TASK\ncancel PLUGIN/TASK\npause PLUGIN/TASK\nresume PLUGIN/TASK',
	short: 'cancel or repeat an operation; run, cancel or pause a task of a plugin',
	minimum: 2,
	maximum: 2,
	async run(context) {
		const {print, input, signal} = context;
		const [action, id] = input as readonly [string, string];
		// The id of an operation has no slash.
		if (Object.hasOwn(taskCommands, action) && (action !== 'cancel' || id.includes('/'))) {
			return onPluginTask(context, action as keyof typeof taskCommands, id);
		}

		if (action !== 'cancel' && action !== 'retry') {
			return print.failure(failure('CWS_USAGE', {message: `\`${action}\` is nothing \`cws task\` does.`, fix: 'cws task --help'}));
		}

		const {engine} = await context.app();
		await engine.load();
		if (action === 'retry') {
			const started = await engine.run('retryOperation', {operation: id}, {origin: 'cli', signal});
			return started.ok ? followOperation(context, engine, started.value) : print.failure(started.error);
		}

		const cancelled = await engine.run('cancelOperation', {operation: id}, {origin: 'cli', signal});
		if (!cancelled.ok) {
			return print.failure(cancelled.error);
		}

		if (print.isJson) {
			print.json({operation: cancelled.value});
		} else {
			print.line(`${cancelled.value.name}: ${cancelled.value.action} ${cancelled.value.state}`);
		}

		return exitCodes.done;
	},
};

const taskCommands = {run: 'runTask', cancel: 'cancelTask', pause: 'pauseTask', resume: 'resumeTask'} as const;

const doneWords = {run: 'is done', cancel: 'is cancelled', pause: 'is paused', resume: 'runs at its times again'} as const;

/** A run is waited for; its plugin is started for it, and its failure is the failure of the verb. */
async function onPluginTask({app, print, signal}: VerbContext, action: keyof typeof taskCommands, text: string) {
	const {engine} = await app();
	await engine.load();
	const found = findPluginTask(engine.getState().plugins, text);
	if (!found.ok) {
		return print.failure(found.error);
	}

	const {id, plugin, task} = found.value;
	const done = await engine.run(taskCommands[action], {plugin, task: task.name}, {origin: 'cli', signal});
	if (!done.ok) {
		return print.failure(done.error);
	}

	if (print.isJson) {
		print.json({task: id, action, status: 'done'});
	} else {
		print.line(`${id} ${doneWords[action]}`);
	}

	return exitCodes.done;
}
