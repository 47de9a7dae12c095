import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../../source/core/failure/outcome.ts';
import {type TaskContribution} from '../../../source/core/manifest/contributions.ts';
import {createTask} from '../../../source/host/scheduler/task.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

const no = failed(failure('CWS_PLUGIN_FAILED', {message: 'no', cause: 'down'}));
const second = 1000;
const minute = 60 * second;

function schedule(parts: Partial<TaskContribution> = {}, {random = 0.5}: {random?: number} = {}) {
	const clock = createFakeClock();
	const start = clock.monotonic();
	const runs: number[] = [];
	const failures: (number | undefined)[] = [];
	let answer: (signal: AbortSignal) => Promise<Outcome<void>> = async () => ok(undefined);
	const task = createTask({
		plugin: 'acme',
		contribution: {name: 'refresh', everySeconds: 60, handler: 'refresh', ...parts},
		clock,
		random: () => random,
		limits: {taskBackoffMaxMs: 300 * second},
		work(signal) {
			runs.push((clock.monotonic() - start) / second);
			return answer(signal);
		},
		onChange() {},
		onFailed: (_failure, nextInMs) => failures.push(nextInMs),
	});
	return {clock, task, runs, failures, answerWith: (next: typeof answer) => (answer = next)};
}

test('a task runs when it is switched on and then at its interval', async () => {
	const {clock, task, runs} = schedule();
	await clock.advance(10 * second);
	assert.deepEqual(runs, []);
	assert.equal(task.record().state, 'off');
	task.setOn(true);
	await clock.advance(125 * second);
	assert.deepEqual(runs, [10, 70, 130]);
	const {state, nextAt, lastMs, runs: count} = task.record();
	assert.deepEqual([state, nextAt! - clock.now(), lastMs, count], ['waiting', 55 * second, 0, 3]);
});

test('with `skipInitialRun` the first run comes after one interval', async () => {
	const {clock, task, runs} = schedule({skipInitialRun: true});
	task.setOn(true);
	await clock.advance(60 * second);
	assert.deepEqual(runs, [60]);
});

test('a task that is not enabled runs only when it is asked to', async () => {
	const {clock, task, runs} = schedule({enabled: false});
	task.setOn(true);
	await clock.advance(10 * minute);
	assert.deepEqual(runs, []);
	assert.ok((await task.run()).ok);
	await clock.advance(10 * minute);
	assert.equal(runs.length, 1);
	assert.equal(task.record().state, 'off');
});

test('a run that takes longer than the interval is never doubled, and run-now is refused meanwhile', async () => {
	const {clock, task, runs, answerWith} = schedule();
	answerWith(async () => {
		await clock.sleep(150 * second);
		return ok(undefined);
	});
	task.setOn(true);
	await clock.advance(second);
	assert.equal(task.record().state, 'running');
	const refused = await task.run();
	assert.ok(!refused.ok && refused.error.code === 'CWS_CONFLICT');
	await clock.advance(400 * second);
	assert.deepEqual(runs, [0, 151, 302]);
});

test('after failures it waits longer and longer up to the cap, and a success makes all well again', async () => {
	const {clock, task, runs, failures, answerWith} = schedule();
	answerWith(async () => no);
	task.setOn(true);
	await clock.advance(20 * minute);
	assert.deepEqual(runs, [0, 120, 360, 660, 960]);
	assert.deepEqual(
		failures,
		[120, 240, 300, 300, 300].map(value => value * second),
	);
	assert.deepEqual([task.record().state, task.record().failures, task.record().lastError], ['backoff', 5, 'down']);
	answerWith(async () => ok(undefined));
	await clock.advance(2.5 * minute);
	assert.deepEqual(runs.slice(5), [1260, 1320]);
	assert.deepEqual([task.record().state, task.record().failures, task.record().lastError], ['waiting', 0, undefined]);
});

test('a slow task never comes back sooner after a failure than after a success', async () => {
	const {clock, task, runs, answerWith} = schedule({everySeconds: 3600});
	answerWith(async () => no);
	task.setOn(true);
	await clock.advance(3 * 3600 * second);
	assert.deepEqual(runs, [0, 3600, 7200, 10_800]);
});

test('the wait after a failure differs by up to a fifth, so that not all come back at once', async () => {
	for (const [random, nextInMs] of [
		[0, 96 * second],
		[1, 144 * second],
	] as const) {
		const {clock, task, failures, answerWith} = schedule({}, {random});
		answerWith(async () => no);
		task.setOn(true);
		await clock.advance(second);
		assert.equal(Math.round(failures[0]!), nextInMs);
	}
});

test('a clock that jumps brings no burst of missed runs, and none is lost when it goes back', async () => {
	const {clock, task, runs} = schedule();
	task.setOn(true);
	await clock.advance(30 * second);
	clock.jump(24 * 60 * minute);
	await clock.advance(30 * second);
	assert.deepEqual(runs, [0, 60]);
	clock.jump(-48 * 60 * minute);
	await clock.advance(60 * second);
	assert.deepEqual(runs, [0, 60, 120]);
});

test('paused it does not run; resumed it goes on where it was, with one run for all it missed', async () => {
	const {clock, task, runs} = schedule();
	task.setOn(true);
	await clock.advance(30 * second);
	task.pause();
	assert.equal(task.record().state, 'paused');
	assert.equal(task.record().nextAt, undefined);
	await clock.advance(10 * minute);
	assert.ok((await task.run()).ok, 'run-now works also while it is paused');
	task.resume();
	await clock.advance(0);
	assert.deepEqual(runs, [0, 630]);
	await clock.advance(minute);
	assert.deepEqual(runs, [0, 630, 690]);
});

test('an interval below a second is a second', async () => {
	const {clock, task, runs} = schedule({everySeconds: 0.001});
	task.setOn(true);
	await clock.advance(3 * second);
	assert.deepEqual(runs, [0, 1, 2, 3]);
});

test('an interval of months is waited for in full', async () => {
	const {clock, task, runs} = schedule({everySeconds: 60 * 86_400, skipInitialRun: true});
	task.setOn(true);
	await clock.advance(59 * 86_400 * second);
	assert.deepEqual(runs, []);
	await clock.advance(86_400 * second);
	assert.deepEqual(runs, [60 * 86_400]);
});

test('a removed task leaves no timer behind', async () => {
	const {clock, task} = schedule();
	task.setOn(true);
	await clock.advance(second);
	task.remove();
	assert.equal(clock.pending(), 0);
});

test('a run that is cancelled ends, counts as no failure, and the next one comes at its time', async () => {
	const {clock, task, runs, failures, answerWith} = schedule();
	assert.equal(task.cancel(), false, 'nothing runs yet');
	answerWith(
		signal =>
			new Promise(resolve => {
				signal.addEventListener('abort', () => resolve(no), {once: true});
			}),
	);
	const done = task.run();
	await clock.advance(5 * second);
	assert.equal(task.record().state, 'running');
	assert.equal(task.cancel(), true);
	const outcome = await done;
	assert.equal(outcome.ok ? '' : outcome.error.code, 'CWS_CANCELLED');
	assert.deepEqual([task.record().failures, task.record().lastError, failures], [0, 'it was cancelled', []]);

	const byCaller = new AbortController();
	const again = task.run(byCaller.signal);
	byCaller.abort();
	const ended = await again;
	assert.equal(ended.ok ? '' : ended.error.code, 'CWS_CANCELLED');
	answerWith(async () => ok(undefined));
	task.setOn(true);
	await clock.advance(60 * second);
	assert.equal(runs.length, 3);
	assert.equal(task.record().lastError, undefined);
});
