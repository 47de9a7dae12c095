import assert from 'node:assert/strict';
import {test} from 'node:test';
import {makeBootstrapCache} from '../../../source/host/transport/bootstrap-cache.ts';
import {openSandboxTransport} from '../../../source/host/transport/sandbox-transport.ts';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {collect, inSandbox, probe} from './in-sandbox.ts';

const hello = `module.exports = {
	health: () => ({status: 'pass', output: 'hello'}),
	provider: {async *list(query) { yield {resources: [{id: query.type}]} }},
}`;

test('a plugin in the sandbox answers calls and streams', async () => {
	await using sandbox = await inSandbox(hello);
	assert.deepEqual(await sandbox.call('health'), {status: 'pass', output: 'hello'});
	const chunks = await collect(sandbox.connection.stream({method: 'provider.list', args: [{type: 'vm'}]}));
	assert.deepEqual(chunks, [{ok: true, value: [{resources: [{id: 'vm'}]}]}]);
	assert.deepEqual(sandbox.violations, []);
	assert.deepEqual(sandbox.output, []);
});

test('with what the engine made of the bootstrap before, or with rubbish, it starts the same', async () => {
	const bootstrap = await sandboxBootstrap();
	for (const cache of [await makeBootstrapCache(bootstrap), new Uint8Array(1000), new Uint8Array(0)]) {
		await using sandbox = await inSandbox(probe, {
			open: openSandboxTransport(
				() => bootstrap,
				() => cache,
			),
		});
		assert.equal(await sandbox.call('health', 'typeof process + typeof require'), 'undefinedundefined');
		assert.match(String(await sandbox.call('health', 'import("node:fs")')), /SyntaxError/);
	}
});

test('both shapes esbuild gives a default export are a plugin', async () => {
	for (const code of [
		'module.exports = {health: () => 1}',
		'exports.default = {health: () => 1}',
		'(() => { module.exports = {__esModule: true, default: {health: () => 1}} })()',
	]) {
		await using sandbox = await inSandbox(code);
		assert.equal(await sandbox.call('health'), 1);
	}
});

test('a script that throws, or is none, or is no plugin, fails to load with its own words', async () => {
	await assert.rejects(inSandbox('throw new RangeError("no such region")'), /RangeError: no such region/);
	await assert.rejects(inSandbox('const ='), /SyntaxError/);
	await assert.rejects(inSandbox('module.exports = 5'), /no plugin as its default export/);
});

test('the host is told where in the script an error came from, the plugin is not', async () => {
	await using sandbox = await inSandbox(
		`const deep = value => value.missing.field;
module.exports = {
	health() { setTimeout(() => deep({}), 1); return new Promise(resolve => setTimeout(resolve, 20, 1)) },
	provider: {get() { try { deep({}) } catch (error) { return String(error.stack) } }},
}`,
	);
	await sandbox.call('health');
	const {stack} = sandbox.uncaught[0] as {readonly stack: string};
	assert.match(stack, /^ +at deep \(plugin\.js:1:\d+\)\s+at .*plugin\.js:3:\d+/);
	assert.equal(await sandbox.call('provider.get'), '');
});

test('what libraries need of the language is there', async () => {
	await using sandbox = await inSandbox(probe);
	for (const [expression, expected] of [
		['typeof Date.now()', 'number'],
		['new Date(0).toISOString()', '1970-01-01T00:00:00.000Z'],
		['Math.random() < 1 && Math.max(1, 2)', '2'],
		[`new Intl.NumberFormat('de').format(1234.5)`, '1.234,5'],
		[`new URL('/a?b=1', 'https://c').searchParams.get('b')`, '1'],
		[`new TextDecoder().decode(new TextEncoder().encode('é'))`, 'é'],
		[`atob(btoa('x'))`, 'x'],
		['structuredClone({a: [1]}).a[0]', '1'],
		['new Float64Array([1.5])[0]', '1.5'],
		['crypto.getRandomValues(new Uint8Array(4)).length + crypto.randomUUID().length', '40'],
		['new Promise(resolve => setTimeout(resolve, 1, 7))', '7'],
		['new Promise(resolve => queueMicrotask(() => resolve(8)))', '8'],
		['(() => {const e = new Error("a"); e.message = "b"; e.name = "C"; return String(e)})()', 'C: b'],
		['(() => {const c = new AbortController(); c.abort(); return c.signal.aborted})()', 'true'],
		['new Set([1]).union(new Set([2])).size', '2'],
	] as const) {
		assert.equal(await sandbox.call('health', expression), expected, expression);
	}
});

test('a text of a bundle may look like a comment of HTML', async () => {
	await using sandbox = await inSandbox(
		`let n = 3, turns = 0; while (n-->0) turns++; module.exports = {health: () => '<!--'.length + '-->'.length + /-->/.source.length + turns}`,
	);
	assert.equal(await sandbox.call('health'), 16);
});

test('an interval runs until it is cleared, and its error is told', async () => {
	await using sandbox = await inSandbox(
		`module.exports = {health: () => new Promise(resolve => {
			let n = 0;
			const timer = setInterval(() => { if (++n === 3) { clearInterval(timer); resolve(n) } throw new Error('turn ' + n) }, 1);
		})}`,
	);
	assert.equal(await sandbox.call('health'), 3);
	assert.deepEqual(
		sandbox.uncaught.map(error => (error as Error).message),
		['turn 1', 'turn 2', 'turn 3'],
	);
});

test('a rejection that nobody handles is told and does not end the sandbox', async () => {
	await using sandbox = await inSandbox(
		`module.exports = {health: () => { Promise.reject(new TypeError('lost')); return new Promise(resolve => setTimeout(resolve, 5, 'alive')) }}`,
	);
	assert.equal(await sandbox.call('health'), 'alive');
	assert.deepEqual(
		sandbox.uncaught.map(error => [(error as Error).name, (error as Error).message]),
		[['TypeError', 'lost']],
	);
});

test('the console is the log', async () => {
	await using sandbox = await inSandbox(
		`module.exports = {health() { console.log('one', {two: 2}); console.error(new Error('three')); return 1 }}`,
	);
	await sandbox.call('health');
	assert.deepEqual(sandbox.logs, [
		{level: 'info', message: 'one {"two":2}'},
		{level: 'error', message: 'Error: three'},
	]);
});

test('a thread where Node denies nothing refuses to run', async () => {
	const {Worker} = await import('node:worker_threads');
	const worker = new Worker(await sandboxBootstrap(), {
		eval: true,
		env: {},
		execArgv: ['--no-warnings'],
		stdout: true,
		stderr: true,
		workerData: {id: 'open', code: 'module.exports = {}', maxBufferBytes: 1000},
	});
	const messages: unknown[] = [];
	worker.on('message', message => messages.push(message));
	const error = await new Promise<Error>(resolve => {
		worker.once('error', thrown => resolve(thrown as Error));
	});
	assert.match(error.message, /the sandbox cannot be closed: Node allows fs\.read, fs\.write, child/);
	assert.deepEqual(messages, []);
});
