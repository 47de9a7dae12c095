import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {test} from 'node:test';
import {isAlive, ownProcess, startTimeOf} from '../../source/platform/process.ts';

test('this process is alive under its own start time and under no other', t => {
	const {pid, startTime, user} = ownProcess();
	assert.equal(pid, process.pid);
	assert.notEqual(user, '');
	assert.equal(isAlive(pid), true);
	assert.equal(isAlive(pid, startTime), true);
	if (startTime === '') {
		t.skip('the system does not tell when a process started');
		return;
	}

	assert.equal(isAlive(pid, '1@never'), false);
	assert.equal(startTimeOf(pid), startTime);
});

test('an ended process is not alive, also before its parent has looked', async () => {
	const child = spawn('sleep', ['600'], {stdio: 'ignore'});
	await once(child, 'spawn');
	const pid = child.pid!;
	const startTime = startTimeOf(pid);
	assert.equal(isAlive(pid, startTime), true);
	process.kill(pid, 'SIGKILL');
	await once(child, 'exit');
	assert.equal(isAlive(pid, startTime), false);
});

test('no process has a pid that is none', () => {
	for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 31 - 1]) {
		assert.equal(isAlive(pid), false, String(pid));
	}
});
