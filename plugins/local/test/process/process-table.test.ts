import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLinuxProcesses, parseStat} from '../../process/linux-processes.ts';
import {createPsProcesses, parsePs} from '../../process/ps-processes.ts';

const units = {pageBytes: 4096, ticksPerSecond: 100};

test('a process whose name holds spaces and parentheses is read right', () => {
	const line = '42 (a) b (c) S 1 42 40 0 -1 4194560 1 0 0 0 150 50 0 0 20 5 1 0 987654 10000000 256 18446744073709551615 0';
	assert.deepEqual(parseStat(line, units), {
		pid: 42,
		state: 'S',
		parent: 1,
		group: 42,
		session: 40,
		cpuMs: 2000,
		nice: 5,
		startTime: '987654',
		memoryBytes: 1_048_576,
	});
});

test('a torn line is no process', () => {
	assert.equal(parseStat('42 (sh) S 1', units), undefined);
	assert.equal(parseStat('', units), undefined);
});

test('the output of `ps` gives the same fields', () => {
	const [row] = parsePs('  501     1   501 Ss     0   2048 1-02:03:04 Sat Nov 21 09:14:51 2026\nnoise\n');
	assert.deepEqual(row, {
		pid: 501,
		state: 'S',
		parent: 1,
		group: 501,
		session: 501,
		cpuMs: 93_784_000,
		nice: 0,
		startTime: 'Sat Nov 21 09:14:51 2026',
		memoryBytes: 2_097_152,
	});
});

test('/proc and `ps` agree about this process', () => {
	const fromProc = createLinuxProcesses().read(process.pid);
	const fromPs = createPsProcesses().read(process.pid);
	assert.equal(fromProc?.parent, process.ppid);
	assert.equal(fromPs?.parent, process.ppid);
	assert.equal(fromPs.group, fromProc.group);
	assert.ok(fromProc.memoryBytes > 10_000_000 && fromPs.memoryBytes > 10_000_000);
});

test('a variable is found in the environment a process was started with, whole and not in part', () => {
	const table = createLinuxProcesses();
	assert.equal(table.hasVariable(process.pid, `PATH=${process.env.PATH}`), true);
	assert.equal(table.hasVariable(process.pid, `PATH=${process.env.PATH?.slice(0, 3)}`), false);
});
