import assert from 'node:assert/strict';
import {readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {createSuspects} from '../../source/platform/suspects.ts';
import {tempDir} from './temp-dir.ts';

test('names are on the disk as long as they are suspected, for this user alone', t => {
	const directory = tempDir(t);
	const suspects = createSuspects({directory, pid: 7, startTime: '1', isAlive: () => true});
	suspects.add('bomber');
	suspects.add('other');
	assert.deepEqual(readdirSync(directory), ['suspects-7.json']);
	assert.equal(statSync(join(directory, 'suspects-7.json')).mode & 0o777, 0o600);
	suspects.remove('bomber');
	suspects.remove('other');
	assert.deepEqual(readdirSync(directory), []);
});

test('what dead processes left is read once, what living ones have stays', t => {
	const directory = tempDir(t);
	for (const [pid, name] of [
		[7, 'bomber'],
		[8, 'bomber'],
		[9, 'busy'],
	] as const) {
		createSuspects({directory, pid, startTime: String(pid), isAlive: () => true}).add(name);
	}

	writeFileSync(join(directory, 'suspects-10.json'), 'broken');
	const next = createSuspects({directory, pid: 11, startTime: '11', isAlive: (pid, startTime) => pid === 9 && startTime === '9'});
	assert.deepEqual(next.takeDead(), ['bomber']);
	assert.deepEqual(next.takeDead(), []);
	assert.deepEqual(readdirSync(directory), ['suspects-9.json']);
});

test('a directory that is not there blames nobody', () => {
	const suspects = createSuspects({directory: '/nowhere/at/all', pid: 7, startTime: '1', isAlive: () => false});
	suspects.add('bomber');
	assert.deepEqual(suspects.takeDead(), []);
});
