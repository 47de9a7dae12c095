import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inSandbox, probe} from '../sandbox/in-sandbox.ts';

const refused = /RangeError: plugin quota/;

test('buffer-16g: no way of making a large buffer is left', async () => {
	await using sandbox = await inSandbox(probe);
	for (const expression of [
		'new Uint8Array(16e9)',
		'new ArrayBuffer(16e9)',
		`new Uint8Array('16e9')`,
		'new ArrayBuffer({valueOf: () => 16e9})',
		'new (Uint8Array.prototype.constructor)(16e9)',
		'new (Object.getPrototypeOf(new Float64Array(1)).constructor)(2e9)',
		'new (class extends Uint8Array {})(16e9)',
		'Reflect.construct(Uint8Array, [16e9], Float64Array)',
		'Uint8Array.from({length: 16e9})',
		'new Uint8Array({length: 16e9})',
		'new ArrayBuffer(1).transfer(16e9)',
		'new BigInt64Array(1e9)',
	]) {
		assert.match(String(await sandbox.call('health', expression)), refused, expression);
	}

	assert.equal(await sandbox.call('health', 'new Uint8Array({n: 0, get length() { return this.n++ === 0 ? 2 : 16e9 }}).length'), '2');
});

test('buffers up to the quota work as everywhere', async () => {
	await using sandbox = await inSandbox(probe);
	for (const [expression, expected] of [
		['new Uint8Array([1, 2, 3]).map(x => x * 2).join()', '2,4,6'],
		['Uint8Array.from(new Set([1, 2])).join()', '1,2'],
		['Uint8Array.of(5).length', '1'],
		['new Uint8Array(new Uint8Array([7]).buffer, 0, 1)[0]', '7'],
		['new Float64Array(new Float32Array([1.5]))[0]', '1.5'],
		['new Uint8Array(4).subarray(1).slice(1).length', '2'],
		['new ArrayBuffer(8).slice(2).byteLength', '6'],
		['new ArrayBuffer(8).transfer(4).byteLength', '4'],
		['ArrayBuffer.isView(new DataView(new ArrayBuffer(1)))', 'true'],
		['new (class Own extends Uint8Array { twice() { return this.length * 2 } })(3).twice()', '6'],
		['new Uint8Array(2) instanceof Uint8Array && new ArrayBuffer(1) instanceof ArrayBuffer', 'true'],
		['[Uint8Array.name, Uint8Array.length, Uint8Array.BYTES_PER_ELEMENT, Float64Array.BYTES_PER_ELEMENT].join()', 'Uint8Array,3,1,8'],
	] as const) {
		assert.equal(await sandbox.call('health', expression), expected, expression);
	}
});

test('resizable: buffers that grow are not there', async () => {
	await using sandbox = await inSandbox(probe);
	assert.match(String(await sandbox.call('health', 'new ArrayBuffer(1, {maxByteLength: 8e9})')), refused);
	assert.match(String(await sandbox.call('health', 'new ArrayBuffer(1).resize(8e9)')), /TypeError/);
	for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics']) {
		assert.equal(await sandbox.call('health', `typeof ${name}`), 'undefined');
	}
});

test('recursion: an endless one is an error of its call', async () => {
	await using sandbox = await inSandbox(
		'let n = 0; module.exports = {health() { if (n++ > 0) return n; const f = i => f(i + 1) + 1; return f(0) }}',
	);
	assert.match(String(await sandbox.call('health')), /RangeError: Maximum call stack/);
	assert.equal(await sandbox.call('health'), 2);
});

test('json-depth: an answer that is nested without end never leaves the sandbox', async () => {
	await using sandbox = await inSandbox(
		`module.exports = {health() { let value = []; for (let i = 0; i < 1000; i++) value = [value]; return value }, provider: {get() { let value = []; for (let i = 0; i < 1e6; i++) value = [value]; return value }}}`,
	);
	assert.match(String(await sandbox.call('health')), /nested deeper than 64 levels/);
	assert.match(String(await sandbox.call('provider.get')), /RangeError/);
	assert.deepEqual(sandbox.violations, []);
});
