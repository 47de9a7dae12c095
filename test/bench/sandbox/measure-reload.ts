import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {ok} from '../../../source/core/failure/outcome.ts';
import {createPluginHost} from '../../../source/host/create-plugin-host.ts';
import {openSandboxTransport} from '../../../source/host/transport/sandbox-transport.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {type Measures, type Texts} from './measures.ts';

const reloads = 200;
const warmUp = 20;
const settleMs = 3000;
const plugin = 'reloaded';

const manifest = {
	id: plugin,
	version: '1.0.0',
	title: 'Reloaded',
	kind: 'provider',
	engines: {cws: '>=0.1.0'},
	api: 1,
	main: 'plugin.js',
	activation: ['onStartup', 'onResourceType:vm'],
	contributes: {resourceTypes: [{type: 'vm', title: 'Machine', operations: ['list']}]},
};

/** Reloads a plugin again and again in the whole host while it is called all the time. */
export async function measureReload({bootstrap, code}: Texts): Promise<Measures['reload']> {
	const home = mkdtempSync(path.join(tmpdir(), 'cws-reload-'));
	const folder = path.join(home, 'plugins', plugin);
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(manifest));
	writeFileSync(path.join(folder, 'plugin.js'), code);
	const host = createPluginHost({
		pluginDirectories: [{origin: 'user', directory: path.join(home, 'plugins')}],
		workerUrl: new URL('../../../source/host/worker/plugin-worker.ts', import.meta.url),
		openSandbox: openSandboxTransport(() => bootstrap),
		trust: {
			missing: async () => ok(undefined),
			grant: async () => ok(undefined),
			revoke: async () => ok(undefined),
			capabilities: async () => ({}),
		},
		clock: systemClock,
		disabled: [],
		setDisabled: async () => ok(undefined),
		pluginOptions: {},
		directories: {data: path.join(home, 'data'), cache: path.join(home, 'cache')},
		locale: 'en',
	});
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
		const started = await host.start(plugin);
		if (!started.ok) {
			throw new Error(`${started.error.message} ${started.error.cause ?? ''}`);
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
		await host.stop(5000);
		rmSync(home, {recursive: true, force: true});
	}
}
