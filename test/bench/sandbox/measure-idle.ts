import {setTimeout as delay} from 'node:timers/promises';
import {startSupervised, type Supervised} from '../../host/start-supervised.ts';
import {type Measures, type Texts} from './measures.ts';

const count = 50;
const settleMs = 3000;

/** Resident memory of this process with 50 sandboxes that have nothing to do. */
export async function measureIdle({bootstrap, code}: Texts): Promise<Measures['idle']> {
	const before = process.memoryUsage.rss() / 1024 / 1024;
	const plugins: Supervised[] = [];
	for (let index = 0; index < count; index++) {
		plugins.push(await startSupervised({id: `idle${index}`, plugin: {code}, bootstrap}));
	}

	await delay(settleMs);
	const answers = await Promise.all(plugins.map(plugin => plugin.call('health')));
	if (!answers.every(({ok}) => ok)) {
		throw new Error('not all of them answer');
	}

	return {megabytes: process.memoryUsage.rss() / 1024 / 1024, before};
}
