import {type PluginContext} from '../../sdk/plugin.ts';
import {type EventLevel} from '../../core/event.ts';
import {frameLimits} from '../protocol/frame.ts';
import {type InitializeArgument, type LogBody} from '../protocol/messages.ts';
import {createTokenBucket} from '../protocol/token-bucket.ts';
import {type Outbox} from './outbox.ts';

const rate = {perSecond: 50, burst: 200, monotonic: () => performance.now()};

/** The live context of a plugin: its data from the host, with a log and events that cannot flood it. */
export function createPluginContext(argument: InitializeArgument, outbox: Outbox, signal: AbortSignal): PluginContext {
	const logBucket = createTokenBucket(rate);
	const eventBucket = createTokenBucket(rate);

	const logAt =
		(level: EventLevel) =>
		(message: unknown, fields?: Readonly<Record<string, unknown>>): void => {
			const dropped = logBucket.take();
			if (dropped === undefined) {
				return;
			}

			const body: LogBody = {
				level,
				message: String(message).slice(0, frameLimits.logLength),
				...(dropped > 0 && {dropped}),
			};
			const withFields = fields === undefined ? undefined : jsonOrUndefined({...body, fields});
			outbox.sendJson('l', 0, withFields !== undefined && withFields.length <= frameLimits.logLength ? withFields : JSON.stringify(body));
		};

	return {
		...argument,
		log: {debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error')},
		events: {
			emit(event) {
				const json = jsonOrUndefined(event);
				if (json === undefined || json.length > frameLimits.eventLength) {
					throw new RangeError('the event is not JSON of at most 64 KiB');
				}

				if (eventBucket.take() !== undefined) {
					outbox.sendJson('e', 0, json);
				}
			},
		},
		signal,
	};
}

function jsonOrUndefined(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}
