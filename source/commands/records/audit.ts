import {exitCodes} from '../../core/failure/error-codes.ts';
import {type Verb} from '../shared/verb.ts';

export const audit: Verb = {
	name: 'audit',
	usage: '[--tail N]',
	short: 'who did what',
	minimum: 0,
	maximum: 0,
	flags: {tail: {type: 'number', alias: 'n', value: 'N', short: 'how many (50)'}},
	async run({app, print, flags}) {
		const {engine} = await app();
		await engine.load();
		const records = await engine.readAudit({limit: typeof flags.tail === 'number' ? flags.tail : 50});
		if (!records.ok) {
			return print.failure(records.error);
		}

		if (print.isJson) {
			print.json({audit: records.value});
		} else if (records.value.length === 0) {
			print.line('Nothing was done yet.');
		} else {
			print.table(records.value, [
				{title: 'TIME', value: row => new Date(row.at).toISOString()},
				{title: 'USER', value: row => row.user},
				{title: 'FROM', value: row => row.origin},
				{title: 'COMMAND', value: row => row.command},
				{title: 'TARGET', value: row => row.target ?? '-', canShrink: true},
				{title: 'OUTCOME', value: row => (row.error ? `${row.outcome}: ${row.error}` : row.outcome), canShrink: true},
			]);
		}

		return exitCodes.done;
	},
};
