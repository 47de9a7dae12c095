import {type LogLine} from 'cws/sdk';
import {type OutputPart} from '../client/demultiplex.ts';

const longestLine = 1_000_000;
const stamp = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})) ?/;

export type StampedLine = LogLine & {
	/** The engine's own time, to the nanosecond: where a broken follow goes on. */
	readonly stamp?: string;
};

/** Puts the parts of both outputs together to lines; each carries the time the engine wrote before it. */
export async function* logLines(parts: AsyncIterable<OutputPart>): AsyncGenerator<readonly StampedLine[]> {
	const rests = {stdout: '', stderr: ''};
	const decoders = {stdout: new TextDecoder(), stderr: new TextDecoder()};
	for await (const {stream, bytes} of parts) {
		const lines = (rests[stream] + decoders[stream].decode(bytes, {stream: true})).split('\n');
		rests[stream] = lines.pop()!;
		if (rests[stream].length > longestLine) {
			lines.push(rests[stream]);
			rests[stream] = '';
		}

		if (lines.length > 0) {
			yield lines.map(line => toLine(line, stream));
		}
	}

	for (const stream of ['stdout', 'stderr'] as const) {
		if (rests[stream] !== '') {
			yield [toLine(rests[stream], stream)];
		}
	}
}

function toLine(line: string, stream: 'stdout' | 'stderr'): StampedLine {
	const found = stamp.exec(line);
	const at = found === null ? Number.NaN : Date.parse(found[1]!);
	const text = (found === null ? line : line.slice(found[0].length)).replace(/\r$/, '');
	return {stream, text, ...(Number.isFinite(at) && {at, stamp: found![1]!})};
}
