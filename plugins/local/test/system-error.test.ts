import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {toProviderError} from '../system-error.ts';

const failureOf = (error: unknown) => {
	const told = toProviderError(error, 'remove `a`');
	assert.ok(told instanceof FailureError);
	return told.failure;
};

test('what `rmSync` says without a code is understood by its text', () => {
	// As Node 26 throws it.
	const thrown = (text: string) => Object.assign(new Error(`, Unknown error: ${text} '/d/a-1'`), {code: '', path: '/d/a-1'});
	const readOnly = failureOf(thrown('Read-only file system'));
	assert.deepEqual(
		[readOnly.code, readOnly.message, readOnly.cause],
		['CWS_READ_ONLY', 'Cannot remove `a`: the disk is read-only.', 'the disk of `/d/a-1` is read-only'],
	);
	assert.equal(failureOf(thrown('No space left on device')).code, 'CWS_DISK_FULL');
	assert.equal(failureOf(thrown('Device or resource busy')).cause, "Device or resource busy '/d/a-1'");
});

test('a code is enough without a text', () => {
	const denied = failureOf(Object.assign(new Error('no'), {code: 'EACCES', path: '/d/a-1'}));
	assert.deepEqual([denied.code, denied.message], ['CWS_READ_ONLY', 'Cannot remove `a`: access is denied.']);
});
