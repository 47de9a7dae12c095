import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createConnection} from '../../../source/host/connection/connection.ts';
import {defaultLimits} from '../../../source/host/limits.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {createFakeTransport} from '../fake-transport.ts';
import {inSandbox} from '../sandbox/in-sandbox.ts';
import {startSupervised} from '../start-supervised.ts';

const bootstrap = await sandboxBootstrap();

/** The host beside a worker that may send whatever it likes: what is left when the sandbox itself is broken. */
function brokenRealm({isReady = true} = {}) {
	const fake = createFakeTransport();
	const violations: string[] = [];
	const connection = createConnection({
		plugin: 'attacker',
		generation: 1,
		locale: 'en',
		transport: fake.transport,
		clock: createFakeClock(),
		limits: defaultLimits,
		capabilities: {'env.get': async () => 'value'},
		events: {
			onLog() {},
			onEvent() {},
			onUncaught() {},
			onDenied: what => violations.push(`denied ${what}`),
			onViolation: what => violations.push(what),
			onStuck() {},
			onUnexpected() {},
		},
	});
	if (isReady) {
		fake.receive('H', 0, {proto: [1, 1]});
		fake.receive('r', 0, {methods: ['health']});
		fake.sent.length = 0;
	}

	return {...fake, connection, violations};
}

const health = {method: 'health', args: [], deadlineMs: 1000};

test('event-storm: a million events are a few hundred, and the plugin goes on', async () => {
	await using attacked = await startSupervised({
		plugin: {
			code: `let it; module.exports = {initialize(context) { it = context }, health() { for (let i = 0; i < 1e6; i++) it.events.emit({type: 'x', message: 'y'}); return 1 }}`,
		},
		bootstrap,
	});
	assert.deepEqual(await attacked.call('health', {deadlineMs: 60_000}), {ok: true, value: 1});
	assert.ok(attacked.events.length >= 200 && attacked.events.length < 2000, String(attacked.events.length));
});

test('log-flood: a million lines are a few hundred and a number, without a strike', async () => {
	await using attacked = await startSupervised({
		plugin: {
			code: `module.exports = {health(last) { if (last === true) return new Promise(resolve => setTimeout(() => { console.log('last'); resolve(2) }, 100)); for (let i = 0; i < 1e6; i++) console.log('line', i); return 1 }}`,
		},
		bootstrap,
	});
	assert.deepEqual(await attacked.call('health', {deadlineMs: 60_000}), {ok: true, value: 1});
	const before = attacked.logs.length;
	assert.ok(before >= 200 && before < 2000, String(before));
	assert.deepEqual(await attacked.call('health', {args: [true]}), {ok: true, value: 2});
	const dropped = (attacked.logs as readonly {readonly dropped?: number}[]).reduce((sum, log) => sum + (log.dropped ?? 0), 0);
	assert.equal(dropped + before, 1_000_000);
});

test('huge-reply: an answer of 50 MB is an error of its call, and the line stays whole', async () => {
	await using sandbox = await inSandbox(`let n = 0; module.exports = {health: () => n++ === 0 ? 'x'.repeat(5e7) : n}`);
	assert.match(String(await sandbox.call('health')), /larger than 4 MiB/);
	assert.equal(await sandbox.call('health'), 2);
});

test('forged-answer: an answer nobody asked for reaches nobody', async () => {
	const {connection, receive, violations} = brokenRealm();
	const call = connection.call(health);
	for (const id of [0, 2, 99, -1, Number.MAX_SAFE_INTEGER]) {
		receive('a', id, 'forged');
	}

	receive('a', 1, 'mine');
	assert.deepEqual(await call, {ok: true, value: 'mine'});
	assert.deepEqual(violations, []);
});

test('double-answer: the second answer is nothing', async () => {
	const {connection, receive, violations} = brokenRealm();
	const call = connection.call(health);
	receive('a', 1, 'first');
	receive('a', 1, 'second');
	assert.deepEqual(await call, {ok: true, value: 'first'});
	assert.deepEqual(violations, []);
});

test('bad-kind, bad-json, oversize-frame: what the bootstrap cannot send ends the plugin', async () => {
	const {raw, violations, connection} = brokenRealm();
	raw(['Z', 0]);
	raw(['ZZ', 0]);
	raw(['l', 0, '{}', 'more']);
	raw(['l', 0, {level: 'info'}]);
	raw(['l', 0, 'x'.repeat(20_000)]);
	raw(['l', 0, new Uint8Array(5 * 1024 * 1024)]);
	raw(['l', 0, new Float64Array(4)]);
	raw(['l', 1.5]);
	raw('l');
	assert.deepEqual(violations, [
		'sent a frame of the unknown kind `Z`',
		...Array.from({length: 8}, () => 'sent something that is not a frame'),
	]);
	const call = connection.call(health);
	raw(['a', 1, '{']);
	const outcome = await call;
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_PROTOCOL');
});

test('json-depth: an answer that is nested without end is refused before it is read', async () => {
	const {connection, raw} = brokenRealm();
	const call = connection.call(health);
	raw(['a', 1, new TextEncoder().encode('['.repeat(1_000_000))]);
	const outcome = await call;
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_PROTOCOL');
	assert.match(outcome.error.cause ?? '', /nested too deeply/);
});

test('credit-cheat: chunks without credit are a violation', async () => {
	const {connection, receive, violations} = brokenRealm();
	const stream = connection.stream({...health, method: 'provider.list'});
	void stream.next();
	await Promise.resolve();
	for (let chunk = 0; chunk < 4; chunk++) {
		receive('s', 1, [chunk]);
	}

	assert.ok(violations.includes('sends without credit'));
	await stream.return();
});

test('proto-version: another protocol is refused politely, a second hello and a word before the first are not', async () => {
	const {connection, receive, kinds, violations} = brokenRealm({isReady: false});
	receive('r', 0, {methods: []});
	receive('H', 0, {proto: [9, 9]});
	const ready = await connection.ready;
	assert.ok(!ready.ok && ready.error.code === 'CWS_PLUGIN_PROTOCOL');
	assert.equal(kinds(), 'N');
	assert.deepEqual(violations, ['spoke before it was asked']);
	const second = brokenRealm();
	second.receive('H', 0, {proto: [1, 1]});
	assert.deepEqual(second.violations, ['said hello twice']);
});

test('pollute-proto: an answer cannot reach a prototype', async () => {
	await using sandbox = await inSandbox(
		`module.exports = {health: json => ({toJSON: () => 0, ...JSON.parse(json), toJSON: undefined, again: JSON.parse(json)})}`,
	);
	for (const key of ['__proto__', 'constructor', 'prototype']) {
		assert.match(String(await sandbox.call('health', `{"${key}":{"polluted":1}}`)), /which no answer may have/, key);
	}

	assert.equal(({} as {readonly polluted?: number}).polluted, undefined);
});

test('toJSON-switch: what the host checked is what it uses, however often the plugin would change its mind', async () => {
	await using sandbox = await inSandbox(`let n = 0; module.exports = {health: () => ({toJSON: () => ({turn: n++})})}`);
	assert.deepEqual(await sandbox.call('health'), {turn: 0});
	assert.deepEqual(await sandbox.call('health'), {turn: 1});
});

test('cyclic, bigint, toJSON-throws, throw-null, throwing-getter: each is an error of its call', async () => {
	await using sandbox = await inSandbox(
		`module.exports = {provider: {
			get() { const a = {}; a.a = a; return a },
			start: () => 1n,
			stop: () => ({toJSON() { throw new Error('no JSON') }}),
			restart() { throw null },
			destroy() { throw {get message() { throw 1 }, get name() { throw 2 }} },
			estimateCost: () => ({get price() { throw new Error('no price') }}),
			metrics: () => 'still here',
		}}`,
	);
	for (const [method, message] of [
		['provider.get', /TypeError: .*circular/],
		['provider.start', /TypeError: .*BigInt/],
		['provider.stop', /no JSON/],
		['provider.restart', /null/],
		['provider.destroy', /\[object Object\]|unprintable/],
		['provider.estimateCost', /no price/],
	] as const) {
		assert.match(String(await sandbox.call(method)), message, method);
	}

	assert.equal(await sandbox.call('provider.metrics'), 'still here');
});

test('method-inherited: no inherited name is a method of a plugin or a capability of the host', async () => {
	await using sandbox = await inSandbox('module.exports = {health: () => 1, provider: {}}');
	for (const method of ['toString', '__proto__', 'constructor', 'provider.toString', 'provider.constructor', 'provider.__proto__']) {
		assert.match(String(await sandbox.call(method)), /has no method/, method);
	}

	const {receive, sent, violations} = brokenRealm();
	for (const [index, m] of ['constructor', 'toString', '__proto__', 'env.constructor', 'hasOwnProperty'].entries()) {
		receive('q', index + 1, {m, a: []});
	}

	assert.deepEqual(
		sent.map(([kind, , value]) => [kind, (value as {readonly failure: {readonly code: string}}).failure.code]),
		Array.from({length: 5}, () => ['A', 'CWS_PLUGIN_DENIED']),
	);
	assert.equal(violations.length, 5);
});

test('comlink-rce: a request is a name and data, whatever shape it has', () => {
	const {receive, sent, violations} = brokenRealm();
	for (const body of [
		{type: 'CONSTRUCT', path: ['env', 'constructor'], argumentList: []},
		{m: ['env.get', 'constructor'], a: []},
		{m: 'env.get', a: {length: 1}},
		{m: 5, a: []},
		null,
	]) {
		receive('q', 7, body);
	}

	assert.deepEqual(sent, []);
	assert.deepEqual(
		violations,
		Array.from({length: 5}, () => 'sent a request that cannot be read'),
	);
});
