import assert from 'node:assert/strict';
import {existsSync, readFileSync, statSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {createRedactor} from '../../source/core/text/redact.ts';
import {createLog} from '../../source/platform/log.ts';
import {tempDir} from './temp-dir.ts';

const lines = (file: string) =>
	readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Record<string, unknown>);

test('entries are kept in memory and written as JSON lines', t => {
	const log = createLog({directory: tempDir(t), now: () => 0, pid: 7});
	log.write('info', 'one \u001B[31mred');
	log.write('error', 'two', {error: new Error('why'), count: 3});
	log.flush();
	const [one, two] = lines(log.file);
	assert.deepEqual(one, {at: '1970-01-01T00:00:00.000Z', pid: 7, level: 'info', message: 'one ␛[31mred'});
	assert.equal((two!['error'] as Error).message, 'why');
	assert.match((two!['error'] as Error).stack!, /log\.test/);
	assert.deepEqual(
		log.recent().map(({message}) => message),
		['one ␛[31mred', 'two'],
	);
});

test('what is written reaches the file by itself', async t => {
	const log = createLog({directory: tempDir(t), now: () => 0, pid: 7});
	log.write('info', 'one');
	await new Promise(setImmediate);
	await new Promise(setImmediate);
	assert.equal(lines(log.file).length, 1);
});

test('the file is rotated once and both parts stay below the limit', t => {
	const log = createLog({directory: tempDir(t), now: () => 0, pid: 7, maxBytes: 1000, kept: 10});
	for (let index = 0; index < 100; index++) {
		log.write('info', `line ${index}`);
		log.flush();
	}

	assert.ok(statSync(log.file).size <= 1000);
	assert.ok(statSync(`${log.file}.1`).size <= 1000);
	assert.equal(lines(log.file).at(-1)!['message'], 'line 99');
	assert.equal(log.recent().length, 10);
	assert.equal(existsSync(`${log.file}.2`), false);
});

test('a full disk, a missing directory and fields that are not JSON harm nobody', t => {
	const directory = tempDir(t);
	if (existsSync('/dev/full')) {
		symlinkSync('/dev/full', join(directory, 'cws.log'));
	}

	for (const log of [
		createLog({directory, now: () => 0, pid: 7}),
		createLog({directory: join(directory, 'absent'), now: () => 0, pid: 7}),
	]) {
		log.write('warn', 'still here', {big: 1n});
		log.flush();
		assert.equal(log.recent()[0]!.message, 'still here');
	}
});

test('secrets are taken out of the message, the fields and the stack, in memory and in the file', t => {
	const log = createLog({directory: tempDir(t), now: () => 0, pid: 7, redact: createRedactor(['hcl-"s3cr3t"'])});
	log.write('error', 'no hcl-"s3cr3t"', {error: new Error('bad hcl-"s3cr3t"'), url: `https://x/?t=${encodeURIComponent('hcl-"s3cr3t"')}`});
	log.flush();
	assert.equal(log.recent()[0]!.message, 'no [redacted]');
	const text = readFileSync(log.file, 'utf8');
	assert.doesNotMatch(text, /s3cr3t/);
	assert.equal(lines(log.file)[0]!['message'], 'no [redacted]');
	assert.equal(text.split('[redacted]').length, 5);
});
