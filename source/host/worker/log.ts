import {type EventLevel} from '../../core/event.ts';
import {type PluginContext} from '../../sdk/plugin.ts';
import {frameLimits} from '../protocol/frame.ts';
import {type LogBody} from '../protocol/messages.ts';
import {createTokenBucket} from '../protocol/token-bucket.ts';
import {jsonOrUndefined} from './json.ts';
import {type Outbox} from './outbox.ts';

/** A plugin may say 200 things at once and 50 a second; beyond that records are dropped and counted. */
export const sayRate = {perSecond: 50, burst: 200, monotonic: () => performance.now()};

export function createLog(outbox: Outbox): PluginContext['log'] {
	const bucket = createTokenBucket(sayRate);
	const at =
		(level: EventLevel) =>
		(message: unknown, fields?: Readonly<Record<string, unknown>>): void => {
			const dropped = bucket.take();
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

	return {debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error')};
}
