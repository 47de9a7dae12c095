import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runAttack} from './support/report.ts';

const isStuck = /is stuck in a loop or in one long call/;

test('loop-microtask: promises without end are ended like a loop, or for their memory', async () => {
	const {deaths} = await runAttack('loop-microtask');
	assert.match(deaths[0]!.what, /stuck in a loop|of memory/);
});

test('builtin-loop: a thread that cannot be ended is counted, and ends with the process', async () => {
	const {deaths, outcome} = await runAttack('builtin-loop');
	assert.equal(outcome, 'CWS_PLUGIN_TIMEOUT');
	assert.match(deaths[0]!.what, isStuck);
});

test('builtin-loop: in a process of its own it is gone at once', async () => {
	const {deaths, zombies} = await runAttack('builtin-loop-process');
	assert.match(deaths[0]!.what, isStuck);
	assert.equal(zombies, 0);
});

test('ten-hogs: ten loops are all ended', async () => {
	const {deaths, zombies} = await runAttack('ten-hogs');
	assert.equal(deaths.length, 10);
	assert.ok(deaths.every(({what}) => isStuck.test(what)));
	assert.equal(zombies, 0);
});

test('idle-burn: who keeps a processor busy for nothing is warned, then ended', async () => {
	const {deaths, hogs, outcome} = await runAttack('idle-burn');
	assert.equal(outcome, 'ok');
	// Once more each time that others left it too little of the processor to be one.
	assert.ok(hogs >= 1, String(hogs));
	assert.deepEqual([deaths[0]!.weight, deaths[0]!.what], [1, 'kept a processor busy although nobody asked it for anything']);
});

test('sync-exec-trusted: a bundled plugin that waits for a program holds up itself alone, and is counted until it ends', async () => {
	const {deaths, zombies} = await runAttack('sync-exec-trusted');
	assert.match(deaths[0]!.what, isStuck);
	assert.equal(zombies, 1);
});
