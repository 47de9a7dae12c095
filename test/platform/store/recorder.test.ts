import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {test} from 'node:test';
import {startTimeOf} from '../../../source/platform/process.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {tempDir} from '../temp-dir.ts';
import {openTestStore, valueOf} from './open-test-store.ts';

test('one program records; another takes over when the heartbeat is older than 15 s', async t => {
	const file = join(tempDir(t), 'cws.db');
	const clock = createFakeClock();
	const first = await openTestStore(t, file, {clock});
	const second = await openTestStore(t, file, {clock, owner: {pid: process.ppid, startTime: startTimeOf(process.ppid) ?? ''}});
	assert.equal(valueOf(await first.claimRecorder()), true);
	assert.equal(valueOf(await second.claimRecorder()), false);

	await clock.advance(10_000);
	assert.equal(valueOf(await first.claimRecorder()), true, 'it stays recorder');
	await clock.advance(15_000);
	assert.equal(valueOf(await second.claimRecorder()), false, 'still fresh enough');
	await clock.advance(1);
	assert.equal(valueOf(await second.claimRecorder()), true);
	assert.equal(valueOf(await first.claimRecorder()), false, 'it has lost it');
});

test('the recorder of a killed program is free at once', async t => {
	const file = join(tempDir(t), 'cws.db');
	const child = spawn('sleep', ['600'], {stdio: 'ignore'});
	await once(child, 'spawn');
	t.after(() => child.kill('SIGKILL'));
	const theirs = await openTestStore(t, file, {owner: {pid: child.pid!, startTime: startTimeOf(child.pid!) ?? ''}});
	const mine = await openTestStore(t, file);
	assert.equal(valueOf(await theirs.claimRecorder()), true);
	assert.equal(valueOf(await mine.claimRecorder()), false);

	const exit = once(child, 'exit');
	child.kill('SIGKILL');
	await exit;
	assert.equal(valueOf(await mine.claimRecorder()), true);
});

test('a program that closes hands the recorder on, and a clock set back does not hold it', async t => {
	const file = join(tempDir(t), 'cws.db');
	const clock = createFakeClock();
	const parent = {pid: process.ppid, startTime: startTimeOf(process.ppid) ?? ''};
	const first = await openTestStore(t, file, {clock});
	assert.equal(valueOf(await first.claimRecorder()), true);
	await first.close();

	const second = await openTestStore(t, file, {clock, owner: parent});
	assert.equal(valueOf(await second.claimRecorder()), true);
	clock.jump(-3_600_000);
	const third = await openTestStore(t, file, {clock});
	assert.equal(valueOf(await third.claimRecorder()), true);
});
