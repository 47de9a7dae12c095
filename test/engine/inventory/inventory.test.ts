import assert from 'node:assert/strict';
import test from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../../source/core/failure/outcome.ts';
import {type ListPage} from '../../../source/sdk/provider.ts';
import {known} from '../../../source/core/money/money.ts';
import {createFakeHost, fakePlugin} from '../../helpers/fake-host.ts';
import {createFakeStore} from '../../helpers/fake-store.ts';
import {createWorld, eventTypes, refOf, rowOf, rowsOf, startWorld, statusOf, vm, vmType} from '../world.ts';

const cli = {origin: 'cli'} as const;
const refreshMs = 11_000;

const answerWith = (pages: readonly Outcome<readonly ListPage[]>[]) =>
	async function* () {
		yield* pages;
	};

const sourceOf = (world: Awaited<ReturnType<typeof startWorld>>, key = 'lab/vm') =>
	world.engine.getState().sources.find(source => source.key === key)!;

test('the stored inventory is there after loading, as stale rows with their age', async () => {
	const store = createFakeStore();
	const row = {...vm('web-1'), provider: 'lab', ref: refOf('web-1'), seenAt: 5000};
	store.sources.set('lab/vm', {key: 'lab/vm', provider: 'lab', plugin: 'lab', type: 'vm', seenAt: 5000, resources: [row]});
	const world = createWorld({store});
	await world.engine.load();
	const source = sourceOf(world);
	assert.deepEqual([source.phase, source.isStale, source.seenAt, source.resources.length], ['loading', true, 5000, 1]);
	assert.equal(world.engine.getState().phase, 'ready');
	assert.deepEqual(world.host.asked, []);
});

test('rows of the first list appear page by page, and what the stored rows had too much goes at its end', async () => {
	const store = createFakeStore();
	const old = {...vm('old'), provider: 'lab', ref: refOf('old'), seenAt: 5000};
	store.sources.set('lab/vm', {key: 'lab/vm', provider: 'lab', plugin: 'lab', type: 'vm', seenAt: 5000, resources: [old]});
	const world = createWorld({store});
	const {promise, resolve} = Promise.withResolvers<void>();
	world.host.answerList('lab/vm', async function* () {
		yield ok([{resources: [vm('a')]}]);
		await promise;
		yield ok([{resources: [vm('b')]}]);
	});
	await world.engine.load();
	world.engine.start();
	await world.clock.advance(200);
	assert.deepEqual(
		rowsOf(world).map(({name}) => name),
		['old', 'a'],
	);
	assert.equal(sourceOf(world).isRefreshing, true);
	resolve();
	await world.clock.advance(200);
	assert.deepEqual(
		rowsOf(world).map(({name}) => name),
		['a', 'b'],
	);
	assert.deepEqual([sourceOf(world).phase, sourceOf(world).isStale, sourceOf(world).isRefreshing], ['live', false, false]);
});

test('a later list replaces all rows at once, at its end', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a'), vm('b')]}});
	const {promise, resolve} = Promise.withResolvers<void>();
	world.host.answerList('lab/vm', async function* () {
		yield ok([{resources: [vm('a', {status: 'stopped'})]}]);
		await promise;
		yield ok([{resources: [vm('c')]}]);
	});
	await world.clock.advance(refreshMs);
	assert.equal(statusOf(world, 'a'), 'running');
	resolve();
	await world.clock.advance(200);
	assert.deepEqual(
		rowsOf(world).map(({name, status}) => `${name} ${status}`),
		['a stopped', 'c running'],
	);
});

test('a list that brings nothing new leaves the rows and their array as they are, but for when they were seen', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a', {tags: {env: 'prod'}}), vm('b')]}});
	const before = sourceOf(world);
	const [a, b] = before.resources;
	const {seenAt} = a!;
	world.host.rows.set('lab/vm', [vm('a', {tags: {env: 'prod'}}), vm('b')]);
	await world.clock.advance(refreshMs);
	assert.equal(sourceOf(world).resources, before.resources);
	assert.equal(sourceOf(world).seenAt, a!.seenAt);
	assert.ok(a!.seenAt > seenAt);
	world.host.rows.set('lab/vm', [vm('a', {tags: {env: 'test'}}), vm('b')]);
	await world.clock.advance(refreshMs);
	assert.notEqual(sourceOf(world).resources, before.resources);
	assert.deepEqual([before.resources[0]?.tags, rowOf(world, 'a')?.tags], [{env: 'prod'}, {env: 'test'}]);
	assert.equal(rowOf(world, 'b'), b);
});

test('a row that is seen again after its part did not answer is another, so that the record has it', async () => {
	const east = {region: 'east'};
	const store = createFakeStore();
	const rows = [vm('a', east)].map(row => ({...row, provider: 'lab', ref: refOf('a').replace('-', 'east'), seenAt: 5000}));
	store.sources.set('lab/vm', {key: 'lab/vm', provider: 'lab', plugin: 'lab', type: 'vm', seenAt: 6000, resources: rows});
	const world = createWorld({store});
	world.host.answerList('lab/vm', answerWith([ok([{resources: [vm('a', east)]}])]));
	await world.engine.load();
	const [restored] = rowsOf(world);
	world.engine.start();
	await world.clock.advance(2000);
	assert.notEqual(rowsOf(world)[0], restored);
	assert.deepEqual(
		store.readings.map(({name, status}) => `${name} ${status}`),
		['a running'],
	);
});

test('a failed list keeps its last rows as stale, with the reason, and backs off', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a')]}});
	const seenAt = sourceOf(world).seenAt;
	world.host.answerList('lab/vm', answerWith([failed(failure('CWS_THROTTLED', {message: 'Slow down.'}))]));
	await world.clock.advance(refreshMs);
	const source = sourceOf(world);
	assert.deepEqual(
		[source.phase, source.isStale, source.error?.code, source.resources.length, source.seenAt],
		['failed', true, 'CWS_THROTTLED', 1, seenAt],
	);
	const lists = () => world.host.methods().filter(method => method === 'provider.list').length;
	const before = lists();
	await world.clock.advance(120_000);
	assert.ok(lists() - before <= 4, `${lists() - before} lists in two minutes of failing`);
	world.host.answerList('lab/vm', answerWith([ok([{resources: [vm('a')]}])]));
	await world.engine.run('refresh', {}, cli);
	await world.clock.advance(200);
	assert.deepEqual([sourceOf(world).phase, sourceOf(world).isStale, sourceOf(world).error], ['live', false, undefined]);
});

test('a provider that says when to come back is asked no earlier', async () => {
	const world = await startWorld();
	world.host.answerList(
		'lab/vm',
		answerWith([failed(failure('CWS_THROTTLED', {message: 'Slow down.', details: {retryAfterMs: 100_000}}))]),
	);
	await world.clock.advance(refreshMs);
	const before = world.host.asked.length;
	await world.clock.advance(90_000);
	assert.equal(world.host.asked.slice(before).filter(({method}) => method === 'provider.list').length, 0);
});

test('rows of a part that did not answer are kept with their old age, and the others are replaced', async () => {
	const east = {region: 'east'};
	const west = {region: 'west'};
	const world = await startWorld({rows: {'lab/vm': [vm('a', east), vm('b', east), vm('c', west)]}});
	const before = world.clock.now();
	world.host.answerList(
		'lab/vm',
		answerWith([ok([{resources: [vm('a', east)], missing: [{region: 'west', reason: 'throttled'}], skipped: 2}])]),
	);
	await world.clock.advance(refreshMs);
	const source = sourceOf(world);
	assert.deepEqual(
		source.resources.map(({name}) => name),
		['a', 'c'],
	);
	assert.deepEqual([source.phase, source.skipped, source.error?.code], ['partial', 2, 'CWS_THROTTLED']);
	assert.ok(rowOf(world, 'c')!.seenAt <= before);
	assert.ok(rowOf(world, 'a')!.seenAt > before);
});

test('malformed entries are skipped and counted', async () => {
	const world = createWorld();
	const entries = [vm('good'), {id: '', type: 'vm', name: 'x'}, vm('odd', {status: 'dancing' as never}), null, vm('good')];
	world.host.answerList('lab/vm', answerWith([ok([{resources: entries as never}])]));
	await world.engine.load();
	await world.engine.refreshOnce();
	assert.deepEqual(
		rowsOf(world).map(({name}) => name),
		['good'],
	);
	assert.equal(sourceOf(world).skipped, 3);
});

test('a refresh that needs no spend does not read the ledger from its beginning, and the next one that does reads it', async () => {
	const store = createFakeStore();
	const spans: number[] = [];
	const readIntervals: typeof store.readIntervals = async query => {
		spans.push(query.since);
		return store.readIntervals(query);
	};
	const world = createWorld({store: {...store, readIntervals}});
	world.host.rows.set('lab/vm', [vm('a')]);
	await world.engine.load();
	await world.engine.refreshOnce({isWithSpend: false});
	assert.equal(rowsOf(world).length, 1);
	assert.ok(!spans.includes(0));
	await world.engine.refreshOnce();
	assert.ok(spans.includes(0));
});

test('what a refresh without spend saw is put on record when the engine stops, past events unread', async () => {
	const store = createFakeStore();
	const recorded: string[] = [];
	let isRead = false;
	const world = createWorld({
		store: {
			...store,
			async recordStates(readings) {
				recorded.push(...readings.map(({ref}) => ref));
				return store.recordStates(readings);
			},
			async readEvents(query) {
				isRead = true;
				return store.readEvents(query);
			},
		},
	});
	world.host.rows.set('lab/vm', [vm('a')]);
	await world.engine.load({isWithRecords: false});
	await world.engine.refreshOnce({isWithSpend: false});
	assert.deepEqual([world.engine.getState().phase, recorded, isRead], ['ready', [], false]);
	await world.engine.stop();
	assert.deepEqual(recorded, [rowOf(world, 'a')!.ref]);
});

test('one refresh asks all sources at once and resolves when all have answered or failed', async () => {
	const diskType = {type: 'disk', operations: ['list' as const]};
	const world = createWorld({plugins: [fakePlugin('lab', [vmType, diskType])]});
	world.host.rows.set('lab/vm', [vm('a')]);
	world.host.answerList('lab/disk', answerWith([failed(failure('CWS_NEEDS_LOGIN', {message: 'Log in.'}))]));
	await world.engine.load();
	await world.engine.refreshOnce();
	assert.deepEqual(
		world.engine.getState().sources.map(({key, phase}) => [key, phase]),
		[
			['lab/vm', 'live'],
			['lab/disk', 'failed'],
		],
	);
});

test('pushed changes show without a list; a changed row keeps its place', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a'), vm('b'), vm('c')]}});
	world.host.push([
		{change: 'upsert', provider: 'lab', resource: vm('b', {status: 'stopped'})},
		{change: 'remove', provider: 'lab', type: 'vm', id: 'i-a'},
		{change: 'upsert', provider: 'lab', resource: vm('d')},
	]);
	await world.clock.advance(200);
	assert.deepEqual(
		rowsOf(world).map(({name, status}) => `${name} ${status}`),
		['b stopped', 'c running', 'd running'],
	);
	await world.clock.flush();
	assert.deepEqual(eventTypes(world), ['instance.stopped', 'instance.terminated', 'instance.launched']);
});

test('a source that failed is asked again at once when its provider pushes, and a live one is not', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a')]}});
	let lists = 0;
	const count = (more: Parameters<typeof answerWith>[0]) => {
		world.host.answerList('lab/vm', async function* () {
			lists++;
			yield* more;
		});
	};
	count([failed(failure('CWS_PROVIDER_UNAVAILABLE', {message: 'Gone.'}))]);
	await world.clock.advance(refreshMs);
	assert.equal(world.engine.getState().sources[0]?.phase, 'failed');
	count([ok([{resources: [vm('a')]}])]);
	lists = 0;
	world.host.push([{change: 'upsert', provider: 'lab', resource: vm('a', {status: 'stopped'})}]);
	await world.clock.flush();
	assert.deepEqual([world.engine.getState().sources[0]?.phase, lists], ['live', 1]);
	world.host.push([{change: 'upsert', provider: 'lab', resource: vm('a')}]);
	await world.clock.flush();
	assert.equal(lists, 1);
	world.host.push([{change: 'look', provider: 'lab', type: 'vm'}]);
	await world.clock.flush();
	assert.equal(lists, 2, 'unless it asks for it');
});

test('a change pushed while a list is on its way is not undone by that list', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a'), vm('b')]}});
	const {promise, resolve} = Promise.withResolvers<void>();
	world.host.answerList('lab/vm', async function* () {
		yield ok([{resources: [vm('a'), vm('b')]}]);
		await promise;
	});
	await world.clock.advance(refreshMs);
	world.host.push([
		{change: 'upsert', provider: 'lab', resource: vm('a', {status: 'stopped'})},
		{change: 'remove', provider: 'lab', type: 'vm', id: 'i-b'},
	]);
	await world.clock.flush();
	resolve();
	await world.clock.advance(200);
	assert.deepEqual(
		rowsOf(world).map(({name, status}) => `${name} ${status}`),
		['a stopped'],
	);
});

test('a paused dashboard asks nothing until it goes on, but a refresh by hand still does', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a')]}});
	const lists = () => world.host.methods().filter(method => method === 'provider.list').length;
	await world.engine.run('pauseRefresh', {isPaused: true}, cli);
	assert.equal(world.engine.getState().isPaused, true);
	const before = lists();
	await world.clock.advance(60_000);
	assert.equal(lists(), before);
	await world.engine.run('refresh', {provider: 'lab'}, cli);
	await world.clock.advance(60_000);
	assert.equal(lists(), before + 1);
	await world.engine.run('pauseRefresh', {isPaused: false}, cli);
	assert.equal(lists(), before + 2);
});

test('a list that takes long is asked for less often', async () => {
	const world = createWorld();
	world.host.answerList('lab/vm', async function* () {
		await world.clock.sleep(5000);
		yield ok([{resources: []}]);
	});
	await world.engine.load();
	world.engine.start();
	await world.clock.advance(5000 + 95_000);
	assert.equal(world.host.methods().filter(method => method === 'provider.list').length, 1);
	await world.clock.advance(30_000);
	assert.equal(world.host.methods().filter(method => method === 'provider.list').length, 2);
});

test('what others did to a resource becomes an event; what cws did itself is told once', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a'), vm('b')]}});
	world.host.rows.set('lab/vm', [vm('a', {status: 'failed', statusReason: 'out of memory'}), vm('c')]);
	await world.clock.advance(refreshMs);
	assert.deepEqual(
		world.store.events.map(({type, subject, level, message}) => [type, subject, level, message]),
		[
			['instance.state.changed', 'lab/a', 'error', 'running → failed: out of memory'],
			['instance.launched', 'lab/c', 'info', 'appeared, running'],
			['instance.terminated', 'lab/b', 'info', 'is gone from the provider'],
		],
	);
});

test('only the recorder tells of what lists show and stores complete lists', async () => {
	const store = createFakeStore();
	store.isRecorder = false;
	const world = await startWorld({store, rows: {'lab/vm': [vm('a')]}});
	world.host.rows.set('lab/vm', [vm('a', {status: 'stopped'})]);
	await world.clock.advance(refreshMs);
	assert.deepEqual([store.events.length, store.saves.length, store.readings.length], [0, 0, 0]);
	store.isRecorder = true;
	await world.clock.advance(2 * refreshMs);
	assert.equal(world.engine.getState().recorder.isMine, true);
	assert.deepEqual(store.saves, ['lab/vm']);
	assert.deepEqual(
		store.readings.map(({status}) => status),
		['stopped'],
	);
});

test('many changes at once are one event', async () => {
	const many = Array.from({length: 50}, (_, index) => vm(`n${index}`));
	const world = await startWorld({rows: {'lab/vm': many}});
	world.host.rows.set('lab/vm', []);
	await world.clock.advance(refreshMs);
	assert.deepEqual(
		world.store.events.map(({type, message}) => [type, message]),
		[['inventory.changed', '50 changes seen in lab/vm']],
	);
});

test('the sources of a plugin that is disabled or unloaded go, and come back with it', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a')]}});
	for (const [off, on] of [
		['disablePlugin', 'enablePlugin'],
		['unloadPlugin', 'loadPlugin'],
	] as const) {
		assert.ok((await world.engine.run(off, {plugin: 'lab'}, cli)).ok);
		assert.deepEqual(world.engine.getState().sources, [], off);
		const refused = await world.engine.run('deploy', {provider: 'lab', type: 'vm', name: 'b', fields: {}}, cli);
		assert.equal(refused.ok ? '' : refused.error.code, 'CWS_PLUGIN_DISABLED');
		assert.match(refused.ok ? '' : (refused.error.fix ?? ''), off === 'disablePlugin' ? /cws plugin enable lab/ : /cws plugin load lab/);
		await world.engine.run(on, {plugin: 'lab'}, cli);
		await world.clock.advance(200);
		assert.equal(statusOf(world, 'a'), 'running', on);
	}
});

test('the rows of a plugin that failed stay', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a')]}});
	world.host.change('lab', {state: 'failed'});
	await world.clock.advance(200);
	assert.equal(statusOf(world, 'a'), 'running');
});

test('events and operations of another process show up when it writes', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a')]}});
	world.store.events.push({seq: 50, at: 1, type: 'instance.stopped', level: 'info', subject: 'lab/a', message: 'stopped'});
	world.store.tellWatchers();
	await world.clock.advance(3000);
	assert.equal(world.engine.getState().events[0]?.seq, 50);
});

test('a name the database does not know does not stop the dashboard', async () => {
	const store = createFakeStore();
	store.broken = failure('CWS_STORE', {message: 'The database is broken.'});
	const world = await startWorld({store, rows: {'lab/vm': [vm('a')]}});
	assert.equal(statusOf(world, 'a'), 'running');
	assert.deepEqual(
		world.engine.getState().notices.map(({code}) => code),
		['CWS_STORE'],
	);
});

test('the record has each state once, every minute again, and the end of what is gone', async () => {
	const world = await startWorld({rows: {'lab/vm': [vm('a', {createdAt: 42})]}});
	await world.clock.advance(2000);
	assert.deepEqual(
		world.store.readings.map(({name, status, createdAt}) => [name, status, createdAt]),
		[['a', 'running', 42]],
	);
	await world.clock.advance(60_000);
	assert.equal(world.store.readings.length, 2);
	world.host.rows.set('lab/vm', []);
	await world.clock.advance(refreshMs + 2000);
	assert.deepEqual([world.store.readings.at(-1)?.status, world.store.readings.at(-1)?.hourly.kind], ['deleted', 'free']);
});

test('a hundred thousand rows: one pushed change copies pointers and leaves every other row alone', async () => {
	const host = createFakeHost([fakePlugin('lab', [vmType])]);
	host.rows.set(
		'lab/vm',
		Array.from({length: 100_000}, (_, index) => vm(`n${index}`)),
	);
	const world = await startWorld({host});
	const before = rowsOf(world);
	host.push([{change: 'upsert', provider: 'lab', resource: vm('n500', {status: 'stopped'})}]);
	await world.clock.advance(200);
	const after = sourceOf(world).resources;
	assert.equal(after.length, 100_000);
	assert.deepEqual(
		after.flatMap((row, index) => (row === before[index] ? [] : [row.name])),
		['n500'],
	);
});

test('the minute beat of the record covers every source, also with more rows than one call can take', async () => {
	const diskType = {type: 'disk', operations: ['list' as const]};
	const many = Array.from({length: 150_000}, (_, index) => vm(`n${index}`));
	const world = await startWorld({
		plugins: [fakePlugin('lab', [{...vmType, pollSeconds: 1000}, diskType])],
		rows: {'lab/vm': many, 'lab/disk': [vm('d', {type: 'disk'})]},
	});
	await world.clock.advance(10_000);
	assert.equal(world.store.readings.length, 150_001);
	await world.clock.advance(60_000);
	assert.equal(world.store.readings.length, 300_002);
	assert.equal(world.store.readings.filter(({type}) => type === 'disk').length, 2);
});

test('what went while no cws ran is ended in the ledger at the next complete look', async () => {
	const store = createFakeStore();
	const open = (name: string, region: string) => ({
		ref: `lab/-/${region}/vm/i-${name}`,
		provider: 'lab',
		type: 'vm',
		name,
		status: 'running' as const,
		from: 1,
		hourly: known(1),
		isEstimated: false,
	});
	store.intervals.push(open('here', 'east'), open('gone', 'east'), open('unseen', 'west'), {...open('past', 'east'), until: 2});
	const host = createFakeHost([fakePlugin('lab', [{...vmType, pollSeconds: 5}])]);
	host.answerList(
		'lab/vm',
		answerWith([ok([{resources: [vm('here', {region: 'east'})], missing: [{region: 'west', reason: 'throttled'}]}])]),
	);
	const world = await startWorld({store, host});
	await world.clock.advance(2000);
	const ended = () => store.readings.filter(({status}) => status === 'deleted').map(({name}) => name);
	assert.deepEqual(ended(), ['gone']);
	host.answerList('lab/vm', answerWith([ok([{resources: [vm('here', {region: 'east'})]}])]));
	await world.clock.advance(8000);
	assert.ok(ended().includes('unseen'));
	assert.ok(!ended().includes('past'));
});

test('one look from the command line is recorded and stored when no dashboard does it', async () => {
	const world = createWorld();
	world.host.rows.set('lab/vm', [vm('a', {createdAt: 42})]);
	await world.engine.load();
	await world.engine.refreshOnce();
	assert.deepEqual([world.store.readings.map(({name}) => name), world.store.saves], [['a'], ['lab/vm']]);
	const second = createWorld();
	second.store.isRecorder = false;
	second.host.rows.set('lab/vm', [vm('a')]);
	await second.engine.load();
	await second.engine.refreshOnce();
	assert.deepEqual([second.store.readings, second.store.saves], [[], []]);
});

test('what a verb deployed is stored when it ends at once, also when it failed', async () => {
	for (const status of ['created', 'failed'] as const) {
		const world = createWorld();
		world.host.answerList('lab/vm', async function* () {
			await new Promise(resolve => {
				setTimeout(resolve, 5);
			});
			yield ok([{resources: world.host.rows.get('lab/vm') ?? []}]);
		});
		world.host.answer('provider.deploy', () => {
			world.host.rows.set('lab/vm', [vm('web-1', {status: status === 'failed' ? 'failed' : 'running'})]);
			return ok({status, id: 'i-web-1'});
		});
		await world.engine.load();
		await world.engine.refreshOnce({provider: 'lab', type: 'vm'});
		const begun = await world.engine.run('deploy', {provider: 'lab', type: 'vm', name: 'web-1', fields: {}}, {origin: 'cli'});
		assert.ok(begun.ok);
		await world.engine.whenEnded(begun.value.id);
		await world.engine.stop();
		const stored = await world.store.loadInventory();
		assert.ok(stored.ok);
		assert.deepEqual(
			stored.value.flatMap(({resources}) => resources.map(({name}) => name)),
			['web-1'],
			status,
		);
	}
});
