import {type Clock} from '../../core/ports/clock.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {isFrame, isTooDeep, textOf} from '../protocol/frame.ts';
import {type RequestBody} from '../protocol/messages.ts';
import {type OpenTransport, type Transport} from './transport.ts';

/** One thing that went over the wire, for the author of the plugin. */
export type TraceLine = {
	/** `in`: cws asks the plugin. `out`: the plugin asks cws. */
	readonly direction: 'in' | 'out';
	readonly phase: 'ask' | 'answer' | 'fail';
	readonly generation: number;
	readonly method: string;
	/** What was asked or answered, short. */
	readonly text: string;
	/** Since it was asked. */
	readonly ms?: number;
};

type Open = {readonly method: string; readonly at: number; items: number};

const maxText = 120;
/** What the person types and what is asked of a session is not for a trace. */
const hidden: ReadonlySet<string> = new Set(['call.input', 'provider.attach']);

/** Tells of every call a plugin takes and makes, as it passes; changes nothing. Put it around what takes secrets out. */
export const openTracing =
	(open: OpenTransport, clock: Pick<Clock, 'monotonic'>, onLine: (line: TraceLine) => void): OpenTransport =>
	setup => {
		const {generation} = setup;
		const transport = open(setup);
		const taken = new Map<number, Open>();
		const made = new Map<number, Open>();

		function asked(direction: TraceLine['direction'], calls: Map<number, Open>, id: number, {m, a}: RequestBody) {
			if (!hidden.has(m)) {
				calls.set(id, {method: m, at: clock.monotonic(), items: 0});
				onLine({direction, phase: 'ask', generation, method: m, text: short(a.length === 1 ? a[0] : a)});
			}
		}

		function answered(direction: TraceLine['direction'], calls: Map<number, Open>, [kind, id, value]: readonly [string, number, unknown]) {
			const call = calls.get(id);
			if (call === undefined) {
				return;
			}

			if (kind === 's') {
				call.items += Array.isArray(value) ? value.length : 1;
				return;
			}

			calls.delete(id);
			const text =
				kind === 'z' ? `${call.items} items` : kind === 'A' ? String((value as {readonly message?: unknown})?.message) : short(value);
			onLine({
				direction,
				phase: kind === 'A' ? 'fail' : 'answer',
				generation,
				method: call.method,
				text: safeText(text),
				ms: Math.round(clock.monotonic() - call.at),
			});
		}

		return {
			...transport,
			send(kind, id, value) {
				if (kind === 'q') {
					asked('in', taken, id, value as RequestBody);
				} else if ('aAsz'.includes(kind)) {
					answered('out', made, [kind, id, value]);
				}

				return transport.send(kind, id, value);
			},
			onFrame(listener) {
				transport.onFrame(message => {
					listener(message);
					const frame = read(message);
					if (frame?.[0] === 'q') {
						asked('out', made, frame[1], frame[2] as RequestBody);
					} else if (frame !== undefined) {
						answered('in', taken, frame);
					}
				});
			},
		} satisfies Transport;
	};

function read(message: unknown): readonly [string, number, unknown] | undefined {
	if (!isFrame(message) || !'qaAsz'.includes(message[0])) {
		return undefined;
	}

	const [kind, id, body] = message;
	const text = body === undefined ? undefined : textOf(body);
	if (text === undefined || isTooDeep(text)) {
		return kind === 'q' ? undefined : [kind, id, undefined];
	}

	try {
		const value: unknown = JSON.parse(text);
		const isRequest = typeof (value as RequestBody | null)?.m === 'string' && Array.isArray((value as RequestBody).a);
		return kind !== 'q' || isRequest ? [kind, id, value] : undefined;
	} catch {
		return undefined;
	}
}

function short(value: unknown): string {
	const text = safeText(JSON.stringify(value) ?? '');
	return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}
