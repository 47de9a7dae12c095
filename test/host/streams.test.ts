import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createHeldClock} from '../helpers/held-clock.ts';
import {collect, fixtureHost, recordOf} from './fixture-host.ts';

const plugin = 'misbehaving';

test('a plugin produces only as fast as its reader reads', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const reader = host.stream({plugin, method: 'provider.counts', args: []})[Symbol.asyncIterator]();
	await reader.next();
	await host.call({plugin, method: 'provider.fine', args: []});
	const ahead = await host.call<number>({plugin, method: 'provider.produced', args: []});
	assert.ok(ahead.ok);
	assert.ok(ahead.value < 8, `${ahead.value} produced before the second was read`);
	let chunks = 1;
	for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
		assert.ok(next.value.ok);
		chunks++;
	}

	assert.ok(chunks >= 10);
	assert.deepEqual(await host.call({plugin, method: 'provider.produced', args: []}), {ok: true, value: 20});
});

test('a stream that breaks gives what came before and then the failure', async () => {
	await using started = await fixtureHost([plugin]);
	const items = await collect(started.host.stream({plugin, method: 'provider.breaks', args: []}));
	assert.deepEqual(items, [
		{ok: true, value: ['one']},
		{ok: false, error: {code: 'CWS_THROTTLED', message: 'Slow down.', retryable: true}},
	]);
});

test('a stuck stream ends at its deadline without costing the worker', async () => {
	const clock = createHeldClock(200);
	await using started = await fixtureHost([plugin], {clock});
	const items: unknown[] = [];
	for await (const item of started.host.stream({plugin, method: 'provider.stuck', args: [], deadlineMs: 200})) {
		items.push(item.ok ? item.value : item.error.code);
		clock.elapse();
	}

	assert.deepEqual(items, [['one'], 'CWS_PLUGIN_TIMEOUT']);
	assert.equal(recordOf(started.host, plugin).state, 'active');
});

test('a reader that stops early leaves nothing open', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	for await (const chunk of host.stream({plugin, method: 'provider.counts', args: []})) {
		assert.ok(chunk.ok);
		break;
	}

	assert.deepEqual(await host.call({plugin, method: 'provider.fine', args: []}), {ok: true, value: 'fine'});
});

test('a method that gives no stream and a plugin that cannot start are failures of the stream', async () => {
	await using started = await fixtureHost([plugin, 'throws-at-load']);
	const [first] = await collect(started.host.stream({plugin, method: 'provider.notIterable', args: []}));
	assert.ok(first !== undefined && !first.ok);
	assert.equal(first.error.code, 'CWS_PLUGIN_FAILED');
	const [second] = await collect(started.host.stream({plugin: 'throws-at-load', method: 'provider.list', args: []}));
	assert.ok(second !== undefined && !second.ok);
	assert.match(second.error.cause ?? '', /the module is broken/);
});
