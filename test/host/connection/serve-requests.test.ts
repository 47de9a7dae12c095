import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure, FailureError} from '../../../source/core/failure/failure.ts';
import {type Capabilities, type CapabilityCall} from '../../../source/host/broker/capability.ts';
import {createRequestServer, type ServedCall} from '../../../source/host/connection/serve-requests.ts';
import {defaultLimits} from '../../../source/host/limits.ts';
import {type Frame} from '../../../source/host/protocol/frame.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {createFakeTransport} from '../fake-transport.ts';

function serve(capabilities: Capabilities, served: Readonly<Record<number, ServedCall>> = {}) {
	const clock = createFakeClock();
	const fake = createFakeTransport();
	const told: string[] = [];
	const server = createRequestServer({
		plugin: 'acme',
		generation: 3,
		transport: fake.transport,
		clock,
		limits: defaultLimits,
		capabilities,
		servedCall: id => served[id],
		onDenied: what => told.push(`denied ${what}`),
		onUnexpected: method => told.push(`unexpected ${method}`),
		violate: what => told.push(what),
	});
	const receive = (kind: string, id: number, value?: unknown) =>
		server.receive([kind, id, ...(value === undefined ? [] : [JSON.stringify(value)])] as unknown as Frame);
	const ask = (id: number, method: string, extra: Readonly<Record<string, unknown>> = {}) => receive('q', id, {m: method, a: [], ...extra});
	/** The failure codes of the answers to a request. */
	const codeOf = (id: number) => {
		const [, , body] = fake.sent.find(([kind, to]) => kind === 'A' && to === id) ?? [];
		return (body as {failure?: {code: string}} | undefined)?.failure?.code;
	};
	return {...fake, clock, server, told, receive, ask, codeOf};
}

const never = () => new Promise<never>(() => {});

test('a request is answered with what its capability gives, texts and all as they are', async () => {
	const seen: unknown[] = [];
	const {receive, sent, clock} = serve({
		async 'store.get'(args, {plugin, generation}) {
			seen.push(args, plugin, generation);
			return {value: '\u001B[1m'};
		},
	});
	assert.equal(receive('q', 7, {m: 'store.get', a: ['key\u001B']}), true);
	await clock.flush();
	assert.deepEqual(seen, [['key\u001B'], 'acme', 3]);
	assert.deepEqual(sent, [['a', 7, {value: '\u001B[1m'}]]);
	assert.equal(clock.pending(), 0);
});

test('`method-inherited`: a capability nobody granted is denied and told, inherited names too', async () => {
	const {ask, codeOf, told, clock} = serve({'store.get': async () => 1});
	for (const [index, method] of ['http.fetch', 'constructor', '__proto__', 'toString', 'hasOwnProperty'].entries()) {
		ask(index + 1, method);
		await clock.flush();
		assert.equal(codeOf(index + 1), 'CWS_PLUGIN_DENIED', method);
	}

	assert.equal(told.length, 5);
	assert.equal(clock.pending(), 0);
});

test('a failure crosses as it is; anything else thrown is a bug of cws that shows no stack', async () => {
	const {ask, sent, told, clock} = serve({
		async 'fs.read'() {
			throw new FailureError(failure('CWS_NOT_FOUND', {message: 'gone', fix: 'look'}));
		},
		async 'fs.list'() {
			throw new TypeError('oops');
		},
	});
	ask(1, 'fs.read');
	ask(2, 'fs.list');
	await clock.flush();
	assert.deepEqual(sent[0], [
		'A',
		1,
		{name: 'FailureError', message: 'gone', failure: {code: 'CWS_NOT_FOUND', message: 'gone', fix: 'look'}},
	]);
	assert.deepEqual(told, ['unexpected fs.list']);
	assert.doesNotMatch(JSON.stringify(sent[1]), /serve-requests/);
});

test('the request of a call inherits its deadline and its caller, and ends when the call is cancelled', async () => {
	const calls: CapabilityCall[] = [];
	const {ask, codeOf, server, clock} = serve(
		{
			'http.fetch'(_args, call) {
				calls.push(call);
				return never();
			},
		},
		{5: {deadlineAt: 2000, chain: ['first', 'other']}, 6: {}},
	);
	ask(1, 'http.fetch', {p: 5});
	ask(2, 'http.fetch', {p: 6, dl: 90_000});
	assert.deepEqual(
		calls.map(({deadlineMs, caller}) => [deadlineMs, caller]),
		[
			[2000, 'other'],
			[defaultLimits.requestMs, undefined],
		],
	);
	await clock.advance(2000);
	assert.equal(codeOf(1), 'CWS_PLUGIN_TIMEOUT');
	assert.equal(calls[0]!.signal.aborted, true);
	server.cancelled(6);
	await clock.flush();
	assert.equal(codeOf(2), 'CWS_CANCELLED');
	assert.equal(clock.pending(), 0);
});

test('the worker may cancel its own request', async () => {
	let signal: AbortSignal | undefined;
	const {ask, receive, codeOf, clock} = serve({
		'exec.run'(_args, call) {
			({signal} = call);
			return never();
		},
	});
	ask(1, 'exec.run');
	assert.equal(receive('c', 1, {reason: 'enough'}), true);
	await clock.flush();
	assert.equal(signal?.aborted, true);
	assert.equal(codeOf(1), 'CWS_CANCELLED');
	assert.equal(receive('c', 1), false, 'a cancel of nothing counts towards a flood');
});

test('at most 32 requests are in flight; the next is refused and may be tried later', async () => {
	const {ask, codeOf, clock} = serve({'http.fetch': never});
	for (let id = 1; id <= 32; id++) {
		assert.equal(ask(id, 'http.fetch'), true);
	}

	assert.equal(ask(33, 'http.fetch'), false);
	await clock.flush();
	assert.equal(codeOf(33), 'CWS_PLUGIN_QUOTA');
});

test('a stream sends only what there is credit for, and stops its source when it is cancelled', async () => {
	let made = 0;
	let isClosed = false;
	const {ask, receive, sent, clock} = serve({
		async *'http.fetch'() {
			try {
				for (;;) {
					yield ++made;
				}
			} finally {
				isClosed = true;
			}
		},
	});
	ask(1, 'http.fetch', {s: 1});
	await clock.flush();
	assert.deepEqual(sent, [
		['s', 1, [1]],
		['s', 1, [2]],
	]);
	receive('w', 1, 1);
	await clock.flush();
	assert.deepEqual(sent.at(-1), ['s', 1, [3]]);
	receive('c', 1);
	await clock.flush();
	assert.equal(isClosed, true);
	assert.ok(made <= 4, String(made));
});

test('a stream that ends says how many items it had; a single value is a stream of one', async () => {
	const {ask, sent, clock} = serve({
		async *'fs.read'() {
			yield 'a';
		},
		'store.get': async () => 5,
	});
	ask(1, 'fs.read', {s: 1});
	ask(2, 'store.get', {s: 1});
	await clock.flush();
	assert.deepEqual(
		new Set(sent.filter(([kind]) => kind === 'z').map(([, id, body]) => JSON.stringify([id, body]))),
		new Set(['[1,{"count":1}]', '[2,{"count":1}]']),
	);
});

test('what is typed can be read by the call it belongs to and by no other', async () => {
	async function* input() {
		yield {data: 'bHM='};
	}

	const {ask, sent, codeOf, clock} = serve({}, {4: {input: input()}});
	ask(1, 'call.input', {s: 1, a: [4]});
	ask(2, 'call.input', {s: 1, a: [9]});
	await clock.flush();
	assert.deepEqual(
		sent.filter(([, id]) => id === 1),
		[
			['s', 1, [{data: 'bHM='}]],
			['z', 1, {count: 1}],
		],
	);
	assert.equal(codeOf(2), 'CWS_INVALID_STATE');
});

test('an answer too large for a frame is refused, not sent', async () => {
	const {ask, transport, sent, clock} = serve({'store.get': async () => 'x'});
	const {send} = transport;
	Object.assign(transport, {send: (kind: string, id: number, value: unknown) => kind !== 'a' && send(kind, id, value)});
	ask(1, 'store.get');
	await clock.flush();
	assert.equal((sent[0]![2] as {failure: {code: string}}).failure.code, 'CWS_PLUGIN_QUOTA');
});

test('requests no sound worker sends are violations', () => {
	const {receive, ask, told} = serve({'store.get': never});
	for (const body of [undefined, 5, {m: 5, a: []}, {m: 'x'.repeat(200), a: []}, {m: 'store.get'}]) {
		receive('q', 1, body);
	}

	ask(0, 'store.get');
	ask(2, 'store.get');
	ask(2, 'store.get');
	assert.deepEqual(
		told,
		Array.from({length: 7}, () => 'sent a request that cannot be read'),
	);
});

test('when the worker is gone everything done for it is aborted and nothing is sent', async () => {
	let signal: AbortSignal | undefined;
	const {ask, server, sent, clock} = serve({
		'exec.run'(_args, call) {
			({signal} = call);
			return never();
		},
	});
	ask(1, 'exec.run');
	server.close();
	await clock.flush();
	assert.equal(signal?.aborted, true);
	assert.deepEqual(sent, []);
	assert.equal(clock.pending(), 0);
});
