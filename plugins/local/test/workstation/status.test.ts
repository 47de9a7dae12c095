import assert from 'node:assert/strict';
import {test} from 'node:test';
import {describeExit, type Facts, statusOf} from '../../workstation/status.ts';

const run = {run: 'r', pid: 10, startTime: '1', keeper: 9, keeperStartTime: '1', logger: 8, loggerStartTime: '1', bootId: 'b'};
const facts: Facts = {
	now: 100_000,
	record: {
		version: 1,
		id: 'a-1',
		name: 'a',
		createdAt: 90_000,
		token: 't',
		spec: {template: 'shell', command: 'sleep 1', protocol: 'http', env: {}, port: 8080},
		start: {run: 'r', at: 90_000, isFirst: true, limits: []},
	},
	run,
	isReady: true,
	isThisBoot: true,
	leaderState: 'S',
	isKeeperAlive: true,
	leftovers: 0,
	lastLines: () => ['last words'],
	readySeconds: 60,
	stopGraceSeconds: 10,
};
const ended: Facts = {...facts, leaderState: undefined, isKeeperAlive: false};

test('a living process is running when ready, creating before that, and pending when it was started again', () => {
	assert.equal(statusOf(facts).status, 'running');
	assert.equal(statusOf({...facts, isReady: false}).status, 'creating');
	const again = {...facts.record, start: {...facts.record.start!, isFirst: false}};
	assert.equal(statusOf({...facts, record: again, isReady: false}).status, 'pending');
});

test('a suspended process is hibernated, and a fresh stop makes it stopping', () => {
	assert.equal(statusOf({...facts, leaderState: 'T'}).status, 'hibernated');
	assert.equal(statusOf({...facts, stop: {run: 'r', at: 99_000, isKilled: false}}).status, 'stopping');
});

test('a stop that was interrupted long ago is told, not hidden', () => {
	const status = statusOf({...facts, now: 200_000, stop: {run: 'r', at: 99_000, isKilled: false}});
	assert.deepEqual(status, {status: 'running', raw: 'running', reason: 'a stop of it was interrupted; stop it again'});
});

test('an end after a stop is stopped whatever its exit status, one of itself is failed with its last words', () => {
	const exit = {run: 'r', code: 143, at: 99_500};
	assert.equal(statusOf({...ended, exit, stop: {run: 'r', at: 99_000, isKilled: false}}).status, 'stopped');
	assert.deepEqual(statusOf({...ended, exit: {...exit, code: 1}}), {
		status: 'failed',
		raw: 'exit 1',
		reason: 'it ended by itself (exit status 1) · last words',
	});
});

test('one that was asked to end by a signal is stopped although no stop could be written, one that was killed is not', () => {
	const exit = {run: 'r', code: 143, at: 99_500};
	const {status, reason} = statusOf({...ended, exit});
	assert.deepEqual([status, reason], ['stopped', 'it was asked to end (SIGTERM)']);
	assert.equal(statusOf({...ended, exit: {...exit, code: 137}}).status, 'failed');
});

test('what belongs to an earlier run does not count', () => {
	const status = statusOf({...facts, exit: {run: 'old', code: 1, at: 1}, stop: {run: 'old', at: 1, isKilled: false}});
	assert.equal(status.status, 'running');
});

test('a start nobody recorded is starting for seconds and then failed', () => {
	const unrecorded = {...ended, run: undefined};
	assert.equal(statusOf({...unrecorded, now: 91_000}).status, 'creating');
	assert.equal(statusOf(unrecorded).status, 'failed');
});

test('a run of another boot is stopped', () => {
	assert.equal(statusOf({...ended, isThisBoot: false}).reason, 'the machine restarted while it ran');
});

test('exit statuses are told in words', () => {
	assert.equal(describeExit(139), 'killed by SIGSEGV');
	assert.equal(describeExit(127), 'exit status 127, command not found');
	assert.equal(describeExit(2), 'exit status 2');
});
