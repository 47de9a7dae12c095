import {stripVTControlCharacters} from 'node:util';
import {type EventLevel} from '../core/event.ts';
import {type LogRecord} from '../core/plugin.ts';
import {type Clock} from '../core/ports/clock.ts';
import {safeText} from '../core/text/safe-text.ts';
import {createTokenBucket} from './protocol/token-bucket.ts';
import {levels} from './read-event.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The last records of one plugin, from its log calls, its output and the host itself. */
export type PluginLog = {
	readonly records: () => readonly LogRecord[];
	readonly add: (level: EventLevel, message: string, fields?: Fields) => void;
	/** A record as the worker sent it, cleaned but not checked. */
	readonly addFromPlugin: (body: unknown) => void;
	/** Something thrown inside the plugin, with its stack for whoever mends it. */
	readonly addError: (level: EventLevel, what: string, thrown: unknown) => void;
	readonly addOutput: (stream: 'stdout' | 'stderr', text: string) => void;
};

export function createPluginLog({
	plugin,
	clock,
	capacity,
	onRecord,
}: {
	readonly plugin: string;
	readonly clock: Clock;
	readonly capacity: number;
	readonly onRecord: (record: LogRecord) => void;
}): PluginLog {
	const bucket = createTokenBucket({perSecond: 50, burst: 200, monotonic: clock.monotonic});
	let records: readonly LogRecord[] = [];

	function add(level: EventLevel, message: string, fields?: Fields, dropped = 0) {
		const record: LogRecord = {
			at: clock.now(),
			plugin,
			level,
			message: safeText(message),
			...(fields && {fields}),
			...(dropped > 0 && {dropped}),
		};
		records = [...records.slice(1 - capacity), record];
		onRecord(record);
	}

	return {
		records: () => records,
		add,
		addFromPlugin(body) {
			const {level, message, fields, dropped} = (body ?? {}) as Fields;
			const lost = bucket.take();
			if (lost !== undefined) {
				add(
					levels.find(known => known === level) ?? 'info',
					typeof message === 'string' ? message : '',
					typeof fields === 'object' && fields !== null ? (fields as Fields) : undefined,
					lost + (typeof dropped === 'number' ? dropped : 0),
				);
			}
		},
		addError(level, what, thrown) {
			const {name, message, stack} = (thrown ?? {}) as Fields;
			const text = [name, message].filter(part => typeof part === 'string').join(': ');
			if (bucket.take() !== undefined) {
				add(level, `${what}: ${text}`, typeof stack === 'string' ? {stack} : undefined);
			}
		},
		addOutput(stream, text) {
			for (const line of stripVTControlCharacters(text).split(/\r?\n/)) {
				const lost = line.trim() === '' ? undefined : bucket.take();
				if (lost !== undefined) {
					add(stream === 'stderr' ? 'warn' : 'info', line, {stream}, lost);
				}
			}
		},
	};
}
