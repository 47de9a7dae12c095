import assert from 'node:assert/strict';
import test from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../../source/core/failure/outcome.ts';
import {type Operation} from '../../../source/core/operation.ts';
import {createFakeStore} from '../../helpers/fake-store.ts';
import {createWorld, eventTypes, obey, obeyDeploy, refOf, rowOf, rowsOf, startWorld, statusOf, vm, vmType} from '../world.ts';
import {createFakeHost, fakePlugin} from '../../helpers/fake-host.ts';

const tui = {origin: 'tui'} as const;
const deployWeb = {provider: 'lab', type: 'vm', name: 'web-1', fields: {}};

const valueOf = <Value>(outcome: Outcome<Value>): Value => {
	assert.ok(outcome.ok, outcome.ok ? '' : outcome.error.message);
	return outcome.value;
};

const errorOf = (outcome: Outcome<unknown>) => {
	assert.ok(!outcome.ok);
	return outcome.error;
};

test('a deploy shows its row as creating at once, becomes the real row when read back, and ends verified', async () => {
	const world = await startWorld();
	obeyDeploy(world, {status: 'creating'});
	const operation = valueOf(await world.engine.run('deploy', {...deployWeb, size: 'small'}, tui));
	assert.equal(operation.state, 'requested');
	await world.clock.advance(100);
	assert.deepEqual(
		rowsOf(world).map(({id, status}) => [id, status]),
		[['i-web-1', 'creating']],
	);

	world.host.rows.set('lab/vm', [vm('web-1')]);
	await world.clock.advance(1000);
	const ended = await world.engine.whenEnded(operation.id);
	assert.equal(ended.state, 'verified');
	assert.equal(ended.ref, refOf('web-1'));
	assert.equal(statusOf(world, 'web-1'), 'running');
	assert.equal(rowsOf(world).length, 1);
	assert.ok(eventTypes(world).includes('instance.launched'));
	assert.equal(world.store.operations.get(operation.id)?.state, 'verified');
	assert.deepEqual(
		world.store.audit.map(({command, outcome, user, pid}) => [command, outcome, user, pid]),
		[['deploy', 'done', 'ada', 100]],
	);
});

test('the row of a deploy is there before the provider has answered, and goes when the provider refuses', async () => {
	const world = await startWorld();
	const {promise, resolve} = Promise.withResolvers<Outcome<unknown>>();
	world.host.answer('provider.deploy', () => promise);
	const operation = valueOf(await world.engine.run('deploy', deployWeb, tui));
	await world.clock.advance(100);
	assert.equal(statusOf(world, 'web-1'), 'creating');
	resolve(failed(failure('CWS_PORT_TAKEN', {message: 'Port 80 is in use.'})));
	const ended = await world.engine.whenEnded(operation.id);
	assert.equal(ended.state, 'failed');
	assert.equal(ended.error?.code, 'CWS_PORT_TAKEN');
	assert.deepEqual(rowsOf(world), []);
	await world.clock.flush();
	assert.equal(world.store.audit.at(-1)?.outcome, 'failed');
});

test('a list that shows the new row before the deploy has answered takes the place of the expected one', async () => {
	const world = await startWorld();
	const {promise, resolve} = Promise.withResolvers<Outcome<unknown>>();
	world.host.answer('provider.deploy', () => promise);
	const operation = valueOf(await world.engine.run('deploy', deployWeb, tui));
	world.host.rows.set('lab/vm', [vm('web-1')]);
	valueOf(await world.engine.run('refresh', {}, tui));
	await world.clock.advance(100);
	assert.deepEqual(
		rowsOf(world).map(({id}) => id),
		['i-web-1'],
	);
	resolve(ok({status: 'created', id: 'i-web-1'}));
	assert.equal((await world.engine.whenEnded(operation.id)).state, 'verified');
	assert.equal(rowsOf(world).length, 1);
});

test('a list that does not know the new row yet keeps the expected one', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('old')]}});
	world.host.answer('provider.deploy', () => new Promise(() => {}));
	await world.engine.run('deploy', deployWeb, tui);
	await world.engine.run('refresh', {}, tui);
	await world.clock.advance(100);
	assert.deepEqual(
		rowsOf(world).map(({name}) => name),
		['old', 'web-1'],
	);
});

test('the defaults of the form reach the provider, and the command line names only what was given', async () => {
	const world = await startWorld();
	obeyDeploy(world);
	const operation = valueOf(await world.engine.run('deploy', {...deployWeb, fields: {port: 80}, size: 'small'}, tui));
	const spec = world.host.asked.find(({method}) => method === 'provider.deploy')?.args[1] as {fields: unknown; token: string};
	assert.deepEqual(spec.fields, {command: 'sleep 1', port: 80});
	assert.ok(spec.token.length > 0);
	assert.equal(operation.cli, 'cws deploy vm web-1 --provider lab --size small --set port=80');
});

test('an answer with another size than the approved one raises an alarm', async () => {
	const world = await startWorld();
	world.host.answer('provider.deploy', () => {
		world.host.rows.set('lab/vm', [vm('web-1')]);
		return ok({status: 'created', id: 'i-web-1', size: 'large'});
	});
	const operation = valueOf(await world.engine.run('deploy', {...deployWeb, size: 'small'}, tui));
	await world.engine.whenEnded(operation.id);
	await world.clock.flush();
	const alarm = world.store.events.find(({type}) => type === 'instance.differs');
	assert.equal(alarm?.level, 'warn');
	assert.match(alarm?.message ?? '', /size large instead of small/);
});

test('a stop shows stopping at once, even when a list still says running, and stopped when it is', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	const {promise, resolve} = Promise.withResolvers<Outcome<unknown>>();
	world.host.answer('provider.stop', () => promise);
	const operation = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	await world.engine.run('refresh', {}, tui);
	await world.clock.advance(100);
	assert.equal(statusOf(world, 'web-1'), 'stopping');
	resolve(ok({status: 'stopped'}));
	await world.clock.advance(1000);
	assert.equal(world.engine.getState().operations[0]?.state, 'accepted');
	world.host.rows.set('lab/vm', [vm('web-1', {status: 'stopped'})]);
	await world.clock.advance(5000);
	assert.equal((await world.engine.whenEnded(operation.id)).state, 'verified');
	assert.equal(statusOf(world, 'web-1'), 'stopped');
	assert.equal(world.store.events.filter(({type}) => type === 'instance.stopped').length, 1);
});

test('a refused stop shows the row as it is again', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	world.host.answer('provider.stop', () => ok({status: 'failed', message: 'It will not.'}));
	const operation = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	const ended = await world.engine.whenEnded(operation.id);
	assert.equal(ended.error?.message, 'It will not.');
	assert.equal(statusOf(world, 'web-1'), 'running');
	await world.clock.flush();
	assert.ok(eventTypes(world).includes('task.failed'));
});

test('what never reaches its state is called diverged, not done', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	world.host.answer('provider.stop', () => ok({status: 'stopped'}));
	const operation = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	await world.clock.advance(50_000);
	assert.equal(world.engine.getState().operations[0]?.state, 'accepted');
	await world.clock.advance(20_000);
	const ended = await world.engine.whenEnded(operation.id);
	assert.equal(ended.state, 'diverged');
	assert.equal(ended.error?.code, 'CWS_DID_NOT_CONVERGE');
	assert.equal(statusOf(world, 'web-1'), 'running');
});

test('a start that ends in a failed workstation fails with its reason', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1', {status: 'stopped'})]}});
	world.host.answer('provider.start', () => {
		world.host.rows.set('lab/vm', [vm('web-1', {status: 'failed', statusReason: 'python3: not found'})]);
		return ok({status: 'started'});
	});
	const operation = valueOf(await world.engine.run('start', {ref: refOf('web-1')}, tui));
	const ended = await world.engine.whenEnded(operation.id);
	assert.equal(ended.state, 'failed');
	assert.equal(ended.error?.cause, 'python3: not found');
});

test('a deploy that failed after something was created leaves an event with its reference', async () => {
	const world = await startWorld();
	world.host.answer('provider.deploy', () => {
		world.host.rows.set('lab/vm', [vm('web-1', {status: 'failed'})]);
		return ok({status: 'failed', id: 'i-web-1', message: 'it ended at once'});
	});
	const {id} = valueOf(await world.engine.run('deploy', {provider: 'lab', type: 'vm', name: 'web-1', fields: {}}, {origin: 'cli'}));
	await world.engine.whenEnded(id);
	await world.clock.advance(100);
	const events = valueOf(await world.engine.readEvents({limit: 10, ref: refOf('web-1')}));
	assert.deepEqual(
		events.map(({type}) => type),
		['task.failed'],
	);
	assert.equal(world.engine.getState().operations[0]?.ref, refOf('web-1'));
	assert.equal(statusOf(world, 'web-1'), 'failed');
});

test('progress is shown and not stored', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	world.host.answer('provider.stop', call => {
		call.onProgress?.({done: 1, total: 4, message: 'waiting for the shell'});
		return new Promise(() => {});
	});
	const {id} = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	const {stage, progress} = world.engine.getState().operations[0]!;
	assert.deepEqual([stage, progress], ['waiting for the shell', 0.25]);
	assert.equal(world.store.operations.get(id)?.stage, undefined);
});

test('destroying what is gone is reported as not_found and is no error', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	world.host.answer('provider.destroy', () => ok({status: 'not_found'}));
	const operation = valueOf(await world.engine.run('destroy', {ref: refOf('web-1'), confirm: 'web-1'}, tui));
	const ended = await world.engine.whenEnded(operation.id);
	assert.deepEqual([ended.state, ended.result?.status, ended.error], ['verified', 'not_found', undefined]);
	assert.deepEqual(rowsOf(world), []);
});

test('a destroy needs the name, and a wrong one is denied and audited', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	const error = errorOf(await world.engine.run('destroy', {ref: refOf('web-1'), confirm: 'web-2'}, tui));
	assert.equal(error.code, 'CWS_DENIED');
	await world.clock.flush();
	assert.deepEqual(
		world.store.audit.map(({command, outcome, target}) => [command, outcome, target]),
		[['destroy', 'denied', refOf('web-1')]],
	);
	assert.ok(!world.host.methods().includes('provider.destroy'));
});

test('a protected resource is not destroyed, and the reason is given', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('host', {protected: 'it is this machine'})]}});
	const error = errorOf(await world.engine.run('destroy', {ref: refOf('host'), confirm: 'host'}, tui));
	assert.equal(error.code, 'CWS_DENIED');
	assert.match(error.message, /it is this machine/);
});

test('a second operation on the same target is a conflict, here and in another process', async () => {
	const store = createFakeStore();
	const world = await startWorld({store, rows: {'lab/vm': [vm('web-1')]}});
	const other = createWorld({store, pid: 200, host: world.host});
	await other.engine.load();
	await other.engine.refreshOnce();
	world.host.answer('provider.stop', () => new Promise(() => {}));
	const [first, second] = await Promise.all([
		world.engine.run('stop', {ref: refOf('web-1')}, tui),
		world.engine.run('stop', {ref: refOf('web-1')}, tui),
	]);
	assert.ok(first.ok);
	assert.equal(errorOf(second).code, 'CWS_CONFLICT');
	assert.equal(errorOf(await other.engine.run('restart', {ref: refOf('web-1')}, tui)).code, 'CWS_CONFLICT');
	assert.equal(world.host.methods().filter(method => method === 'provider.stop').length, 1);
});

test('a broken database stops nobody', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	world.store.broken = failure('CWS_DISK_FULL', {message: 'The disk is full.'});
	obey(world, 'stop', 'stopped');
	const operation = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	assert.equal((await world.engine.whenEnded(operation.id)).state, 'verified');
});

test('cancelling aborts the call, frees the target and shows what is really there', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	let signal: AbortSignal | undefined;
	world.host.answer('provider.stop', call => {
		({signal} = call);
		return new Promise(() => {});
	});
	const {id} = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	const cancelled = valueOf(await world.engine.run('cancelOperation', {operation: id}, tui));
	assert.equal(cancelled.state, 'cancelled');
	assert.equal(signal?.aborted, true);
	await world.clock.advance(100);
	assert.equal(statusOf(world, 'web-1'), 'running');
	obey(world, 'stop', 'stopped');
	assert.ok((await world.engine.run('stop', {ref: refOf('web-1')}, tui)).ok);
	assert.equal(errorOf(await world.engine.run('cancelOperation', {operation: id}, tui)).code, 'CWS_INVALID_STATE');
	assert.equal(errorOf(await world.engine.run('cancelOperation', {operation: 'none'}, tui)).code, 'CWS_NO_TASK');
});

test('a retry has the same input and a new token', async () => {
	const world = await startWorld();
	world.host.answer('provider.deploy', () => failed(failure('CWS_PROVIDER_FAILED', {message: 'No capacity.'})));
	const first = valueOf(await world.engine.run('deploy', {...deployWeb, fields: {port: 80}}, tui));
	await world.engine.whenEnded(first.id);
	obeyDeploy(world);
	const second = valueOf(await world.engine.run('retryOperation', {operation: first.id}, tui));
	assert.equal((await world.engine.whenEnded(second.id)).state, 'verified');
	const [one, two] = world.host.asked
		.filter(({method}) => method === 'provider.deploy')
		.map(({args}) => args[1] as {token: string; fields: unknown});
	assert.notEqual(one?.token, two?.token);
	assert.deepEqual(one?.fields, two?.fields);
	assert.equal(errorOf(await world.engine.run('retryOperation', {operation: second.id}, tui)).code, 'CWS_INVALID_STATE');
});

test('what a dead process had handed over is read back, never done again', async () => {
	const store = createFakeStore();
	const host = createFakeHost([fakePlugin('lab', [vmType])]);
	host.rows.set('lab/vm', [vm('web-1', {status: 'stopped'})]);
	const left: Operation = {
		id: 'left',
		action: 'stop',
		provider: 'lab',
		type: 'vm',
		name: 'web-1',
		ref: refOf('web-1'),
		state: 'requested',
		expects: ['stopped'],
		requestedAt: 1,
		updatedAt: 1,
		cli: '',
		origin: 'cli',
		pid: 7,
		input: {ref: refOf('web-1')},
	};
	store.operations.set('left', left);
	store.operations.set('alive', {...left, id: 'alive', pid: 8, name: 'web-2', ref: refOf('web-2')});
	const world = await startWorld({store, host, isAlive: pid => pid !== 7});
	await world.clock.advance(1000);
	assert.equal(store.operations.get('left')?.state, 'verified');
	assert.equal(store.operations.get('alive')?.state, 'requested');
	assert.ok(!host.methods().includes('provider.stop'));
});

test('a deploy of a dead process that never learned its id is found by its name', async () => {
	const store = createFakeStore();
	const host = createFakeHost([fakePlugin('lab', [vmType])]);
	host.rows.set('lab/vm', [vm('web-1')]);
	store.operations.set('left', {
		id: 'left',
		action: 'deploy',
		provider: 'lab',
		type: 'vm',
		name: 'web-1',
		state: 'requested',
		expects: ['running'],
		requestedAt: 1,
		updatedAt: 1,
		cli: '',
		origin: 'cli',
		pid: 7,
		input: {...deployWeb},
	});
	const world = await startWorld({store, host, isAlive: pid => pid !== 7});
	await world.clock.advance(1000);
	assert.equal(store.operations.get('left')?.state, 'verified');
	assert.equal(store.operations.get('left')?.ref, refOf('web-1'));
	assert.ok(!host.methods().includes('provider.deploy'));
});

test('waiting for an operation nobody knows is an error with its code', async () => {
	const {engine} = await startWorld();
	await assert.rejects(engine.whenEnded('none'), {failure: {code: 'CWS_NO_TASK', message: 'No operation `none`.'}});
});

test('an aborted wait gives the operation as it stands', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	world.host.answer('provider.stop', () => new Promise(() => {}));
	const {id} = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	const controller = new AbortController();
	const waiting = world.engine.whenEnded(id, {signal: controller.signal});
	controller.abort();
	assert.equal((await waiting).state, 'requested');
	assert.ok(rowOf(world, 'web-1'));
});

test('the next operation can begin the moment the one before has ended, however slow the database is', async () => {
	const store = createFakeStore();
	const {saveOperation} = store;
	const turn = async () => new Promise(resolve => setImmediate(resolve));
	const slow = {
		...store,
		async saveOperation(operation: Operation) {
			await turn();
			return saveOperation(operation);
		},
	};
	const world = await startWorld({opening: Promise.resolve(slow), rows: {'lab/vm': [vm('web-1')]}});
	obey(world, 'stop', 'stopped');
	obey(world, 'start', 'running');
	const stop = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	assert.equal((await world.engine.whenEnded(stop.id)).state, 'verified');
	const start = valueOf(await world.engine.run('start', {ref: refOf('web-1')}, tui));
	assert.equal((await world.engine.whenEnded(start.id)).state, 'verified');
});

test('what waits in a queue is deployed, can be stopped while it waits, and may have ended when it is looked for', async () => {
	for (const status of ['pending', 'stopped'] as const) {
		const world = await startWorld({host: createFakeHost([fakePlugin('lab', [{...vmType, isQueued: true}])])});
		obeyDeploy(world, {status});
		const deploy = valueOf(await world.engine.run('deploy', deployWeb, tui));
		await world.clock.advance(1000);
		assert.equal((await world.engine.whenEnded(deploy.id)).state, 'verified', status);
	}

	const world = await startWorld({
		host: createFakeHost([fakePlugin('lab', [{...vmType, isQueued: true}])]),
		rows: {'lab/vm': [vm('web-1', {status: 'pending'})]},
	});
	obey(world, 'stop', 'stopped');
	const stop = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, tui));
	assert.equal((await world.engine.whenEnded(stop.id)).state, 'verified');

	const other = await startWorld({rows: {'lab/vm': [vm('web-1', {status: 'pending'})]}});
	assert.equal(errorOf(await other.engine.run('stop', {ref: refOf('web-1')}, tui)).code, 'CWS_INVALID_STATE');
});
