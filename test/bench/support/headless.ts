// Runs in a process of its own over the built workers and plugins: `deploy N`, `destroy`, `refresh N`, `poll PROVIDER N`.
// Answers with one line of JSON.
import {readFileSync} from 'node:fs';
import {createApp} from '../../../source/app/create-app.ts';
import {type Engine} from '../../../source/engine/engine.ts';
import {type Poll, type Polls} from './polls.ts';

const [verb, count = '0', times = '1'] = process.argv.slice(2);
const atOnce = 8;

const app = createApp({environment: process.env, cwd: process.cwd()});
const {engine} = app;
await engine.load();
let answer: unknown;
if (verb === 'deploy') {
	await engine.refreshOnce({provider: 'local'});
	answer = await inParallel(
		Array.from({length: Number(count)}, (_, index) => `bench-${String(index + 1).padStart(3, '0')}`),
		async name =>
			settle(await engine.run('deploy', {provider: 'local', type: 'vm', name, fields: {command: 'sleep 100000'}}, {origin: 'cli'})),
	);
} else if (verb === 'destroy') {
	await engine.refreshOnce({provider: 'local'});
	answer = await inParallel(
		engine
			.getState()
			.sources.flatMap(({resources}) => resources)
			.filter(({type}) => type === 'vm'),
		async ({ref, name}) => settle(await engine.run('destroy', {ref, confirm: name}, {origin: 'cli'})),
	);
} else if (verb === 'poll') {
	engine.start();
	answer = await poll(count, Number(times));
} else {
	engine.start();
	answer = await refresh(Number(count));
}

process.stdout.write(`${JSON.stringify(answer)}\n`);
await app.close();
process.exit();

async function settle(started: Awaited<ReturnType<Engine['run']>>): Promise<string> {
	if (!started.ok) {
		return started.error.code;
	}

	const ended = await engine.whenEnded((started.value as {readonly id: string}).id);
	return ended.state;
}

/** How many ended in which state. */
async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<string>): Promise<Record<string, number>> {
	const ends: Record<string, number> = {};
	const queue = [...items];
	await Promise.all(
		Array.from({length: atOnce}, async () => {
			for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
				const end = await work(item);
				ends[end] = (ends[end] ?? 0) + 1;
			}
		}),
	);
	return ends;
}

/** Resident memory in MB after each refresh. */
async function refresh(times: number): Promise<readonly number[]> {
	const memory: number[] = [];
	for (let index = 0; index < times; index++) {
		await engine.refreshOnce();
		const kb = /VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
		memory.push(Number(kb) / 1024);
	}

	return memory;
}

/** Refreshes one provider so often, and looks meanwhile at what its worker takes at most. */
async function poll(provider: string, times: number): Promise<Polls> {
	const polls: Poll[] = [];
	let memoryMb = 0;
	const look = () => {
		const bytes = engine.getState().plugins.find(({id}) => id === provider)?.usage?.memoryBytes ?? 0;
		memoryMb = Math.max(memoryMb, bytes / 1024 / 1024);
	};
	const stopLooking = engine.subscribe(look);
	for (let index = 0; index < times; index++) {
		const startedAt = performance.now();
		await engine.refreshOnce({provider});
		const ms = performance.now() - startedAt;
		const resources = engine.getState().sources.flatMap(source => (source.provider === provider ? source.resources : []));
		polls.push({ms, running: resources.filter(({status}) => status === 'running').length});
	}

	stopLooking();
	return {polls, memoryMb};
}
