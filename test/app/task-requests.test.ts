import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createTaskRequests} from '../../source/app/task-requests.ts';
import {failure} from '../../source/core/failure/failure.ts';
import {failed, ok} from '../../source/core/failure/outcome.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {createFakePluginKeep} from '../helpers/fake-plugin-keep.ts';

const idle = failed(failure('CWS_INVALID_STATE', {message: 'it does not run here'}));

/** Another process that looks at what it is asked for, and runs these tasks. */
function other(requests: ReturnType<typeof createTaskRequests>, running: Set<string>) {
	const asked: string[] = [];
	return {
		asked,
		look: () =>
			requests.look({
				async cancelTask(plugin, task, {isHere = false} = {}) {
					asked.push(`${plugin}/${task}`);
					assert.ok(isHere, 'it does not ask on');
					return running.delete(`${plugin}/${task}`) ? ok(undefined) : idle;
				},
			}),
	};
}

test('the process that runs a task ends it for another one, which waits for that', async () => {
	const clock = createFakeClock();
	const requests = createTaskRequests({keep: createFakePluginKeep(), clock});
	const bystander = other(requests, new Set());
	const runner = other(requests, new Set(['lab/refresh']));
	const done = requests.ask('lab', 'refresh');
	await clock.advance(60);
	await bystander.look();
	await runner.look();
	assert.deepEqual([bystander.asked, runner.asked], [['lab/refresh'], ['lab/refresh']]);
	await clock.advance(60);
	assert.ok((await done).ok);
	await runner.look();
	assert.deepEqual(runner.asked, ['lab/refresh'], 'what was done is asked for no more');
});

test('where nobody runs it the asker is told so, and nothing is left that would end a later run', async () => {
	const clock = createFakeClock();
	const keep = createFakePluginKeep();
	const requests = createTaskRequests({keep, clock});
	const done = requests.ask('lab', 'refresh');
	await clock.advance(4000);
	const outcome = await done;
	assert.deepEqual(outcome.ok ? '' : [outcome.error.code, outcome.error.message], [
		'CWS_INVALID_STATE',
		'No cws that is open runs the task `refresh` of `lab` now.',
	]);
	const runner = other(requests, new Set(['lab/refresh']));
	await runner.look();
	assert.deepEqual(runner.asked, []);
});

test('a request of one that died, and one that is no request, are left alone', async () => {
	const clock = createFakeClock();
	const keep = createFakePluginKeep();
	const requests = createTaskRequests({keep, clock});
	await keep.changeEntries('cws/tasks', [{key: 'cancel:lab/refresh', value: {plugin: 'lab', task: 'refresh', askedAt: clock.now()}}], 9999);
	await keep.changeEntries('cws/tasks', [{key: 'cancel:odd', value: 7}], 9999);
	await clock.advance(10_000);
	const runner = other(requests, new Set(['lab/refresh']));
	await runner.look();
	assert.deepEqual(runner.asked, []);
});
