import {setTimeout as sleep} from 'node:timers/promises';
import {type Query} from '../client/texts.ts';
import {type LiveContainer} from './live-engine.ts';

const lineMs = 1500;
const mostLines = 400;

type Source = {readonly now: () => number; readonly read: () => LiveContainer | undefined; readonly signal: AbortSignal | undefined};

/** What a container of the demo says: one line after the other since its start, in the frames of an engine. */
export async function* demoLog(query: Query, {now, read, signal}: Source): AsyncGenerator<Uint8Array> {
	const container = read();
	if (container === undefined || container.state === 'created') {
		return;
	}

	const ended = container.state === 'exited' ? mostLines : undefined;
	const begin = ended === undefined ? container.sinceAt : container.sinceAt - mostLines * lineMs;
	const written = () => ended ?? Math.floor((now() - begin) / lineMs);
	const since = Number(query['since'] ?? 0) * 1000;
	const tail = Math.min(mostLines, Number(query['tail'] ?? mostLines));
	let next = Math.max(written() - tail, Math.floor((since - begin) / lineMs) + 1, 0);
	const isOver = () => signal?.aborted === true;
	while (!isOver()) {
		const end = written();
		for (; next < end; next++) {
			yield lineOf(container, next, begin + next * lineMs);
		}

		const current = read();
		if (query['follow'] !== true || current?.state !== 'running' || current.sinceAt !== container.sinceAt) {
			return;
		}

		await sleep(lineMs / 3, undefined, {signal});
	}
}

function lineOf({says = ['ready']}: LiveContainer, index: number, at: number): Uint8Array {
	const text = Buffer.from(`${new Date(at).toISOString()} ${says[index % says.length]!}\n`);
	const head = Buffer.alloc(8);
	head[0] = 1;
	head.writeUInt32BE(text.length, 4);
	return Buffer.concat([head, text]);
}
