import {type PluginContext} from '../../sdk/plugin.ts';
import {frameLimits} from '../protocol/frame.ts';
import {type InitializeArgument} from '../protocol/messages.ts';
import {createTokenBucket} from '../protocol/token-bucket.ts';
import {jsonOrUndefined} from './json.ts';
import {sayRate} from './log.ts';
import {type Outbox} from './outbox.ts';

/** The live context of a plugin: its data from the host, with a log and events that cannot flood it. */
export function createPluginContext(
	argument: InitializeArgument,
	{outbox, log, signal}: {readonly outbox: Outbox; readonly log: PluginContext['log']; readonly signal: AbortSignal},
): PluginContext {
	const bucket = createTokenBucket(sayRate);
	return {
		...argument,
		log,
		events: {
			emit(event) {
				const json = jsonOrUndefined(event);
				if (json === undefined || json.length > frameLimits.eventLength) {
					throw new RangeError('the event is not JSON of at most 64 KiB');
				}

				if (bucket.take() !== undefined) {
					outbox.sendJson('e', 0, json);
				}
			},
		},
		signal,
	};
}
