import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addTo, createExactSum, nanosOf} from '../../../source/engine/spend/exact-sum.ts';

test('the sum is the one of big integers, rounded once, whatever the rates and times', () => {
	let seed = 7;
	const random = (limit: number) => {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((seed / 2_147_483_648) * limit);
	};

	for (let round = 0; round < 100; round++) {
		const sum = createExactSum();
		let exact = 0n;
		for (let count = 0; count < 50; count++) {
			const nanos = random(10 ** (round % 12));
			const ms = random(10 ** (count % 10));
			addTo(sum, nanos, ms);
			exact += BigInt(nanos) * BigInt(ms);
		}

		assert.equal(nanosOf(sum), Number((2n * exact + 3_600_000n) / 7_200_000n));
	}
});

test('what cannot be counted adds nothing, and a fraction of a millisecond is rounded', () => {
	const sum = createExactSum();
	addTo(sum, Number.NaN, 1000);
	addTo(sum, 1000, Number.POSITIVE_INFINITY);
	addTo(sum, 3600, 1000.4);
	assert.equal(nanosOf(sum), 1);
});
