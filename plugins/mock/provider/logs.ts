import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, type LogLine, type LogOptions, type ResourceTarget} from 'cws/sdk';
import {hashOf} from '../world/random.ts';
import {type MockContext} from './context.ts';

const everyMs = 1400;
const maxTail = 10_000;

const lines: readonly ((number: number) => Omit<LogLine, 'at'>)[] = [
	number => ({stream: 'stdout', level: 'info', text: `step ${number} loss 0.${String(900 - (number % 700)).padStart(3, '0')} lr 3e-4`}),
	number => ({stream: 'stdout', level: 'info', text: `GET /api/samples/${number % 512} 200 ${3 + (number % 40)} ms`}),
	number => ({stream: 'stdout', level: 'debug', text: `cache: ${number % 97} entries, ${number % 11} evicted`}),
	number => ({stream: 'stdout', level: 'info', text: `checkpoint written to /data/ckpt-${number}.pt`}),
	number => ({stream: 'stderr', level: 'warn', text: `slow query: ${200 + (number % 900)} ms`}),
];

/** The log of a workstation: a line now and then, always the same for the same moment. */
export async function* logs(
	{world, timing, faults, now}: MockContext,
	target: ResourceTarget,
	{follow, tail}: LogOptions,
	{signal}: CallContext,
): AsyncGenerator<readonly LogLine[]> {
	await timing.roundTrip(signal);
	faults.beforeCall(target.provider);
	const seed = hashOf(target.id);
	const resource = world.get(target);
	const begin = Math.ceil((resource?.createdAt ?? now()) / everyMs);
	let next = Math.floor(now() / everyMs) + 1;
	const first = Math.max(begin, next - Math.min(maxTail, Math.max(0, tail)));
	const recent = Array.from({length: Math.max(0, next - first)}, (_, index) => lineAt(first + index, seed));
	const reason = resource?.status === 'failed' ? resource.statusReason : undefined;
	yield reason === undefined ? recent : [...recent, {at: now(), stream: 'stderr', level: 'error', text: reason}];
	if (!follow) {
		return;
	}

	for (; !signal.aborted && world.get(target) !== undefined; next++) {
		await sleep(Math.max(1, next * everyMs - now()), undefined, {signal}).catch(() => {});
		if (!signal.aborted && world.get(target)?.status === 'running') {
			yield [lineAt(next, seed)];
		}
	}
}

function lineAt(number: number, seed: number): LogLine {
	const line = lines[hashOf(`${seed}/${number}`) % lines.length]!;
	return {at: number * everyMs, ...line(number % 100_000)};
}
