import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Clock} from '../../../source/core/ports/clock.ts';
import {createHeldClock} from '../../helpers/held-clock.ts';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {type Supervised, startSupervised} from '../start-supervised.ts';

const bootstrap = await sandboxBootstrap();
const attack = (code: string, clock?: Clock): Promise<Supervised> =>
	startSupervised({plugin: {code}, bootstrap, ...(clock && {clock}), limits: {loadMs: 1000, graceMs: 50, probeMs: 200, zombieMs: 1000}});

async function endsAsStuck(code: string) {
	await using attacked = await attack(code);
	const outcome = await attacked.call('health', {deadlineMs: 100});
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_TIMEOUT');
	const {weight, what} = await attacked.death;
	assert.deepEqual([weight, what], [1, 'is stuck in a loop or in one long call']);
}

test('loop-sync: a loop in a method is ended after its deadline, for one strike', async () => {
	await endsAsStuck('module.exports = {health() { for (;;); }}');
});

test('loop-load: a loop while loading is ended after the time to load', async () => {
	const {failed} = await attack('for (;;);');
	assert.deepEqual([failed?.stage, failed?.weight, failed?.error.code], ['resolve', 1, 'CWS_PLUGIN_TIMEOUT']);
});

test('loop-catch-all: a loop that catches everything is ended like any other', async () => {
	await endsAsStuck('module.exports = {health() { for (;;) { try { for (;;); } catch {} } }}');
	await endsAsStuck('function again() { try { again() } finally { again() } } module.exports = {health: again}');
});

test('regex-redos: a pattern that never ends is ended', async () => {
	await endsAsStuck(`module.exports = {health() { return /^(a+)+$/.test('a'.repeat(60) + 'b') }}`);
});

test('never-settles: a promise without an end costs the call and no strike', async () => {
	await using attacked = await attack('let n = 0; module.exports = {health: () => n++ === 0 ? new Promise(() => {}) : n}');
	const outcome = await attacked.call('health', {deadlineMs: 50});
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_TIMEOUT');
	assert.deepEqual(await attacked.call('health'), {ok: true, value: 2});
	assert.deepEqual(await attacked.instance!.answer(), {ok: true, value: undefined});
});

test('ignores-cancel: who cancels is let go, and the late answer belongs to nobody', async () => {
	await using attacked = await attack(
		`let late; module.exports = {
			health: call => new Promise(resolve => { late = resolve; call.signal.addEventListener('abort', () => {}) }),
			provider: {get: () => { late('too late'); return 'in time' }},
		}`,
	);
	const controller = new AbortController();
	const call = attacked.instance!.call({method: 'health', args: [], deadlineMs: 5000, signal: controller.signal});
	controller.abort();
	const outcome = await call;
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED');
	assert.deepEqual(await attacked.call('provider.get'), {ok: true, value: 'in time'});
});

test('slow-drip-stream: a list that drips forever ends at its deadline with what it gave', async () => {
	const clock = createHeldClock(300);
	await using attacked = await attack(
		`module.exports = {provider: {async *list() { for (let n = 0;; n++) { yield n; await new Promise(resolve => setTimeout(resolve, 20)) } }}}`,
		clock,
	);
	const items: unknown[] = [];
	let end: string | undefined;
	for await (const chunk of attacked.instance!.stream({method: 'provider.list', args: [], deadlineMs: 300})) {
		if (chunk.ok) {
			items.push(...chunk.value);
			if (items.length >= 3) {
				clock.elapse();
			}
		} else {
			end = chunk.error.code;
		}
	}

	assert.ok(items.length >= 3);
	assert.equal(end, 'CWS_PLUGIN_TIMEOUT');
});
