import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {checkDisk, checkHealth, checkMemory} from '../health.ts';
import {toProviderError} from '../system-error.ts';
import {localForTest} from './local-for-test.ts';

const gigabyte = 1024 ** 3;

test('a nearly full disk warns, a full one fails, and low memory warns', () => {
	assert.equal(checkDisk({total: 100 * gigabyte, available: 50 * gigabyte})[0]?.status, 'pass');
	assert.equal(checkDisk({total: 100 * gigabyte, available: 2 * gigabyte})[0]?.status, 'warn');
	assert.equal(checkDisk({total: 100 * gigabyte, available: 1024})[0]?.status, 'fail');
	assert.equal(checkMemory({total: 16 * gigabyte, available: gigabyte / 4}).status, 'warn');
});

test('a data directory that cannot be made fails with what to do', () => {
	const directory = mkdtempSync(join(tmpdir(), 'cws-local-'));
	writeFileSync(join(directory, 'file'), '');
	const {context} = localForTest({}, join(directory, 'file', 'data'));
	const health = checkHealth(context);
	rmSync(directory, {recursive: true});
	assert.equal(health.status, 'fail');
	assert.match(health.output ?? '', /^cannot write /);
	assert.match(health.fix ?? '', /CWS_HOME/);
});

test('what the system refuses has a code and a fix', () => {
	const failureOf = (code: string) =>
		(
			toProviderError(Object.assign(new Error(code), {code, path: '/data/x'}), 'create `web-1`') as {
				failure?: {code: string; cause: string};
			}
		).failure;
	assert.equal(failureOf('ENOSPC')?.code, 'CWS_DISK_FULL');
	assert.equal(failureOf('EROFS')?.code, 'CWS_READ_ONLY');
	assert.equal(failureOf('EROFS')?.cause, 'the disk of `/data/x` is read-only');
	assert.equal(failureOf('EIO')?.code, 'CWS_PROVIDER_FAILED');
});
