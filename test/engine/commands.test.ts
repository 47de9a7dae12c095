import assert from 'node:assert/strict';
import test from 'node:test';
import {failure} from '../../source/core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../source/core/failure/outcome.ts';
import {free, known} from '../../source/core/money/money.ts';
import {fakePlugin} from '../helpers/fake-host.ts';
import {createWorld, obey, refOf, startWorld, vm, vmType} from './world.ts';

const cli = {origin: 'cli'} as const;
const deployWeb = {provider: 'lab', type: 'vm', name: 'web-1', fields: {}};

const valueOf = <Value>(outcome: Outcome<Value>): Value => {
	assert.ok(outcome.ok, outcome.ok ? '' : outcome.error.message);
	return outcome.value;
};

const errorOf = (outcome: Outcome<unknown>) => {
	assert.ok(!outcome.ok);
	return outcome.error;
};

test('a deploy that cannot work is refused before any provider is asked, naming the field', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('taken')]}});
	const refused = async (patch: object) => errorOf(await world.engine.run('deploy', {...deployWeb, ...patch}, cli));
	const before = world.host.asked.length;
	assert.equal((await refused({name: 'Web 1'})).fix, 'use `web-1`');
	assert.equal((await refused({name: 'taken'})).code, 'CWS_NAME_TAKEN');
	assert.match((await refused({size: 'smal'})).fix!, /`small`/);
	assert.deepEqual((await refused({fields: {port: 0}})).details?.['field'], 'port');
	assert.match((await refused({fields: {port: 70_000}})).message, /`port` must be at most 65535/);
	assert.match((await refused({fields: {prot: 80}})).fix!, /`port`/);
	assert.equal((await refused({provider: 'lap'})).code, 'CWS_NO_PROVIDER');
	assert.match((await refused({provider: 'lap'})).fix!, /`lab`/);
	assert.match((await refused({type: 'database'})).message, /`lab` has no type `database`/);
	assert.equal(world.host.asked.length, before);
	assert.ok(world.store.audit.every(({outcome}) => outcome === 'failed'));
	assert.equal(world.store.audit.length, 9);
});

test('an input that is not of the command is refused', async () => {
	const {engine} = await startWorld();
	const error = errorOf(await engine.run('stop', {} as never, cli));
	assert.deepEqual([error.code, error.message], ['CWS_INVALID_INPUT', 'stop: `ref` is required.']);
	const unknown = errorOf(await engine.run('stop', {ref: refOf('a'), force: true} as never, cli));
	assert.match(unknown.message, /`force` is not a known field/);
});

test('read-only mode refuses what changes something, and still plans and refreshes', async () => {
	const world = await startWorld({settings: {readOnly: true}, rows: {'lab/vm': [vm('web-1')]}});
	assert.equal(errorOf(await world.engine.run('stop', {ref: refOf('web-1')}, cli)).code, 'CWS_DENIED');
	assert.equal(errorOf(await world.engine.run('disablePlugin', {plugin: 'lab'}, cli)).code, 'CWS_DENIED');
	assert.ok((await world.engine.plan('stop', {ref: refOf('web-1')}, cli)).ok);
	assert.ok((await world.engine.run('refresh', {}, cli)).ok);
	await world.clock.flush();
	assert.deepEqual(
		world.store.audit.map(({command, outcome}) => `${command} ${outcome}`),
		['stop denied', 'disablePlugin denied', 'stop preview'],
	);
});

test('a plan of a deploy is what the provider says and what the engine knows, and leaves an audit line', async () => {
	const world = await startWorld();
	const estimate = {hourly: free('it is a test'), components: [], confidence: 'exact', notCounted: []};
	world.host.answer('provider.plan', () => ok({lines: [{label: 'command', value: 'sleep 1'}], estimate}));
	const plan = valueOf(await world.engine.plan('deploy', {...deployWeb, fields: {port: 80}}, cli));
	assert.deepEqual(
		[plan.action, plan.name, plan.cli, plan.note, plan.hoursPerMonth, plan.estimate],
		['deploy', 'web-1', 'cws deploy vm web-1 --provider lab --set port=80', 'This is a dry-run. No changes were made.', 720, estimate],
	);
	await world.clock.flush();
	assert.deepEqual(
		world.store.audit.map(({outcome, target}) => [outcome, target]),
		[['preview', 'lab/web-1']],
	);
	assert.ok(!world.host.methods().includes('provider.deploy'));
});

test('a destroy is planned without its confirmation, and says what hangs on the resource', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1'), vm('data-1', {attachedTo: 'i-web-1'})]}});
	const plan = valueOf(await world.engine.plan('destroy', {ref: refOf('web-1'), confirm: ''}, cli));
	assert.deepEqual(plan.takes, ['vm web-1']);
	assert.ok(plan.warnings?.includes('vm data-1 hangs on it'));
	assert.equal(plan.cli, 'cws destroy lab/web-1 --confirm web-1');
	world.host.answer('provider.planAction', () => ok({lines: [], takes: ['its directory'], keeps: ['its image']}));
	const own = valueOf(await world.engine.plan('destroy', {ref: refOf('web-1'), confirm: ''}, cli));
	assert.deepEqual([own.takes, own.keeps], [['its directory'], ['its image']]);
});

test('two resources of one name are named by reference on the command line', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1'), vm('web-1', {id: 'i-2'})]}});
	const plan = valueOf(await world.engine.plan('stop', {ref: refOf('web-1')}, cli));
	assert.equal(plan.cli, `cws stop ${refOf('web-1')}`);
});

test('an action that does not fit the state, the type or the plugin is refused with the reason', async () => {
	const diskType = {type: 'disk', operations: ['list' as const]};
	const world = await startWorld({
		plugins: [fakePlugin('lab', [vmType, diskType])],
		rows: {'lab/vm': [vm('up'), vm('off', {disabled: {stop: 'the license forbids it'}})], 'lab/disk': [vm('d', {type: 'disk'})]},
	});
	const refused = async (id: 'start' | 'stop' | 'resume', ref: string) => errorOf(await world.engine.run(id, {ref}, cli));
	assert.equal((await refused('start', refOf('up'))).code, 'CWS_INVALID_STATE');
	assert.equal((await refused('resume', refOf('up'))).message, 'Cannot resume `up`: it is running.');
	assert.match((await refused('stop', refOf('off'))).message, /the license forbids it/);
	assert.equal((await refused('stop', 'lab/-/-/disk/i-d')).code, 'CWS_NOT_SUPPORTED');
	assert.equal((await refused('stop', refOf('gone'))).code, 'CWS_NOT_FOUND');
	assert.equal((await refused('stop', 'nowhere/-/-/vm/x')).code, 'CWS_NO_PROVIDER');
	world.host.change('lab', {state: 'quarantined'});
	const aside = await refused('stop', refOf('up'));
	assert.deepEqual([aside.code, aside.fix], ['CWS_PLUGIN_QUARANTINED', 'run `cws plugin reload lab`']);
});

test('a reference works before any list was read', async () => {
	const world = createWorld();
	world.host.rows.set('lab/vm', [vm('web-1')]);
	await world.engine.load();
	obey(world, 'stop', 'stopped');
	const operation = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, cli));
	assert.equal((await world.engine.whenEnded(operation.id)).state, 'verified');
});

test('plugins are managed by id, and a mistyped id gets a suggestion', async () => {
	const world = await startWorld();
	assert.equal(valueOf(await world.engine.run('reloadPlugin', {plugin: 'lab'}, cli)).generation, 2);
	const error = errorOf(await world.engine.run('enablePlugin', {plugin: 'lap'}, cli));
	assert.deepEqual([error.code, error.fix], ['CWS_NO_PLUGIN', 'did you mean `lab`?']);
	await world.clock.flush();
	assert.deepEqual(
		world.store.audit.map(({command, outcome}) => `${command} ${outcome}`),
		['reloadPlugin done', 'enablePlugin failed'],
	);
});

test('health is asked of what runs every half a minute, and of cold plugins only when told to', async () => {
	const world = await startWorld({plugins: [fakePlugin('lab', [vmType]), fakePlugin('theme', [])]});
	const asked = () => world.host.asked.filter(({method}) => method === 'health').map(({plugin}) => plugin);
	assert.deepEqual(asked(), ['lab']);
	await world.clock.advance(30_000);
	assert.deepEqual(asked(), ['lab', 'lab']);
	await world.engine.run('checkHealth', {start: true}, cli);
	assert.deepEqual(asked(), ['lab', 'lab', 'lab', 'theme']);
});

test('a name, an id, provider/name and a reference find a resource; a mistyped name gets a suggestion', async () => {
	const {engine} = await startWorld({rows: {'lab/vm': [vm('web-1'), vm('web-2')]}});
	for (const text of ['web-1', 'i-web-1', 'lab/web-1', 'lab/i-web-1', refOf('web-1')]) {
		assert.equal(valueOf(engine.resolve(text)).name, 'web-1', text);
	}

	assert.deepEqual(
		[errorOf(engine.resolve('wbe-1')).code, errorOf(engine.resolve('wbe-1')).fix],
		['CWS_NOT_FOUND', 'did you mean `web-1`? See `cws list`'],
	);
	assert.equal(errorOf(engine.resolve('other/web-1')).code, 'CWS_NOT_FOUND');
});

test('an ambiguous name lists the exact references', async () => {
	const {engine} = await startWorld({rows: {'lab/vm': [vm('web-1'), vm('web-1', {id: 'i-2'})]}});
	const error = errorOf(engine.resolve('web-1'));
	assert.equal(error.code, 'CWS_AMBIGUOUS');
	assert.deepEqual(error.details?.['references'], [refOf('web-1'), 'lab/-/-/vm/i-2']);
});

test('a name that is not found says which sources did not answer', async () => {
	const world = createWorld();
	world.host.answer('provider.list', () => failed(failure('CWS_PROVIDER_UNAVAILABLE', {message: 'Nobody is there.'})));
	await world.engine.load();
	await world.engine.refreshOnce();
	assert.match(errorOf(world.engine.resolve('web-1')).cause!, /lab\/vm did not answer/);
});

test('reading a resource that is gone takes its row away', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	assert.equal(valueOf(await world.engine.read(refOf('web-1'))).name, 'web-1');
	world.host.rows.set('lab/vm', []);
	assert.equal(errorOf(await world.engine.read(refOf('web-1'))).code, 'CWS_NOT_FOUND');
	assert.equal(errorOf(world.engine.resolve('web-1')).code, 'CWS_NOT_FOUND');
});

test('logs, metrics and choices come from the provider as they are', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	world.host.answer('provider.logs', () => ok([{stream: 'stdout', text: 'hello'}]));
	world.host.answer('provider.metrics', () => ok({cpuPercent: 5}));
	const lines = [];
	for await (const chunk of world.engine.logs(refOf('web-1'), {follow: false, tail: 10, signal: new AbortController().signal})) {
		lines.push(...valueOf(chunk));
	}

	assert.deepEqual(lines, [{stream: 'stdout', text: 'hello'}]);
	assert.deepEqual(valueOf(await world.engine.metrics(refOf('web-1'))), {cpuPercent: 5});
	assert.deepEqual(valueOf(await world.engine.choices('lab', 'vm')), {});
	assert.equal(errorOf(await world.engine.choices('lab', 'disk')).code, 'CWS_NO_PROVIDER');
});

test('an estimate comes from the price list of the provider, or from its plan', async () => {
	const world = await startWorld();
	const estimate = {hourly: free('it is a test'), components: [], confidence: 'exact', notCounted: []};
	assert.equal(errorOf(await world.engine.estimate(deployWeb)).code, 'CWS_NOT_SUPPORTED');
	world.host.answer('provider.plan', () => ok({lines: [], estimate}));
	assert.deepEqual(valueOf(await world.engine.estimate(deployWeb)), estimate);
});

test('ending waits for a provider to accept what it was asked, but not for ever', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1'), vm('web-2')]}});
	const {promise, resolve} = Promise.withResolvers<Outcome<unknown>>();
	world.host.answer('provider.stop', ({args}) => ((args[0] as {name: string}).name === 'web-1' ? promise : new Promise(() => {})));
	const first = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, cli));
	const second = valueOf(await world.engine.run('stop', {ref: refOf('web-2')}, cli));
	const stopping = world.engine.stop();
	resolve(ok({status: 'stopped'}));
	await world.clock.advance(3000);
	await stopping;
	assert.equal(world.store.operations.get(first.id)?.state, 'accepted');
	assert.equal(world.store.operations.get(second.id)?.state, 'requested');
	assert.equal(world.store.isClosed, true);
});

test('a database that cannot open is said, and everything else works', async () => {
	const world = createWorld({opening: Promise.reject(new Error('no such directory'))});
	world.host.rows.set('lab/vm', [vm('web-1')]);
	await world.engine.load();
	await world.engine.refreshOnce();
	obey(world, 'stop', 'stopped');
	assert.deepEqual(
		world.engine.getState().notices.map(({code, cause}) => [code, cause]),
		[['CWS_STORE', 'no such directory']],
	);
	const operation = valueOf(await world.engine.run('stop', {ref: refOf('web-1')}, cli));
	assert.equal((await world.engine.whenEnded(operation.id)).state, 'verified');
	await world.engine.stop();
});

test('what the plugins say reaches the state', async () => {
	const world = await startWorld();
	world.host.emit({type: 'plugin.started', level: 'info', subject: 'lab', message: 'started'});
	world.host.log({at: 1, plugin: 'lab', level: 'info', message: 'one'}, {at: 2, plugin: 'lab', level: 'info', message: 'two'});
	const state = world.engine.getState();
	assert.equal(state.events[0]?.type, 'plugin.started');
	assert.ok(state.events[0].seq < 0);
	assert.deepEqual(
		state.logs.map(({message}) => message),
		['two', 'one'],
	);
	await world.clock.flush();
	assert.equal(world.engine.getState().events[0]?.seq, 1);
});

test('stopping closes the database last and leaves no timer behind', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	await world.clock.advance(5000);
	await world.engine.stop();
	assert.equal(world.store.isClosed, true);
	assert.equal(world.engine.getState().phase, 'stopping');
	assert.equal(world.clock.pending(), 0);
});

test('what was spent is added up as soon as there is something, soon after that, and then every half a minute', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('web-1')]}});
	const computedAt = () => world.engine.getState().spend.computedAt;
	assert.equal(computedAt(), 0);
	world.store.intervals.push({
		ref: refOf('web-1'),
		provider: 'lab',
		type: 'vm',
		name: 'web-1',
		status: 'running',
		from: world.clock.now() - 3_600_000,
		hourly: known(2_000_000_000),
		isEstimated: false,
	});
	await world.clock.advance(1100);
	const first = computedAt();
	assert.ok(first > 0);
	const [today] = world.engine.getState().spend.today.amounts;
	assert.ok(today!.nanos >= 2_000_000_000 && today!.nanos < 2_100_000_000, String(today?.nanos));
	await world.clock.advance(5000);
	const second = computedAt();
	assert.ok(second > first);
	await world.clock.advance(25_000);
	assert.equal(computedAt(), second);
	await world.clock.advance(6000);
	assert.ok(computedAt() > second);
});
