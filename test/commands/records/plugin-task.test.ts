import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type TaskRecord} from '../../../source/core/plugin-parts.ts';
import {type App} from '../../../source/app/create-app.ts';
import {task} from '../../../source/commands/records/task.ts';
import {tasks} from '../../../source/commands/records/tasks.ts';
import {type Verb} from '../../../source/commands/shared/verb.ts';
import {createPrinter} from '../../../source/commands/shared/printer.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';
import {createWorld} from '../../engine/world.ts';

const record = (name: string, more: Partial<TaskRecord> = {}): TaskRecord => ({
	name,
	everySeconds: 3600,
	state: 'waiting',
	runs: 2,
	failures: 0,
	...more,
});

const plugins = [
	fakePlugin('usage', [], {tasks: [record('refresh', {state: 'paused'}), record('clean', {lastError: 'no disk'})]}),
	fakePlugin('other', [], {tasks: [record('clean')]}),
	fakePlugin('usage', [], {state: 'shadowed', tasks: [record('old')]}),
];

async function run(verb: Verb, ...input: readonly string[]) {
	const {engine, host} = createWorld({plugins});
	let said = '';
	const stream = {write: (text: string) => (said += text)};
	const print = createPrinter({stdout: stream, stderr: stream, isJson: false, isQuiet: false});
	const app = async () => ({engine}) as App;
	const code = await verb.run({input, rest: [], flags: {}, print, app, signal: new AbortController().signal, isInteractive: false});
	return {code, said, asked: host.asked.map(({plugin, method, args}) => [plugin, method, ...args].join(' '))};
}

test('tasks of plugins are listed with their state', async () => {
	const {said} = await run(tasks);
	assert.match(
		said,
		/TASK +EVERY +STATE +NEXT +RUNS +MESSAGE\nusage\/refresh +1h +paused +- +2\nusage\/clean +1h +waiting +- +2 +no disk\nother\/clean/,
	);
	assert.doesNotMatch(said, /old/);
});

test('a task of a plugin is run, cancelled, paused and resumed by its name, with the plugin before it where two have it', async () => {
	const ran = await run(task, 'run', 'usage/refresh');
	assert.deepEqual([ran.code, ran.said, ran.asked], [0, 'usage/refresh is done\n', ['usage runTask refresh']]);
	assert.deepEqual((await run(task, 'cancel', 'usage/refresh')).asked, ['usage cancelTask refresh']);
	assert.deepEqual((await run(task, 'pause', 'refresh')).asked, ['usage pauseTask refresh']);
	assert.deepEqual((await run(task, 'resume', 'other/clean')).asked, ['other resumeTask clean']);
	const ambiguous = await run(task, 'run', 'clean');
	assert.equal(ambiguous.code, 3);
	assert.match(ambiguous.said, /More than one plugin has a task `clean`[\s\S]*usage\/clean or other\/clean/);
});

test('an unknown task is refused with the nearest, and an operation is no task of a plugin', async () => {
	const {code, said} = await run(task, 'run', 'usage/refrash');
	assert.equal(code, 3);
	assert.match(said, /No plugin has a task `usage\/refrash`[\s\S]*did you mean `usage\/refresh`/);
	assert.match((await run(task, 'cancel', 'refresh')).said, /CWS_NO_TASK/);
	assert.equal((await run(task, 'stop', 'x')).code, 2);
});
