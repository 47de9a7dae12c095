import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AttackName} from './support/attack-list.ts';
import {runAttack} from './support/report.ts';

// Each of these can abort a whole process whose only guard is the engine's own limit.
for (const name of ['bomb-map', 'bomb-dict', 'bomb-string', 'bomb-buffers'] as const satisfies readonly AttackName[]) {
	test(`${name}: the plugin is ended for its memory, for two strikes, and nothing else is`, async () => {
		const {deaths, outcome} = await runAttack(name);
		assert.equal(deaths[0]!.weight, 2);
		assert.match(deaths[0]!.what, /memory/);
		assert.equal(outcome, 'CWS_PLUGIN_CRASHED');
	});
}

test('bomb-array-fill: one long call that takes memory is ended, and nothing else is', async () => {
	const {deaths, outcome} = await runAttack('bomb-array-fill');
	// On a machine with much to do it is silent for too long before it has taken much.
	assert.match(deaths[0]!.what, /memory|stuck in a loop or in one long call/);
	assert.equal(outcome, 'CWS_PLUGIN_CRASHED');
});

test('bomb-array-fill: in a process of its own it takes nothing of ours', async () => {
	const {deaths, peakMb} = await runAttack('bomb-array-fill-process');
	assert.equal(deaths[0]!.weight, 2);
	assert.ok(peakMb < 256, `${peakMb} MB`);
});

test('closure-leak: what grows with every call is ended when it is over its quota', async () => {
	const {deaths} = await runAttack('closure-leak');
	assert.deepEqual([deaths[0]!.weight, deaths[0]!.what], [2, 'used more than its 128 MB of memory']);
});
