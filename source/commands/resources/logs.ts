import {exitCodes} from '../../core/failure/error-codes.ts';
import {type Verb} from '../shared/verb.ts';
import {findResource} from '../shared/with-inventory.ts';

export const logs: Verb = {
	name: 'logs',
	usage: 'REF [-f] [--tail N]',
	short: 'the log of a resource',
	minimum: 1,
	maximum: 1,
	flags: {
		follow: {type: 'boolean', alias: 'f', short: 'go on as lines come'},
		tail: {type: 'number', alias: 'n', value: 'N', short: 'lines from the end to begin with (100)'},
	},
	async run(context) {
		const {print, flags, signal} = context;
		const {engine, found} = await findResource(context, context.input[0]!);
		if (!found.ok) {
			return print.failure(found.error);
		}

		const tail = typeof flags.tail === 'number' ? flags.tail : 100;
		for await (const chunk of engine.logs(found.value.ref, {follow: flags.follow === true, tail, signal})) {
			if (!chunk.ok) {
				return signal.aborted ? exitCodes.cancelled : print.failure(chunk.error);
			}

			for (const line of chunk.value) {
				if (print.isJson) {
					print.line(JSON.stringify(line));
				} else {
					print.line(line.text);
				}
			}
		}

		return signal.aborted ? exitCodes.cancelled : exitCodes.done;
	},
};
