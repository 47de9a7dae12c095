import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {openProcessTransport} from '../../../source/host/transport/process-transport.ts';
import {processStats, statsOfPs} from '../../../source/host/transport/process-stats.ts';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {collect, inSandbox, probe} from '../sandbox/in-sandbox.ts';

const bootstrap = await sandboxBootstrap();
const open = openProcessTransport(() => bootstrap);

test('the same sandbox runs in a process of its own', async () => {
	await using sandbox = await inSandbox(
		`module.exports = {
			health: (...args) => ({status: 'pass', output: typeof process + args.length}),
			provider: {async *list() { for (let page = 0; page < 40; page++) yield {resources: Array.from({length: 256}, (_, i) => ({id: 'r' + i, text: 'x'.repeat(300)}))} }},
		}`,
		{open},
	);
	assert.deepEqual(await sandbox.call('health'), {status: 'pass', output: 'undefined1'});
	const chunks = await collect(sandbox.connection.stream({method: 'provider.list', args: [{type: 'vm'}]}));
	const rows = chunks.flatMap(chunk => (chunk.ok ? chunk.value.flatMap(page => (page as {readonly resources: unknown[]}).resources) : []));
	assert.equal(rows.length, 40 * 256);
	assert.deepEqual(sandbox.output, []);
});

test('its quotas hold, and what Node loads late is loaded, in a process too', async () => {
	await using sandbox = await inSandbox(probe, {open});
	assert.equal(await sandbox.call('health', '1 + 1'), '2');
	assert.match(String(await sandbox.call('health', 'new Uint8Array(1e9)')), /plugin quota/);
	assert.equal(await sandbox.call('health', 'typeof crypto.randomUUID()'), 'string');
});

test('its memory, its time and its priority are those of the process', async () => {
	await using sandbox = await inSandbox(
		`let kept; module.exports = {health() { kept = new Uint8Array(60e6).fill(1); for (let i = 0, s = 0; i < 3e7; i++) s += i % 7; return 1 }}`,
		{open},
	);
	const before = await sandbox.transport.stats();
	await sandbox.call('health');
	const after = await sandbox.transport.stats();
	assert.ok(after.memoryBytes - before.memoryBytes > 50e6, `${before.memoryBytes} → ${after.memoryBytes}`);
	assert.ok(after.cpuMicros > before.cpuMicros);
	assert.ok(sandbox.transport.lowerPriority(10));
});

test('it ends at once, whatever it is doing', async () => {
	const sandbox = await inSandbox(`module.exports = {health() { for (;;) JSON.parse('[1]') }}`, {open});
	void sandbox.call('health');
	await sandbox.transport.kill();
	assert.equal((await sandbox.exited).error, undefined);
	await assert.rejects(sandbox.transport.stats());
});

test('a heap that is full ends the process and nothing else', async () => {
	const sandbox = await inSandbox(`module.exports = {health() { const kept = []; for (;;) kept.push(new Array(1e5).fill(0)) }}`, {
		open: setup => open({...setup, hardHeapMb: 64}),
	});
	const outcome = await sandbox.call('health');
	assert.match(String(outcome), /ended: the process was ended by SIG/);
	assert.equal((await sandbox.exited).error?.code, 'ERR_WORKER_OUT_OF_MEMORY');
});

test('what ps says is read where there is no /proc', async () => {
	const {memoryBytes, cpuMicros} = await statsOfPs(process.pid);
	const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
	assert.ok(Math.abs(memoryBytes - resident) < resident / 2, `${memoryBytes} beside ${resident}`);
	assert.ok(cpuMicros >= 0 && cpuMicros <= (await processStats(process.pid)).cpuMicros + 1_000_000);
});
