import assert from 'node:assert/strict';
import {test} from 'node:test';
import {withDoubts} from '../../../source/host/slot/health-doubts.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';

const hour = 3_600_000;
const well = {status: 'pass', output: 'fine'} as const;
const hook = {on: 'instance.*', handler: 'hear', priority: 500, handled: 1, failed: 7, dropped: 0};
const task = {name: 'refresh', everySeconds: 60, state: 'backoff' as const, runs: 9, failures: 5};

test('handlers and tasks that keep failing, and what was denied of late, make a warning of a plugin that says it is well', () => {
	for (const [parts, output] of [
		[{}, undefined],
		[{hooks: [hook]}, 'its handler of instance.* failed 7 of 8 times'],
		[{hooks: [{...hook, failed: 4}]}, undefined],
		[{hooks: [{...hook, handled: 100}]}, undefined],
		[{tasks: [task]}, 'its task refresh failed 5 times in a row'],
		[{denied: {count: 2, last: {at: 5 * hour, what: '`http.fetch`'}}}, 'tried 2 times what it may not, last `http.fetch`'],
		[{denied: {count: 2, last: {at: 4 * hour, what: '`http.fetch`'}}}, undefined],
	] as const) {
		const health = withDoubts(well, fakePlugin('acme', [], parts), 5.5 * hour);
		assert.deepEqual(health, output === undefined ? well : {status: 'warn', output});
	}
});

test('what a plugin says itself goes before any doubt', () => {
	const failing = {status: 'fail', output: 'no network'} as const;
	assert.equal(withDoubts(failing, fakePlugin('acme', [], {hooks: [hook]}), 0), failing);
});
