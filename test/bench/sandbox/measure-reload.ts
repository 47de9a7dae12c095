import {setTimeout as delay} from 'node:timers/promises';
import {sandboxHost} from '../../host/sandbox-host.ts';
import {type Measures, type Texts} from './measures.ts';

const reloads = 200;
const warmUp = 20;
const settleMs = 3000;
const plugin = 'reloaded';

const manifest = {
	id: plugin,
	kind: 'provider',
	activation: ['onStartup', 'onResourceType:vm'],
	contributes: {resourceTypes: [{type: 'vm', title: 'Machine', operations: ['list']}]},
};

/** Reloads a plugin again and again in the whole host while it is called all the time. */
export async function measureReload({bootstrap, code}: Texts): Promise<Measures['reload']> {
	await using started = sandboxHost(bootstrap, {manifest, code});
	const {host} = started;
	let calls = 0;
	let dropped = 0;
	let isOver = false;
	const callAllTheTime = async () => {
		// oxlint-disable-next-line no-unmodified-loop-condition -- the end of the reloads changes it
		while (!isOver) {
			const outcome = await host.call({plugin, method: 'health', args: []});
			calls++;
			dropped += outcome.ok ? 0 : 1;
			await delay(1);
		}
	};

	const took: number[] = [];
	async function reload(times: number) {
		for (let turn = 0; turn < times; turn++) {
			const startedAt = performance.now();
			const reloaded = await host.reload(plugin);
			if (!reloaded.ok) {
				throw new Error(`${reloaded.error.message} ${reloaded.error.cause ?? ''}`);
			}

			took.push(performance.now() - startedAt);
		}
	}

	try {
		const active = await host.start(plugin);
		if (!active.ok) {
			throw new Error(`${active.error.message} ${active.error.cause ?? ''}`);
		}

		const calling = callAllTheTime();
		await reload(warmUp);
		await delay(settleMs);
		const before = process.memoryUsage.rss() / 1024 / 1024;
		took.length = 0;
		await reload(reloads);
		await delay(settleMs);
		const after = process.memoryUsage.rss() / 1024 / 1024;
		isOver = true;
		await calling;
		return {took, calls, dropped, before, after};
	} finally {
		isOver = true;
	}
}
