import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createRebuildQueue} from '../../../source/app/plugin-dev/rebuild-queue.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

test('reload-storm: a hundred changes in a second are one reload, after the last of them', async () => {
	const clock = createFakeClock();
	const builtAt: number[] = [];
	const queue = createRebuildQueue(clock, async () => void builtAt.push(clock.monotonic()));
	for (let count = 0; count < 100; count++) {
		queue.changed();
		await clock.advance(10);
	}

	await clock.advance(1000);
	assert.deepEqual(builtAt, [1090]);
	assert.equal(clock.pending(), 0);
});

test('a change during a build is built after it, once, and builds never overlap', async () => {
	const clock = createFakeClock();
	let running = 0;
	let most = 0;
	let builds = 0;
	const queue = createRebuildQueue(clock, async () => {
		running++;
		most = Math.max(most, running);
		builds++;
		await clock.sleep(5000);
		running--;
	});
	queue.changed();
	await clock.advance(200);
	for (let count = 0; count < 5; count++) {
		queue.changed();
		await clock.advance(500);
	}

	await clock.advance(20_000);
	assert.deepEqual([builds, most], [2, 1]);
	queue.changed();
	queue.stop();
	await clock.advance(20_000);
	assert.equal(builds, 2, 'nothing is built after the end');
});
