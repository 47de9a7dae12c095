import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import {makeBootstrapCache} from '../../../source/host/transport/bootstrap-cache.ts';
import {startSupervised} from '../../host/start-supervised.ts';
import {type Measures, type Texts} from './measures.ts';

const rounds = 15;

/** From nothing to a plugin that is ready, beside a thread that only says it is there. */
export async function measureStart({bootstrap, code}: Texts): Promise<Measures['start']> {
	const sandbox: number[] = [];
	const empty: number[] = [];
	const child: number[] = [];
	const cache = await makeBootstrapCache(bootstrap);
	for (let round = 0; round <= rounds; round++) {
		const times = [await startEmpty(), await startPlugin(false), await startPlugin(true)] as const;
		// The first one warms up.
		if (round > 0) {
			empty.push(times[0]);
			sandbox.push(times[1]);
			child.push(times[2]);
		}
	}

	return {sandbox, empty, child};

	async function startPlugin(isProcess: boolean): Promise<number> {
		const startedAt = performance.now();
		await using plugin = await startSupervised({plugin: {code}, bootstrap, cache, isProcess});
		if (plugin.failed !== undefined) {
			throw new Error(plugin.failed.error.message);
		}

		return performance.now() - startedAt;
	}
}

async function startEmpty(): Promise<number> {
	const startedAt = performance.now();
	const worker = new Worker(`require('node:worker_threads').parentPort.postMessage(1)`, {eval: true, env: {}, execArgv: ['--no-warnings']});
	await once(worker, 'message');
	const took = performance.now() - startedAt;
	await worker.terminate();
	return took;
}
