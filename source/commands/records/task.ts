import {exitCodes} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {followOperation} from '../shared/follow.ts';
import {type Verb} from '../shared/verb.ts';

export const task: Verb = {
	name: 'task',
	usage: 'cancel ID\nretry ID',
	short: 'cancel an operation, or repeat one that failed',
	minimum: 2,
	maximum: 2,
	async run(context) {
		const {print, input, signal} = context;
		const [action, id] = input as readonly [string, string];
		if (action !== 'cancel' && action !== 'retry') {
			return print.failure(
				failure('CWS_USAGE', {message: `\`${action}\` is nothing \`cws task\` does.`, fix: 'cws task cancel ID, or cws task retry ID'}),
			);
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
