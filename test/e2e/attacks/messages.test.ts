import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runAttack} from './support/report.ts';

test('flood-frames: a flood of messages is quarantine', async () => {
	const {deaths} = await runAttack('flood-frames');
	assert.deepEqual([deaths[0]!.weight, deaths[0]!.what], [3, 'floods the host with messages']);
});

test('giant-structured-clone: a message that is no frame ends who sent it, or who is still making it', async () => {
	const {deaths} = await runAttack('giant-structured-clone');
	assert.match(deaths[0]!.what, /sent something that is not a frame|stuck in a loop or in one long call/);
});
