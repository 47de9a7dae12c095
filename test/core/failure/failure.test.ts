import assert from 'node:assert/strict';
import test from 'node:test';
import {errorCodes, exitCodeOf} from '../../../source/core/failure/error-codes.ts';
import {failure, FailureError, fixOf, formatFailure, isFailure, toFailure} from '../../../source/core/failure/failure.ts';
import {worstHealth} from '../../../source/core/health.ts';
import {failed, mapOutcome, ok} from '../../../source/core/failure/outcome.ts';

test('a failure is three lines: what, why, and what to do', () => {
	const value = failure('CWS_PORT_TAKEN', {message: 'Port 80 is in use.', cause: 'nginx listens there', fix: 'choose another'});
	assert.equal(formatFailure(value), 'error CWS_PORT_TAKEN: Port 80 is in use.\ncause: nginx listens there\ntry: choose another');
	assert.equal(fixOf(failure('CWS_NOT_FOUND', {message: 'x'})), 'See `cws list`.');
});

test('anything thrown becomes a failure, and a stack never gets through', () => {
	const own = failure('CWS_DENIED', {message: 'no'});
	assert.equal(toFailure(new FailureError(own)), own);
	assert.deepEqual(toFailure(new Error('boom'), 'CWS_STORE'), {code: 'CWS_STORE', message: 'boom'});
	assert.deepEqual(toFailure('text'), {code: 'CWS_INTERNAL', message: 'text'});
	assert.deepEqual(toFailure(undefined), {code: 'CWS_INTERNAL', message: 'undefined'});
	assert.equal(toFailure(AbortSignal.abort().reason).code, 'CWS_CANCELLED');
	const hostile = {
		toString() {
			throw new Error('ha');
		},
	};
	assert.deepEqual(toFailure(hostile), {code: 'CWS_INTERNAL', message: 'unprintable error'});
});

test('a failure is known by its code', () => {
	assert.equal(isFailure(JSON.parse(JSON.stringify(failure('CWS_DENIED', {message: 'no'})))), true);
	for (const value of [null, 'CWS_DENIED', {code: 'CWS_MADE_UP', message: 'x'}, {code: 'CWS_DENIED'}, {code: 'toString', message: 'x'}]) {
		assert.equal(isFailure(value), false);
	}
});

test('every code has an exit code, a meaning and a cure', () => {
	for (const [code, {meaning, cure}] of Object.entries(errorCodes)) {
		assert.match(meaning, /\.$/, code);
		assert.match(cure, /\.$/, code);
	}

	assert.deepEqual([exitCodeOf('CWS_USAGE'), exitCodeOf('CWS_NOT_FOUND'), exitCodeOf('CWS_CANCELLED')], [2, 3, 130]);
});

test('the worst health wins, and not knowing is worse than nothing only when nothing else is there', () => {
	assert.equal(worstHealth([]), 'unknown');
	assert.equal(worstHealth(['unknown', 'pass']), 'pass');
	assert.equal(worstHealth(['pass', 'fail', 'warn']), 'fail');
});

test('a change applies to a value and passes a failure through', () => {
	const no = failed(failure('CWS_DENIED', {message: 'no'}));
	assert.deepEqual(
		mapOutcome(ok(2), value => value * 2),
		ok(4),
	);
	assert.equal(
		mapOutcome(no, () => 1),
		no,
	);
});
