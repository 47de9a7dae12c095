import assert from 'node:assert/strict';
import {test} from 'node:test';
import {placementOf} from '../../../source/host/transport/placement.ts';

const gib = 1024 ** 3;

test('a plugin runs in a thread, unless somebody or something asks for a process', () => {
	const calm = {memoryStrikes: 0, availableMemory: 8 * gib};
	assert.equal(placementOf(calm), 'worker');
	assert.equal(placementOf({...calm, isolation: 'worker'}), 'worker');
	assert.equal(placementOf({...calm, isolation: 'process'}), 'process');
	assert.equal(placementOf({...calm, memoryStrikes: 1}), 'worker');
	assert.equal(placementOf({...calm, memoryStrikes: 2}), 'process');
	assert.equal(placementOf({...calm, availableMemory: gib - 1}), 'process');
	assert.equal(placementOf({...calm, isolation: 'worker', availableMemory: gib / 2}), 'process');
});
