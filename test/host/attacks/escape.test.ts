import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Worker} from 'node:worker_threads';
import {sandboxFlags} from '../../../source/host/transport/sandbox-start.ts';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {inSandbox, probe} from '../sandbox/in-sandbox.ts';

/** What an expression gives in the thread's own realm after the sandbox was closed: as if the compartment were not there. */
async function inStartRealm(expressions: readonly string[]): Promise<readonly string[]> {
	const script = `${await sandboxBootstrap()}
;(async () => {
	const answers = [];
	for (const expression of ${JSON.stringify(expressions)}) {
		try { answers.push(String(await new Raw('return (' + expression + ')')())) } catch (error) { answers.push(error.name + ': ' + error.message) }
	}
	post(['told', 0, answers]);
})();`;
	const worker = new Worker(
		`'use strict'; const held = require('node:worker_threads').parentPort; const post = held.postMessage.bind(held), Raw = Function;\n${script}`,
		{
			eval: true,
			env: {},
			stdout: true,
			stderr: true,
			execArgv: [...sandboxFlags],
			workerData: {id: 'escaped', code: 'module.exports = {}', maxBufferBytes: 1_000_000},
		},
	);
	try {
		return await new Promise((resolve, reject) => {
			worker.on('message', ([kind, , answers]: [string, number, readonly string[]]) => {
				if (kind === 'told') {
					resolve(answers);
				}
			});
			worker.once('error', reject);
		});
	} finally {
		await worker.terminate();
	}
}

test('constructor-chain: the realm is empty', async () => {
	await using sandbox = await inSandbox(probe);
	assert.equal(
		await sandbox.call(
			'health',
			`['process', 'require', 'module', 'global', 'Buffer', 'fetch', 'Worker', 'WebAssembly', 'setImmediate', 'Compartment', 'lockdown']
				.filter(name => typeof globalThis[name] !== 'undefined').join()`,
		),
		'',
	);
	for (const owner of [
		'globalThis',
		'console.log',
		'setTimeout',
		'URL',
		'new AbortController().signal',
		'structuredClone({})',
		'Promise.resolve()',
	]) {
		const outcome = String(await sandbox.call('health', `${owner}.constructor.constructor('return typeof process')()`));
		assert.match(outcome, /^undefined$|TypeError/, owner);
	}
});

test('import-forms: module load denied', async () => {
	for (const code of ['import("node:fs")', 'import /**/ ("node:fs")', '// import("node:fs")', 'const text = `import ("x")`']) {
		await assert.rejects(inSandbox(`${code}\nmodule.exports = {}`), /SyntaxError/, code);
	}

	await using sandbox = await inSandbox(probe);
	assert.match(String(await sandbox.call('health', 'import("node:fs")')), /SyntaxError/);
	assert.match(String(await sandbox.call('health', 'require("node:fs")')), /require is not defined|require is not a function/);
});

test('import-source: module load denied', async () => {
	await assert.rejects(inSandbox('module.exports = {url: import.meta.url}'), /SyntaxError/);
	await using sandbox = await inSandbox(probe);
	assert.match(String(await sandbox.call('health', 'import.meta.url')), /SyntaxError/);
	assert.equal(await sandbox.call('health', 'typeof globalThis.Compartment + typeof globalThis.ModuleSource'), 'undefinedundefined');
});

test('mutate-intrinsics, shared-endowment: nothing that is shared can be changed', async () => {
	await using sandbox = await inSandbox(probe);
	for (const owner of [
		'Array.prototype',
		'Object.prototype',
		'Promise.prototype',
		'Date.prototype',
		'Uint8Array.prototype',
		'Float64Array.prototype',
		'URL.prototype',
		'URLSearchParams.prototype',
		'TextEncoder.prototype',
		'AbortSignal.prototype',
		'EventTarget.prototype',
		'Intl.DateTimeFormat.prototype',
		'Math',
		'console',
		'performance',
		'crypto',
		'setTimeout',
	]) {
		assert.match(String(await sandbox.call('health', `${owner}.changed = 1`)), /TypeError/, owner);
	}
});

test('prepare-stack-trace: a stack shows nothing and cannot be asked', async () => {
	await using sandbox = await inSandbox(probe);
	assert.equal(
		await sandbox.call(
			'health',
			`(() => { try { Error.prepareStackTrace = (error, sites) => sites } catch {} return typeof new Error('x').stack })()`,
		),
		'string',
	);
	assert.doesNotMatch(String(await sandbox.call('health', `new Error('x').stack`)), /node:|file:|\/|eval/);
});

test('post-escape: the realm is empty, module load denied', async () => {
	const lowerCase = `Reflect.ownKeys(globalThis).map(String).filter(key => /^[a-z]/.test(key)).toSorted().join(' ')`;
	const [globals, ...rest] = await inStartRealm([
		lowerCase,
		`typeof process + typeof require + typeof fetch + typeof WebAssembly + typeof setTimeout`,
		`import('node:fs')`,
		`import('data:text/javascript,1')`,
		`import('file:///etc/hostname')`,
	]);
	assert.equal(globals, 'assert eval globalThis harden isFinite isNaN parseFloat parseInt undefined');
	assert.equal(rest[0], 'undefinedundefinedundefinedundefinedundefined');
	for (const outcome of rest.slice(1)) {
		assert.match(outcome, /module load denied/);
	}
});

test('inspect-hook: what a plugin logs is never inspected', async () => {
	await using sandbox = await inSandbox(
		`let hooked = 0; const hook = Symbol.for('nodejs.util.inspect.custom');
		module.exports = {health() { const value = {a: 1, [hook]() { hooked++ }}; console.log(value); console.error(value, {b: {[hook]() { hooked++ }}}); return hooked }}`,
	);
	assert.equal(await sandbox.call('health'), 0);
	assert.deepEqual(
		sandbox.logs.map(log => (log as {readonly message: string}).message),
		['{"a":1}', '{"a":1} {"b":{}}'],
	);
});

test('inspector-main, sqlite-cookies, proc-environ, kill-parent, close-fd0, nested-worker: module load denied', async () => {
	await using sandbox = await inSandbox(probe);
	for (const name of ['inspector', 'sqlite', 'fs', 'process', 'child_process', 'worker_threads', 'net', 'vm', 'v8']) {
		assert.match(String(await sandbox.call('health', `require('node:${name}')`)), /require is not/, name);
	}

	const [kinds] = await inStartRealm([`typeof process + typeof require + typeof module`]);
	assert.equal(kinds, 'undefinedundefinedundefined');
});
