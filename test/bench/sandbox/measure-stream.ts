import {startSupervised} from '../../host/start-supervised.ts';
import {type Measures, type Texts} from './measures.ts';

const rounds = 15;
const count = 10_000;

/** A list of 10,000 resources as the poller takes it, with the longest time in which nothing else could happen here. */
export async function measureStream({bootstrap, code}: Texts): Promise<Measures['stream']> {
	await using plugin = await startSupervised({plugin: {code}, bootstrap});
	const gaps: number[] = [];
	const totals: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		let longest = 0;
		let turnedAt = performance.now();
		const ticker = setInterval(() => {
			const now = performance.now();
			longest = Math.max(longest, now - turnedAt);
			turnedAt = now;
		}, 1);
		const startedAt = performance.now();
		let rows = 0;
		for await (const chunk of plugin.instance!.stream({method: 'provider.list', args: [{count}], deadlineMs: 60_000})) {
			if (!chunk.ok) {
				throw new Error(chunk.error.message);
			}

			for (const page of chunk.value) {
				rows += (page as {readonly resources: readonly unknown[]}).resources.length;
			}
		}

		clearInterval(ticker);
		if (rows !== count) {
			throw new Error(`${rows} rows came`);
		}

		if (round > 0) {
			gaps.push(longest);
			totals.push(performance.now() - startedAt);
		}
	}

	return {gaps, totals};
}
