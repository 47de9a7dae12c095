import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {type Capabilities} from '../../../source/host/broker/capability.ts';
import {createConnection} from '../../../source/host/connection/connection.ts';
import {defaultLimits} from '../../../source/host/limits.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {createFakeTransport} from '../fake-transport.ts';

function connect({
	isReady = true,
	callsInFlight = 64,
	capabilities = {},
}: {isReady?: boolean; callsInFlight?: number; capabilities?: Capabilities} = {}) {
	const clock = createFakeClock();
	const fake = createFakeTransport();
	const told: string[] = [];
	const connection = createConnection({
		plugin: 'acme',
		generation: 1,
		locale: 'en',
		transport: fake.transport,
		clock,
		limits: {...defaultLimits, callsInFlight},
		capabilities,
		events: {
			onLog: () => told.push('log'),
			onEvent: () => told.push('event'),
			onUncaught: () => told.push('uncaught'),
			onDenied: what => told.push(`denied ${what}`),
			onViolation: what => told.push(what),
			onStuck: () => told.push('stuck'),
			onUnexpected: method => told.push(`unexpected ${method}`),
		},
	});
	if (isReady) {
		fake.receive('H', 0, {proto: [1, 1]});
		fake.receive('r', 0, {methods: ['provider.get', 5]});
		fake.sent.length = 0;
	}

	return {...fake, clock, connection, told};
}

const request = {method: 'provider.get', args: ['x'], deadlineMs: 1000};

test('hello, welcome, ready: in this order', async () => {
	const {connection, sent, receive, told} = connect({isReady: false});
	receive('H', 0, {proto: [1, 3], features: []});
	receive('r', 0, {methods: ['provider.get', 5]});
	assert.deepEqual(await connection.ready, {ok: true, value: ['provider.get']});
	assert.deepEqual(
		sent.map(([kind]) => kind),
		['W'],
	);
	receive('H', 0, {proto: [1, 1]});
	receive('r', 0, {methods: []});
	assert.deepEqual(told, ['said hello twice', 'spoke before it was asked']);
});

test('a worker of another protocol is told no, which is nobody’s fault', async () => {
	const {connection, kinds, receive, told} = connect({isReady: false});
	receive('H', 0, {proto: [9, 9]});
	const ready = await connection.ready;
	assert.ok(!ready.ok && ready.error.code === 'CWS_PLUGIN_PROTOCOL');
	assert.equal(kinds(), 'N');
	assert.deepEqual(told, []);
});

test('speaking before hello, unknown kinds and what is no frame are violations', () => {
	const {raw, receive, told} = connect({isReady: false});
	receive('r', 0, {methods: []});
	receive('Z', 0);
	raw({kind: 'a'});
	raw(['H', 0, '{']);
	assert.deepEqual(told, [
		'spoke before it was asked',
		'sent a frame of the unknown kind `Z`',
		'sent something that is not a frame',
		'sent a handshake that is not JSON',
	]);
});

test('an answer settles its call once; answers nobody asked for are ignored', async () => {
	const {connection, receive, sent, told} = connect();
	const call = connection.call(request);
	assert.deepEqual(sent, [['q', 1, {m: 'provider.get', a: ['x'], dl: 1000}]]);
	receive('a', 7, 'forged');
	receive('a', 1, 'first');
	receive('a', 1, 'second');
	assert.deepEqual(await call, {ok: true, value: 'first'});
	assert.equal(connection.openCalls(), 0);
	assert.deepEqual(told, []);
});

test('at the deadline the call is cancelled, after the grace let go, and the thread asked for a sign of life', async () => {
	const {connection, clock, kinds, receive, told} = connect();
	const call = connection.call(request);
	await clock.advance(1000);
	assert.equal(kinds(), 'qc');
	await clock.advance(500);
	const outcome = await call;
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_TIMEOUT');
	assert.match(outcome.error.message, /within 1 s/);
	assert.equal(kinds(), 'qc?');
	await clock.advance(100);
	receive('!');
	await clock.advance(1000);
	assert.deepEqual(told, []);
	const second = connection.call(request);
	await clock.advance(2500);
	await second;
	assert.deepEqual(told, ['stuck']);
	assert.equal(clock.pending(), 0);
});

test('an answer in the grace still counts; an error there is the deadline', async () => {
	const {connection, clock, receive} = connect();
	const late = connection.call(request);
	const thrown = connection.call(request);
	await clock.advance(1200);
	receive('a', 1, 'late');
	receive('A', 2, {name: 'AbortError', message: 'aborted'});
	assert.deepEqual(await late, {ok: true, value: 'late'});
	const outcome = await thrown;
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_TIMEOUT');
});

test('an abort before the call sends nothing', async () => {
	const {connection, sent} = connect();
	const outcome = await connection.call({...request, signal: AbortSignal.abort()});
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED');
	assert.deepEqual(sent, []);
});

test('calls beyond the places in flight wait their turn', async () => {
	const {connection, clock, sent, receive} = connect({callsInFlight: 2});
	const calls = [1, 2, 3].map(() => connection.call(request));
	assert.equal(sent.length, 2);
	receive('a', 1, 'one');
	await clock.flush();
	assert.equal(sent.length, 3);
	receive('a', 2, 'two');
	receive('a', 3, 'three');
	assert.deepEqual(await Promise.all(calls), [
		{ok: true, value: 'one'},
		{ok: true, value: 'two'},
		{ok: true, value: 'three'},
	]);
});

test('a chunk without credit is a violation, and a read chunk gives one credit back', async () => {
	const {connection, clock, sent, receive, told} = connect();
	const stream = connection.stream({method: 'provider.list', args: []});
	const first = stream.next();
	await clock.flush();
	receive('s', 1, [1]);
	receive('s', 1, [2]);
	assert.deepEqual((await first).value, {ok: true, value: [1]});
	assert.deepEqual(told, []);
	const second = stream.next();
	await clock.flush();
	assert.deepEqual(sent.at(-1), ['w', 1, 1]);
	assert.deepEqual((await second).value, {ok: true, value: [2]});
	receive('s', 1, [3]);
	assert.deepEqual(told, []);
	receive('s', 1, [4]);
	assert.deepEqual(told, ['sends without credit']);
});

test('more unasked frames than a window allows is a flood, answers are not', () => {
	const {connection, receive, told} = connect();
	void connection.call(request);
	for (let index = 0; index < defaultLimits.floodFrames; index++) {
		receive('l', 0, {message: 'x'});
	}

	assert.equal(told.filter(what => what === 'log').length, defaultLimits.floodFrames - 2, 'the handshake counts too');
	assert.ok(told.includes('floods the host with messages'));
});

test('draining ends what has no deadline at once, keeps calls, refuses new ones and waits for the goodbye', async () => {
	const {connection, clock, receive, kinds} = connect();
	const reason = failure('CWS_PLUGIN_CRASHED', {message: 'reloaded'});
	const call = connection.call(request);
	const watch = connection.stream({method: 'provider.watch', args: []});
	const item = watch.next();
	let isDrained = false;
	const drained = connection.drain(reason).then(() => {
		isDrained = true;
	});
	assert.deepEqual((await item).value, {ok: false, error: reason});
	assert.deepEqual(await connection.call(request), {ok: false, error: reason});
	receive('a', 1, 'done');
	assert.deepEqual(await call, {ok: true, value: 'done'});
	await clock.flush();
	assert.equal(isDrained, false);
	receive('b');
	await drained;
	assert.ok(kinds().includes('d'));
});

test('closing fails everything that waits with one reason and ignores what still comes', async () => {
	const {connection, receive, told} = connect();
	const reason = failure('CWS_PLUGIN_CRASHED', {message: 'gone'});
	const call = connection.call(request);
	const item = connection.stream({method: 'provider.list', args: []}).next();
	connection.close(reason);
	assert.deepEqual(await call, {ok: false, error: reason});
	assert.deepEqual((await item).value, {ok: false, error: reason});
	assert.deepEqual(await connection.call(request), {ok: false, error: reason});
	receive('Z', 0);
	assert.deepEqual(told, []);
});
