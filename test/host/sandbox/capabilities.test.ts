import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure, FailureError} from '../../../source/core/failure/failure.ts';
import {type Capabilities, type CapabilityCall} from '../../../source/host/broker/capability.ts';
import {inSandbox} from './in-sandbox.ts';

/** A plugin that evaluates what the test asks, with its context as `it`. */
const asked = `let it; module.exports = {
	initialize(context) { it = context },
	async health(source) { return Function('it', 'call', 'return (async () => (' + source + '))()')(it, arguments[1]) },
}`;

test('only what was granted is there, and nobody can change it', async () => {
	await using none = await inSandbox(asked);
	assert.equal(
		await none.call('health', 'Object.keys(it).toSorted().join()'),
		'clock,config,directories,events,id,log,services,signal,state',
	);
	await using some = await inSandbox(asked, {capabilities: {'http.fetch': async () => null, 'secrets.has': async () => true}});
	assert.equal(
		await some.call('health', '[typeof it.http.fetch, typeof it.secrets.read, typeof it.fs].join()'),
		'function,undefined,undefined',
	);
	for (const write of ['it.http = 1', 'it.http.fetch = 1', 'it.log.info = 1', 'it.config.x = 1', 'delete it.secrets']) {
		assert.match(String(await some.call('health', write)), /TypeError/, write);
	}
});

test('a request is made of the chunks the host sends', async () => {
	const seen: unknown[] = [];
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			async *'http.fetch'(args) {
				seen.push(args);
				yield {status: 201, headers: {'content-type': 'application/json'}, url: 'https://a/'};
				yield {text: '{"é":'};
				yield {base64: Buffer.from('[1]}').toString('base64')};
			},
		},
	});
	const answer = await sandbox.call(
		'health',
		`it.http.fetch('https://a/', {method: 'POST', headers: {x: 'y'}, body: new Uint8Array([0, 255]), auth: 'token'})
			.then(r => [r.status, r.headers['content-type'], r.json(), r.text(), r.bytes().length])`,
	);
	assert.deepEqual(answer, [201, 'application/json', {é: [1]}, '{"é":[1]}', 10]);
	assert.deepEqual(seen, [['https://a/', {method: 'POST', headers: {x: 'y'}, body: {base64: 'AP8='}, auth: 'token'}]]);
});

test('an answer larger than a frame comes in parts', async () => {
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			async *'http.fetch'() {
				yield {status: 200, headers: {}, url: 'https://a/'};
				for (let chunk = 0; chunk < 100; chunk++) {
					yield {base64: Buffer.alloc(60_000, chunk).toString('base64')};
				}
			},
		},
	});
	const answer = await sandbox.call(
		'health',
		`it.http.fetch('https://a/').then(r => { const b = r.bytes(); return [b.length, b[0], b.at(-1)] })`,
	);
	assert.deepEqual(answer, [6_000_000, 0, 99]);
});

test('a command gives its output and its exit code', async () => {
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			async *'exec.run'(args) {
				yield {stdout: 'one '};
				yield {stderr: 'hm'};
				yield {stdout: JSON.stringify(args)};
				yield {code: 3};
			},
		},
	});
	assert.deepEqual(await sandbox.call('health', `it.exec.run('list', {name: 'a'}, {stdin: 'in'})`), {
		code: 3,
		stdout: 'one ["list",{"name":"a"},{"stdin":"in"}]',
		stderr: 'hm',
	});
});

test('the terminal is there to be asked for only where a program may have it', async () => {
	const seen: unknown[] = [];
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			'exec.run': async () => null,
			async 'exec.interactive'(args) {
				seen.push(args);
				return {code: 4};
			},
		},
	});
	assert.deepEqual(await sandbox.call('health', `it.exec.interactive('edit', {name: 'a'})`), {code: 4});
	assert.deepEqual(seen, [['edit', {name: 'a'}]]);
	await using without = await inSandbox(asked, {capabilities: {'exec.run': async () => null}});
	assert.equal(await without.call('health', 'typeof it.exec.interactive'), 'undefined');
});

test('the small capabilities ask for what they are named after', async () => {
	const seen: string[] = [];
	const answering = (answers: Readonly<Record<string, unknown>>): Capabilities =>
		Object.fromEntries(
			Object.entries(answers).map(([method, answer]) => [
				method,
				async args => {
					seen.push(`${method} ${JSON.stringify(args)}`);
					return answer;
				},
			]),
		);
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			...answering({
				'env.get': null,
				'secrets.has': true,
				'secrets.read': 's3',
				'store.get': {a: 1},
				'store.set': null,
				'fs.write': null,
				'fs.list': [{name: 'a', isDirectory: false}],
				'ui.confirm': true,
				'ui.prompt': null,
				'state.get': null,
				'services.get': {methods: ['quote']},
				'services.call': 7,
			}),
			async *'fs.read'() {
				yield {text: 'con'};
				yield {text: 'tent'};
			},
		},
	});
	for (const [expression, expected] of [
		[`it.env.get('HOME').then(x => typeof x)`, 'undefined'],
		[`it.secrets.has('token')`, true],
		[`it.secrets.read('token')`, 's3'],
		[`it.store.get('k')`, {a: 1}],
		[`it.store.set('k', {b: 2}).then(() => 1)`, 1],
		[`it.fs.read('conf')`, 'content'],
		[`it.fs.write('conf', 'a.txt', 'x').then(() => 1)`, 1],
		[`it.fs.list('conf')`, [{name: 'a', isDirectory: false}]],
		[`it.ui.confirm('sure?')`, true],
		[`it.ui.prompt('name?').then(x => typeof x)`, 'undefined'],
		[`it.services.get('pricing@^1').then(s => s.quote('vm', 1))`, 7],
	] as const) {
		assert.deepEqual(await sandbox.call('health', expression), expected, expression);
	}

	assert.deepEqual(seen, [
		'env.get ["HOME"]',
		'secrets.has ["token"]',
		'secrets.read ["token"]',
		'store.get ["k"]',
		'store.set ["k",{"b":2}]',
		'fs.write ["conf","a.txt","x"]',
		'fs.list ["conf",""]',
		'ui.confirm ["sure?"]',
		'ui.prompt ["name?"]',
		'services.get ["pricing@^1"]',
		'services.call ["pricing@^1","quote",["vm",1]]',
	]);
});

test('what the host refuses is a failure with its code', async () => {
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			'env.get': async () => {
				throw new FailureError(failure('CWS_PLUGIN_DENIED', {message: 'no'}));
			},
		},
	});
	assert.deepEqual(await sandbox.call('health', `it.env.get('HOME').catch(e => [e.name, e.failure.code, e.message])`), [
		'FailureError',
		'CWS_PLUGIN_DENIED',
		'no',
	]);
	assert.match(String(await sandbox.call('health', `it.state.get()`)), /may not use `state\.get`/);
	assert.deepEqual(sandbox.denied, ['state.get']);
});

test('a request inherits the deadline of the call it serves, and ends with it', async () => {
	const calls: CapabilityCall[] = [];
	const aborted = Promise.withResolvers<void>();
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			'env.get': (_args, call) => {
				calls.push(call);
				return new Promise((_resolve, reject) => {
					call.signal.addEventListener('abort', () => {
						aborted.resolve();
						reject(call.signal.reason as Error);
					});
				});
			},
		},
	});
	const controller = new AbortController();
	const outcome = sandbox.connection.call({
		method: 'health',
		args: [`it.env.get('A').catch(e => e.failure.code)`],
		deadlineMs: 7000,
		signal: controller.signal,
	});
	while (calls.length === 0) {
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}

	const {deadlineMs = 0} = calls[0]!;
	assert.ok(deadlineMs > 1000 && deadlineMs <= 7000, String(deadlineMs));
	controller.abort();
	await aborted.promise;
	assert.deepEqual(await outcome, {ok: true, value: 'CWS_CANCELLED'});
});

test('a request of a plugin can be given up by itself', async () => {
	const aborted = Promise.withResolvers<void>();
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			async *'http.fetch'(_args, {signal}) {
				yield {status: 200, headers: {}, url: ''};
				await new Promise<void>(resolve => {
					signal.addEventListener('abort', () => resolve());
				});
				aborted.resolve();
			},
		},
	});
	const code = await sandbox.call(
		'health',
		`new Promise(resolve => { const c = new AbortController(); it.http.fetch('https://a/', {signal: c.signal}).catch(e => resolve(e.failure.code)); setTimeout(() => c.abort(), 20) })`,
	);
	assert.equal(code, 'CWS_CANCELLED');
	await aborted.promise;
});

test('more requests than may be in flight wait in the sandbox for their turn', async () => {
	let open = 0;
	let most = 0;
	await using sandbox = await inSandbox(asked, {
		capabilities: {
			async 'env.get'([name]) {
				open++;
				most = Math.max(most, open);
				await new Promise(resolve => {
					setImmediate(resolve);
				});
				open--;
				return name;
			},
		},
	});
	const names = Array.from({length: 200}, (_, index) => String(index));
	assert.deepEqual(await sandbox.call('health', `Promise.all(${JSON.stringify(names)}.map(name => it.env.get(name)))`), names);
	assert.ok(most <= 32, String(most));
});

test('the clock sleeps, repeats and can be stopped', async () => {
	await using sandbox = await inSandbox(asked);
	assert.equal(
		await sandbox.call(
			'health',
			`new Promise(resolve => { let n = 0; const stop = it.clock.every(1, () => { if (++n === 3) { stop(); resolve(n) } }) })`,
		),
		3,
	);
	assert.equal(await sandbox.call('health', `it.clock.sleep(1).then(() => 'slept')`), 'slept');
	assert.equal(
		await sandbox.call(
			'health',
			`(() => { const c = new AbortController(); const s = it.clock.sleep(1e9, c.signal).catch(e => e.failure.code); c.abort(); return s })()`,
		),
		'CWS_CANCELLED',
	);
	assert.match(
		String(await sandbox.call('health', `Array.from({length: 1001}, () => it.clock.every(1e9, () => {})).length`)),
		/RangeError: plugin quota: at most 1000 timers/,
	);
});
