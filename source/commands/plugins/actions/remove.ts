import {exitCodes} from '../../../core/failure/error-codes.ts';
import {failure} from '../../../core/failure/failure.ts';
import {confirm} from '../../../platform/prompt.ts';
import {loadedEngine, type PluginAction} from '../action.ts';

export const remove: PluginAction = {
	name: 'remove',
	usage: 'ID --confirm',
	minimum: 1,
	maximum: 1,
	flags: {confirm: {type: 'boolean', short: 'remove it without a question'}},
	async run(context) {
		const {print, input, flags, signal, isInteractive} = context;
		const id = input[0]!;
		const engine = await loadedEngine(context);
		const isThere = engine.getState().plugins.some(record => record.id === id && record.origin === 'user');
		let isConfirmed = flags['confirm'] === true;
		if (!isConfirmed && isThere && isInteractive) {
			isConfirmed = await confirm(`Remove ${id} with its grants, its secrets and all it kept?`, signal);
			if (!isConfirmed) {
				return print.failure(failure('CWS_CANCELLED', {message: 'Nothing was removed.'}));
			}
		}

		const done = await engine.run('removePlugin', {plugin: id, confirm: isConfirmed ? id : ''}, {origin: 'cli', signal});
		if (!done.ok) {
			return print.failure(done.error);
		}

		if (print.isJson) {
			print.json({plugin: id, status: 'removed'});
		} else {
			print.line(`Removed: ${id}`);
		}

		return exitCodes.done;
	},
};
