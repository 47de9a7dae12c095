import assert from 'node:assert/strict';
import {statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {ensureDirectories, resolveDirectories} from '../../source/platform/directories.ts';
import {tempDir} from './temp-dir.ts';

test('the directories follow XDG, and a relative variable is ignored', () => {
	assert.deepEqual(resolveDirectories({environment: {XDG_CONFIG_HOME: '/etc/me', XDG_CACHE_HOME: 'relative'}, home: '/home/ann'}), {
		config: '/etc/me/cws',
		data: '/home/ann/.local/share/cws',
		state: '/home/ann/.local/state/cws',
		cache: '/home/ann/.cache/cws',
	});
});

test('CWS_HOME puts all four under one directory', () => {
	assert.deepEqual(resolveDirectories({environment: {CWS_HOME: '/srv/cws', XDG_CONFIG_HOME: '/etc/me'}, home: '/home/ann'}), {
		config: '/srv/cws/config',
		data: '/srv/cws/data',
		state: '/srv/cws/state',
		cache: '/srv/cws/cache',
	});
});

test('missing directories are made for the user alone', t => {
	const directories = resolveDirectories({environment: {CWS_HOME: join(tempDir(t), 'a', 'b')}});
	assert.deepEqual(ensureDirectories(directories), []);
	assert.deepEqual(ensureDirectories(directories), []);
	assert.equal(statSync(directories.state).mode & 0o777, 0o700);
});

test('a directory that cannot be made is a failure with a fix, and never an exception or an endless loop', t => {
	const file = join(tempDir(t), 'file');
	writeFileSync(file, '');
	for (const home of [file, '/proc/cws', '/dev/null']) {
		const failures = ensureDirectories(resolveDirectories({environment: {CWS_HOME: home}}));
		assert.deepEqual(
			failures.map(({code}) => code),
			['CWS_READ_ONLY', 'CWS_READ_ONLY', 'CWS_READ_ONLY', 'CWS_READ_ONLY'],
		);
		assert.ok(failures[0]!.message.includes(`${home}/config`));
	}
});
