import {exitCodes} from '../../core/failure/error-codes.ts';
import {type CwsEvent} from '../../core/event.ts';
import {stringFlag, type Verb, type VerbContext} from '../shared/verb.ts';

export const events: Verb = {
	name: 'events',
	usage: '[-f] [--type T] [--tail N]',
	short: 'what happened',
	minimum: 0,
	maximum: 0,
	flags: {
		follow: {type: 'boolean', alias: 'f', short: 'go on as events come'},
		type: {type: 'string', value: 'T', short: 'only this type, or its beginning: `instance.`'},
		tail: {type: 'number', alias: 'n', value: 'N', short: 'how many to begin with (50)'},
	},
	async run(context) {
		const {print, flags, signal} = context;
		const {engine, clock} = await context.app();
		await engine.load();
		const type = stringFlag(flags, 'type');
		const first = await engine.readEvents({limit: typeof flags.tail === 'number' ? flags.tail : 50, type});
		if (!first.ok) {
			return print.failure(first.error);
		}

		if (print.isJson && !flags.follow) {
			print.json({events: first.value.toReversed()});
			return exitCodes.done;
		}

		let afterSeq = first.value[0]?.seq ?? 0;
		printEvents(context, first.value);
		while (flags.follow && !signal.aborted) {
			await clock.sleep(500, signal).catch(() => undefined);
			const next = await engine.readEvents({limit: 500, type, afterSeq});
			if (next.ok && next.value.length > 0) {
				afterSeq = next.value[0]!.seq;
				printEvents(context, next.value);
			}
		}

		return signal.aborted ? exitCodes.cancelled : exitCodes.done;
	},
};

function printEvents({print}: VerbContext, newestFirst: readonly CwsEvent[]): void {
	for (const event of newestFirst.toReversed()) {
		print.line(
			print.isJson
				? JSON.stringify(event)
				: `${new Date(event.at).toISOString()}  ${event.type.padEnd(24)}  ${event.subject.padEnd(20)}  ${event.message}`,
		);
	}
}
