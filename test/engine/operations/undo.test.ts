import assert from 'node:assert/strict';
import test from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok} from '../../../source/core/failure/outcome.ts';
import {type Outcome} from '../../../source/core/failure/outcome.ts';
import {createFakeHost, fakePlugin} from '../../helpers/fake-host.ts';
import {createFakeStore} from '../../helpers/fake-store.ts';
import {eventTypes, obey, refOf, rowsOf, startWorld, statusOf, vm, vmType} from '../world.ts';

const tui = {origin: 'tui'} as const;
const input = {ref: refOf('web-1'), confirm: 'web-1', undoSeconds: 10};

const valueOf = <Value>(outcome: Outcome<Value>): Value => {
	assert.ok(outcome.ok, outcome.ok ? '' : outcome.error.message);
	return outcome.value;
};

const startRunning = async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	obey(world, 'stop', 'stopped');
	obey(world, 'start', 'running');
	obey(world, 'destroy', undefined);
	return world;
};

test('a destroy with an undo window waits, stops the resource at once and destroys when it is due', async () => {
	const world = await startRunning();
	const operation = valueOf(await world.engine.run('destroy', input, tui));
	assert.equal(operation.state, 'scheduled');
	assert.equal(operation.dueAt, operation.requestedAt + 10_000);
	await world.clock.advance(9900);
	assert.equal(statusOf(world, 'web-1'), 'stopped');
	assert.ok(!world.host.methods().includes('provider.destroy'));
	await world.clock.advance(1000);
	assert.equal((await world.engine.whenEnded(operation.id)).state, 'verified');
	assert.deepEqual(rowsOf(world), []);
	assert.deepEqual(
		eventTypes(world).filter(type => type.startsWith('action') || type.startsWith('instance')),
		['action.scheduled', 'action.executed', 'instance.terminated'],
	);
	assert.equal(world.store.audit.length, 1);
});

test('undo within the window destroys nothing and starts again what was stopped for it', async () => {
	const world = await startRunning();
	const operation = valueOf(await world.engine.run('destroy', input, tui));
	await world.clock.advance(3000);
	const undone = valueOf(await world.engine.run('undo', {}, tui));
	assert.deepEqual([undone.id, undone.state], [operation.id, 'cancelled']);
	await world.clock.advance(20_000);
	assert.equal(statusOf(world, 'web-1'), 'running');
	assert.ok(world.host.methods().includes('provider.start'));
	assert.ok(!world.host.methods().includes('provider.destroy'));
	const [start] = world.engine.getState().operations;
	assert.deepEqual([start?.action, start?.state], ['start', 'verified']);
});

test('right after an undo the row tells that it is stopped and started again, never that it just runs', async () => {
	const world = await startRunning();
	const {promise, resolve} = Promise.withResolvers<void>();
	world.host.answer('provider.stop', async () => {
		await promise;
		world.host.rows.set('lab/vm', [vm('web-1', {status: 'stopped'})]);
		return ok({status: 'stopped'});
	});
	await world.engine.run('destroy', input, tui);
	await world.clock.advance(1000);
	await world.engine.run('undo', {}, tui);
	await world.clock.advance(500);
	assert.equal(statusOf(world, 'web-1'), 'stopping');
	resolve();
	const seen = new Set<string | undefined>();
	for (let step = 0; step < 100; step++) {
		await world.clock.advance(50);
		seen.add(statusOf(world, 'web-1'));
	}

	// In the order in which they came first: it never runs before it is started.
	assert.equal([...seen].at(-1), 'running');
	assert.ok(seen.size > 1);
});

test('an undo of a destroy whose stop failed shows what is there', async () => {
	const world = await startRunning();
	world.host.answer('provider.stop', () => failed(failure('CWS_PROVIDER_FAILED', {message: 'no'})));
	await world.engine.run('destroy', input, tui);
	await world.clock.advance(1000);
	await world.engine.run('undo', {}, tui);
	await world.clock.advance(1000);
	assert.equal(statusOf(world, 'web-1'), 'running');
	assert.ok(!world.host.methods().includes('provider.start'));
});

test('undo of something that was stopped before leaves it stopped', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1', {status: 'stopped'})]}});
	await world.engine.run('destroy', input, tui);
	await world.engine.run('undo', {}, tui);
	await world.clock.advance(20_000);
	assert.equal(statusOf(world, 'web-1'), 'stopped');
	assert.ok(!world.host.methods().some(method => ['provider.start', 'provider.stop', 'provider.destroy'].includes(method)));
});

test('there is nothing to undo when nothing waits, and no way back once it has begun', async () => {
	const world = await startRunning();
	const nothing = await world.engine.run('undo', {}, tui);
	assert.equal(!nothing.ok && nothing.error.code, 'CWS_NO_TASK');
	world.host.answer('provider.destroy', () => new Promise(() => {}));
	const operation = valueOf(await world.engine.run('destroy', input, tui));
	await world.clock.advance(11_000);
	const late = await world.engine.run('undo', {operation: operation.id}, tui);
	assert.equal(!late.ok && late.error.code, 'CWS_INVALID_STATE');
});

test('cancelling a scheduled destroy is an undo', async () => {
	const world = await startRunning();
	const {id} = valueOf(await world.engine.run('destroy', input, tui));
	await world.clock.advance(1000);
	assert.equal(valueOf(await world.engine.run('cancelOperation', {operation: id}, tui)).state, 'cancelled');
	await world.clock.advance(20_000);
	assert.equal(statusOf(world, 'web-1'), 'running');
});

test('ending cws in the window destroys nothing and says so', async () => {
	const world = await startRunning();
	const {id} = valueOf(await world.engine.run('destroy', input, tui));
	await world.clock.advance(1000);
	await world.engine.stop();
	await world.clock.advance(60_000);
	assert.ok(!world.host.methods().includes('provider.destroy'));
	assert.equal(world.store.operations.get(id)?.state, 'cancelled');
	const dropped = world.store.events.find(({type}) => type === 'action.cancelled');
	assert.match(dropped?.message ?? '', /was dropped .+ it was stopped for it, start it with `cws start lab\/web-1`/);
});

test('killing cws in the window destroys nothing, and the next start drops it and says so', async () => {
	const store = createFakeStore({isAlive: pid => pid !== 100});
	const host = createFakeHost([fakePlugin('lab', [vmType])]);
	const killed = await startWorld({store, host, rows: {'lab/vm': [vm('web-1')]}});
	obey(killed, 'stop', 'stopped');
	const {id} = valueOf(await killed.engine.run('destroy', input, tui));
	await killed.clock.flush();
	// Its clock never moves again: that is what a kill does to a process.
	const next = await startWorld({store, host, pid: 200, isAlive: pid => pid !== 100});
	await next.clock.advance(60_000);
	assert.equal(store.operations.get(id)?.state, 'cancelled');
	assert.ok(!host.methods().includes('provider.destroy'));
	const dropped = store.events.find(({type}) => type === 'action.cancelled');
	assert.match(dropped?.message ?? '', /dropped.*`web-1` is still there/);
	assert.equal(statusOf(next, 'web-1'), 'stopped');
});

test('a scheduled destroy of another living cws is not undone from here', async () => {
	const store = createFakeStore();
	const host = createFakeHost([fakePlugin('lab', [vmType])]);
	const first = await startWorld({store, host, rows: {'lab/vm': [vm('web-1', {status: 'stopped'})]}});
	valueOf(await first.engine.run('destroy', input, tui));
	const second = await startWorld({store, host, pid: 200});
	const refused = await second.engine.run('undo', {}, tui);
	assert.equal(!refused.ok && refused.error.code, 'CWS_CONFLICT');
});

test('a destroy that is due waits for the stop before it', async () => {
	const world = await startRunning();
	const {promise, resolve} = Promise.withResolvers<Outcome<unknown>>();
	world.host.answer('provider.stop', () => promise);
	await world.engine.run('destroy', input, tui);
	await world.clock.advance(11_000);
	assert.ok(!world.host.methods().includes('provider.destroy'));
	resolve(ok({status: 'stopped'}));
	await world.clock.flush();
	assert.ok(world.host.methods().includes('provider.destroy'));
});
