import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {startTimeOf, type ProcessIdentity} from '../../../source/platform/process.ts';
import {tempDir} from '../temp-dir.ts';
import {codeOf, openTestStore, operation, valueOf} from './open-test-store.ts';

async function startProcess(t: TestContext): Promise<ProcessIdentity & {readonly kill: () => Promise<void>}> {
	const child = spawn('sleep', ['600'], {stdio: 'ignore'});
	await once(child, 'spawn');
	const kill = async () => {
		const exit = once(child, 'exit');
		child.kill('SIGKILL');
		await exit;
	};

	t.after(() => child.kill('SIGKILL'));
	return {pid: child.pid!, startTime: startTimeOf(child.pid!) ?? '', kill};
}

test('operations are updated in place and read newest first', async t => {
	const store = await openTestStore(t, ':memory:');
	valueOf(await store.saveOperation(operation('a')));
	valueOf(await store.saveOperation(operation('b', {name: 'web-2'})));
	valueOf(await store.saveOperation(operation('a', {state: 'verified', endedAt: 9})));
	assert.deepEqual(valueOf(await store.readOperations({limit: 10})), [
		operation('b', {name: 'web-2'}),
		operation('a', {state: 'verified', endedAt: 9}),
	]);
	assert.deepEqual(
		valueOf(await store.readOperations({limit: 10, unfinishedOnly: true})).map(({id}) => id),
		['b'],
	);
});

test('a second operation on a target waits until the first has ended', async t => {
	const store = await openTestStore(t, ':memory:');
	valueOf(await store.saveOperation(operation('a')));
	const refused = await store.saveOperation(operation('b', {action: 'destroy'}));
	assert.equal(codeOf(refused), 'CWS_CONFLICT');
	assert.deepEqual(!refused.ok && refused.error.details, {operation: 'a', action: 'deploy', pid: process.pid});
	assert.equal(valueOf(await store.readOperations({limit: 10})).length, 1);

	valueOf(await store.saveOperation(operation('a', {state: 'failed'})));
	valueOf(await store.saveOperation(operation('b', {action: 'destroy'})));
});

test('the reference is a target as well as the name, and a retry of an ended operation claims it anew', async t => {
	const store = await openTestStore(t, ':memory:');
	const ref = 'mock/-/-/vm/i-1';
	valueOf(await store.saveOperation(operation('a', {state: 'failed', ref})));
	valueOf(await store.saveOperation(operation('b', {name: 'renamed', ref})));
	assert.equal(codeOf(await store.saveOperation(operation('a', {state: 'requested', ref}))), 'CWS_CONFLICT');
	valueOf(await store.saveOperation(operation('c', {name: 'other', ref: 'mock/-/-/vm/i-2'})));
});

test('two programs never do one thing twice', async t => {
	const file = join(tempDir(t), 'cws.db');
	const colleague = await startProcess(t);
	const [mine, theirs] = [await openTestStore(t, file), await openTestStore(t, file, {owner: colleague})];
	const outcomes = await Promise.all([mine.saveOperation(operation('a')), theirs.saveOperation(operation('b', {pid: colleague.pid}))]);
	assert.deepEqual(outcomes.map(outcome => codeOf(outcome)).toSorted(), ['CWS_CONFLICT', 'ok']);
});

test('the operation of a killed program gives its target up and is ended', async t => {
	const file = join(tempDir(t), 'cws.db');
	const colleague = await startProcess(t);
	const [mine, theirs] = [await openTestStore(t, file), await openTestStore(t, file, {owner: colleague})];
	valueOf(await theirs.saveOperation(operation('a', {pid: colleague.pid})));
	assert.equal(codeOf(await mine.saveOperation(operation('b'))), 'CWS_CONFLICT');
	assert.equal(codeOf(await mine.saveOperation(operation('a'))), 'CWS_CONFLICT', 'taking it from the living');

	await colleague.kill();
	valueOf(await mine.saveOperation(operation('b')));
	const [second, first] = valueOf(await mine.readOperations({limit: 10}));
	assert.equal(second!.state, 'requested');
	assert.equal(first!.state, 'failed');
	assert.equal(first!.error?.code, 'CWS_CANCELLED');
});

test('the operation of a killed program can be followed by the next one', async t => {
	const file = join(tempDir(t), 'cws.db');
	const colleague = await startProcess(t);
	const [mine, theirs] = [await openTestStore(t, file), await openTestStore(t, file, {owner: colleague})];
	valueOf(await theirs.saveOperation(operation('a', {pid: colleague.pid})));
	await colleague.kill();
	valueOf(await mine.saveOperation(operation('a', {state: 'accepted'})));
	assert.deepEqual(valueOf(await mine.readOperations({limit: 10})), [operation('a', {state: 'accepted'})]);
});

test('a pid that was given to another process does not count as the owner', async t => {
	const file = join(tempDir(t), 'cws.db');
	const former = await openTestStore(t, file, {owner: {pid: process.pid, startTime: '1@before'}});
	valueOf(await former.saveOperation(operation('a')));
	const store = await openTestStore(t, file);
	if (startTimeOf(process.pid) === undefined) {
		t.skip('the system does not tell when a process started');
		return;
	}

	valueOf(await store.saveOperation(operation('b')));
});
