import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runAttack} from './support/report.ts';

test('flood-frames: a flood of messages is quarantine', async () => {
	const {deaths} = await runAttack('flood-frames');
	assert.deepEqual([deaths[0]!.weight, deaths[0]!.what], [3, 'floods the host with messages']);
});

test('giant-structured-clone: what is no frame is quarantine, however large', async () => {
	const {deaths} = await runAttack('giant-structured-clone');
	assert.deepEqual([deaths[0]!.weight, deaths[0]!.what], [3, 'sent something that is not a frame']);
});
