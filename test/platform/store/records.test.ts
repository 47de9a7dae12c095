import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {type NewEvent} from '../../../source/core/event.ts';
import {amount} from '../../../source/core/money/money.ts';
import {tempDir} from '../temp-dir.ts';
import {openTestStore, valueOf} from './open-test-store.ts';

const event = (at: number, changes: Partial<NewEvent> = {}): NewEvent & {readonly at: number} => ({
	at,
	type: 'instance.started',
	level: 'info',
	subject: 'web-1',
	message: 'started',
	...changes,
});

test('events get growing numbers over several programs and are read newest first', async t => {
	const file = join(tempDir(t), 'cws.db');
	const [first, second] = [await openTestStore(t, file), await openTestStore(t, file)];
	const [one] = valueOf(await first.appendEvents([event(1)]));
	const [two, three] = valueOf(await second.appendEvents([event(2, {data: {port: 80}}), event(3)]));
	assert.ok(one!.seq < two!.seq && two!.seq < three!.seq);
	assert.deepEqual(valueOf(await first.readEvents({limit: 2})), [three, two]);
	assert.deepEqual(valueOf(await first.readEvents({limit: 10, afterSeq: two!.seq})), [three]);
});

test('events are found by type and by resource', async t => {
	const store = await openTestStore(t, ':memory:');
	valueOf(await store.appendEvents([event(1), event(2, {type: 'plugin.loaded'}), event(3, {ref: 'local/-/-/vm/web-1'})]));
	const times = async (query: {readonly type?: string; readonly ref?: string}) =>
		valueOf(await store.readEvents({limit: 10, ...query})).map(({at}) => at);
	assert.deepEqual(await times({type: 'instance.started'}), [3, 1]);
	assert.deepEqual(await times({ref: 'local/-/-/vm/web-1'}), [3]);
	assert.deepEqual(await times({type: 'plugin.loaded', ref: 'local/-/-/vm/web-1'}), []);
});

test('old events are forgotten, the audit is not', async t => {
	const store = await openTestStore(t, ':memory:');
	const audit = {command: 'start', origin: 'cli', user: 'ann', pid: 1, outcome: 'done', input: {}} as const;
	valueOf(await store.appendAudit({...audit, at: 1}));
	for (let batch = 0; batch < 5; batch++) {
		valueOf(await store.appendEvents(Array.from({length: 5000}, (_, index) => event(batch * 5000 + index))));
	}

	const kept = valueOf(await store.readEvents({limit: 100_000}));
	assert.equal(kept.length, 20_000);
	assert.equal(kept[0]!.at, 24_999);
	valueOf(await store.appendAudit({...audit, at: 2, target: 'web-1'}));
	assert.deepEqual(valueOf(await store.readAudit({limit: 10})), [
		{...audit, at: 2, target: 'web-1', seq: 2},
		{...audit, at: 1, seq: 1},
	]);
});

test('a program notices what another one wrote, and neither its own writes nor a heartbeat nor a look that saw nothing new', async t => {
	t.mock.timers.enable({apis: ['setInterval']});
	const file = join(tempDir(t), 'cws.db');
	const [first, second] = [await openTestStore(t, file, {isHere: true}), await openTestStore(t, file)];
	let changes = 0;
	const stop = first.watch(() => changes++);
	// Its turn comes behind the one that begins to watch.
	valueOf(await first.readAudit({limit: 1}));
	const look = () => {
		t.mock.timers.tick(1000);
		return changes;
	};

	valueOf(await first.appendEvents([event(1)]));
	valueOf(await second.claimRecorder());
	assert.equal(look(), 0);

	const reading = {ref: 'r', provider: 'mock', type: 'vm', name: 'a', status: 'running', hourly: amount(1), at: 1} as const;
	valueOf(await second.recordStates([reading]));
	assert.equal(look(), 1);
	valueOf(await second.recordStates([{...reading, at: 10 * 60_000}]));
	assert.equal(look(), 1);

	valueOf(await second.appendEvents([event(2)]));
	assert.equal(look(), 2);
	valueOf(await second.plugins.changeEntries('user/lab', [{key: 'a', value: 1}], 1000));
	assert.equal(look(), 2, 'what a plugin notes is its own matter');
	valueOf(await second.plugins.changeEntries('cws/tasks', [{key: 'a', value: 1}], 1000));
	assert.equal(look(), 3, 'what cws notes is for the others');
	stop();
	valueOf(await second.appendEvents([event(3)]));
	assert.equal(look(), 3);
});

test('what another one wrote is told across the thread too', async t => {
	const file = join(tempDir(t), 'cws.db');
	const [first, second] = [await openTestStore(t, file), await openTestStore(t, file)];
	const told = new Promise<void>(resolve => {
		first.watch(resolve);
	});
	valueOf(await first.readAudit({limit: 1}));
	valueOf(await second.appendEvents([event(1)]));
	await told;
});
