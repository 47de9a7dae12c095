import assert from 'node:assert/strict';
import {renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'node:test';
import {watchFile} from '../../source/platform/watch-file.ts';
import {tempDir} from './temp-dir.ts';

// The pause is over as soon as it begins.
const clock = {
	after(_ms: number, callback: () => void) {
		setImmediate(callback);
		return () => {};
	},
};

test('a file that is written, replaced or new is told of, and its neighbours are not', async t => {
	const directory = tempDir(t);
	const file = join(directory, 'config.toml');
	let told = Promise.withResolvers<void>();
	let count = 0;
	const stop = watchFile(file, clock, () => {
		count += 1;
		told.resolve();
	});
	t.after(stop);
	writeFileSync(join(directory, 'other'), '1');
	writeFileSync(file, 'a = 1');
	await told.promise;
	told = Promise.withResolvers();
	writeFileSync(`${file}.tmp`, 'a = 2');
	renameSync(`${file}.tmp`, file);
	await told.promise;
	assert.ok(count >= 2);
});

test('a folder that is not there is no error', t => {
	watchFile(join(tempDir(t), 'none', 'config.toml'), clock, () => {})();
});
