import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {type LogLine} from '../../../source/core/plugin.ts';
import {type Operation} from '../../../source/core/operation.ts';
import {type InputEvent} from '../../../source/keymap/key-event.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../../source/ui/overlays/overlay.ts';
import {openAudit} from '../../../source/ui/screens/audit/audit.ts';
import {openCost} from '../../../source/ui/screens/cost/cost.ts';
import {type DescribeScreen, openDescribe} from '../../../source/ui/screens/describe/open-describe.ts';
import {openErrors} from '../../../source/ui/screens/errors/errors.ts';
import {appendLines, logCapacity, type LogsScreen} from '../../../source/ui/screens/logs/logs-state.ts';
import {openLogs, openPluginLog} from '../../../source/ui/screens/logs/logs.ts';
import {openPlugin} from '../../../source/ui/screens/plugin/plugin.ts';
import {closeScreen, updateScreen} from '../../../source/ui/screens/registry.ts';
import {type ScreenState} from '../../../source/ui/screens/screen.ts';
import {openTasks, type TasksScreen} from '../../../source/ui/screens/tasks/tasks.ts';
import {type ViewContext} from '../../../source/ui/view/context.ts';
import {reply} from '../overlays/drive.ts';
import {engineState, gpu, key, notebook, now, typed, viewContext, viewState, web} from '../overlays/layer-fixture.ts';

const context = viewContext();

function drive({state}: Opened<ScreenState>, events: readonly LayerEvent[], at: ViewContext = context): LayerUpdate<ScreenState> {
	return events.reduce<LayerUpdate<ScreenState>>((last, event) => updateScreen(last.state!, event, at, viewState()), {state});
}

const logOf = ({state}: LayerUpdate<ScreenState>) => state as LogsScreen;
const line = (text: string): LogLine => ({stream: 'stdout', text});
const lines = (count: number, from = 0) => Array.from({length: count}, (_, index) => line(`line ${from + index}`));
const logs = (count = 100): readonly LayerEvent[] => [reply(`logs:${web.ref}`, lines(count), false)];

const operation = (changes: Partial<Operation>): Operation => ({
	id: 'one',
	action: 'deploy',
	provider: 'aws',
	type: 'vm',
	name: 'train-llama-3',
	state: 'accepted',
	expects: ['running'],
	requestedAt: now - 12_000,
	updatedAt: now - 2000,
	cli: 'cws deploy vm train-llama-3 --provider aws',
	origin: 'tui',
	pid: 1,
	input: {},
	...changes,
});

test('Esc and q leave every screen', () => {
	const busy = viewContext(engineState({operations: [operation({})]}));
	for (const opened of [
		openAudit(),
		openCost(),
		openDescribe(gpu),
		openErrors(),
		openLogs(web),
		openPlugin({id: 'local'}),
		openTasks(busy),
	]) {
		for (const name of ['esc', 'q']) {
			assert.equal(drive(opened, [key(name)], busy).state, undefined, `${opened.state.kind} ${name}`);
		}
	}
});

test('a key a screen does not know is handed back, an answer it does not know changes nothing', () => {
	for (const opened of [
		openAudit(),
		openCost(),
		openDescribe(gpu),
		openErrors(),
		openLogs(web),
		openPlugin({id: 'local'}),
		openTasks(context),
	]) {
		assert.equal(drive(opened, [key('T')]).isIgnored, true, opened.state.kind);
		assert.equal(drive(opened, [reply('nobody', 1)]).state, opened.state, opened.state.kind);
		assert.equal(drive(opened, [{type: 'engine'}]).state, opened.state, opened.state.kind);
	}
});

test('a log that closes stops its stream, however it closes', () => {
	const cancel = [{type: 'cancel', reply: `logs:${web.ref}`}];
	assert.deepEqual(openLogs(web).effects, [{type: 'logs', ref: web.ref, follow: true, tail: 1000, reply: `logs:${web.ref}`}]);
	assert.deepEqual(drive(openLogs(web), [...logs(), key('q')]).effects, cancel);
	assert.deepEqual(closeScreen(openLogs(web).state), cancel);
	assert.deepEqual(closeScreen(openErrors().state), []);
});

test('going up in a log stops following, coming back to the end follows again', () => {
	const up = logOf(drive(openLogs(web), [...logs(), key('k')]));
	assert.equal(up.isFollowing, false);
	assert.equal(up.top, 68);
	assert.equal(logOf(drive(openLogs(web), [...logs(), key('k'), key('j')])).isFollowing, true);
	assert.equal(logOf(drive(openLogs(web), [...logs(), key('g')])).top, 0);
	assert.equal(logOf(drive(openLogs(web), [...logs(), key('g'), key('G')])).isFollowing, true);
});

test('what is in sight stays in sight while lines come', () => {
	const paused = drive(openLogs(web), [...logs(), key('p'), reply(`logs:${web.ref}`, lines(50, 100), false)]);
	assert.equal(logOf(paused).top, 69);
	assert.equal(logOf(paused).lines.length, 150);
	assert.equal(logOf(drive(openLogs(web), [...logs(), key('p'), key('p')])).isFollowing, true);
});

test('a log keeps the newest lines only, and says how many it let go', () => {
	const full = appendLines({...openLogs(web).state, top: 500, isFollowing: false}, lines(logCapacity));
	const more = appendLines(full, lines(20, logCapacity));
	assert.equal(more.lines.length, logCapacity);
	assert.equal(more.lines[0]?.text, 'line 20');
	assert.equal(more.dropped, 20);
	assert.equal(more.top, 480);
});

test('searching a log jumps while typing, n and N go on and round the end, Esc clears before it leaves', () => {
	const search: readonly InputEvent[] = [key('/'), ...typed('line 9'), key('enter')];
	const found = drive(openLogs(web), [...logs(), key('g'), ...search]);
	assert.equal(logOf(found).top, 9);
	const next = (...names: readonly string[]) =>
		logOf(drive(openLogs(web), [...logs(), key('g'), ...search, ...names.map(name => key(name))])).top;
	assert.equal(next('n'), 90);
	assert.equal(next('n', 'N'), 9);
	assert.equal(next('N'), 99);
	assert.notEqual(drive(openLogs(web), [...logs(), ...search, key('esc')]).state, undefined);
	assert.equal(drive(openLogs(web), [...logs(), ...search, key('esc'), key('esc')]).state, undefined);
});

test('while a search is typed no letter is a command', () => {
	const typing = drive(openLogs(web), [...logs(), key('/'), ...typed('qpwt')]);
	assert.equal(logOf(typing).search.field.value, 'qpwt');
	assert.equal(logOf(typing).isWrapped, false);
});

test('a log is copied and saved as text', () => {
	assert.deepEqual(drive(openLogs(web), [...logs(2), key('c')]).effects, [{type: 'copy', text: 'line 0\nline 1', label: '2 lines'}]);
	assert.deepEqual(drive(openLogs(web), [...logs(2), key('ctrl+s')]).effects, [
		{type: 'save', name: 'web-1.log', text: 'line 0\nline 1\n'},
	]);
});

test('a log that ends or breaks says so and keeps its lines', () => {
	assert.equal(logOf(drive(openLogs(web), [...logs(2), reply(`logs:${web.ref}`, [], true)])).phase, 'ended');
	const error = failure('CWS_PROVIDER_FAILED', {message: 'The log is gone.'});
	const broken = logOf(
		drive(openLogs(web), [...logs(2), {type: 'reply', reply: `logs:${web.ref}`, outcome: {ok: false, error}, isLast: true}]),
	);
	assert.equal(broken.phase, 'failed');
	assert.equal(broken.lines.length, 2);
});

test('the log of a plugin follows the engine, oldest first', () => {
	const record = (at: number, message: string) => ({at, plugin: 'local', level: 'info' as const, message});
	const before = viewContext(engineState({logs: [record(2, 'two'), record(1, 'one')]}));
	const opened = openPluginLog({id: 'local'}, before);
	assert.deepEqual(
		opened.state.lines.map(({text}) => text),
		['one', 'two'],
	);
	const after = viewContext(engineState({logs: [record(3, 'three'), record(2, 'two'), record(1, 'one')]}));
	assert.equal(logOf(drive(opened, [{type: 'engine'}], after)).lines.length, 3);
});

test('a description asks for a fresh read and for what happened, and turns its tabs', () => {
	const opened = openDescribe(gpu);
	assert.deepEqual(
		opened.effects.map(({type}) => type),
		['read', 'events'],
	);
	const tab = (...names: readonly string[]) =>
		(
			drive(
				opened,
				names.map(name => key(name)),
			).state as DescribeScreen
		).tab;
	assert.equal(tab(']'), 'yaml');
	assert.equal(tab(']', ']'), 'json');
	assert.equal(tab('['), 'json');
	assert.equal(tab('J'), 'json');
	assert.equal(tab('y'), 'yaml');
});

test('a description takes its own fresh read and newer rows, and never an older one', () => {
	const fresh = {...gpu, status: 'stopping' as const, seenAt: gpu.seenAt + 1000};
	const read = drive(openDescribe(gpu), [reply(`describe:read:${gpu.ref}`, fresh), {type: 'engine'}]);
	assert.equal((read.state as DescribeScreen).resource.status, 'stopping');
	assert.equal((drive(openDescribe(gpu), [reply(`describe:read:${notebook.ref}`, notebook)]).state as DescribeScreen).resource, gpu);
});

test('a description of what vanished stays and says it is gone', () => {
	const gone = drive(openDescribe(gpu), [{type: 'engine'}], viewContext(engineState({sources: []})));
	assert.equal((gone.state as DescribeScreen).isGone, true);
	assert.equal((gone.state as DescribeScreen).resource, gpu);
});

test('menu, destroy dialog and log open from a description for that very resource', () => {
	const actions = drive(openDescribe(gpu), [key('a')]);
	assert.deepEqual(actions.overlay?.kind === 'actions' && actions.overlay.refs, [gpu.ref]);
	assert.notEqual(actions.state, undefined);
	const destroy = drive(openDescribe(gpu), [key('D')]);
	assert.equal(destroy.overlay?.kind === 'destroy' && destroy.overlay.ref, gpu.ref);
	assert.equal(drive(openDescribe(gpu), [key('l')]).screen?.kind, 'logs');
	assert.deepEqual(drive(openDescribe(gpu), [key('s')]).effects, [{type: 'connect', ref: gpu.ref}]);
	assert.deepEqual(drive(openDescribe(notebook), [key('s')]).effects, []);
});

test('the cursor of tasks stays on its task when new ones come above it', () => {
	const before = viewContext(engineState({operations: [operation({id: 'a'}), operation({id: 'b'})]}));
	const onSecond = drive(openTasks(before), [key('j')], before);
	const after = viewContext(engineState({operations: [operation({id: 'new'}), operation({id: 'a'}), operation({id: 'b'})]}));
	const moved = drive({state: onSecond.state!, effects: []}, [{type: 'engine'}], after);
	assert.equal((moved.state as TasksScreen).cursor, 2);
	assert.equal((moved.state as TasksScreen).selected, 'b');
});

test('cancelling a task asks first, retry runs only what ended badly', () => {
	const running = viewContext(engineState({operations: [operation({})]}));
	const asked = drive(openTasks(running), [key('x')], running);
	assert.equal(asked.overlay?.kind, 'confirm');
	assert.deepEqual(asked.overlay?.kind === 'confirm' && asked.overlay.effects, [
		{type: 'run', command: 'cancelOperation', input: {operation: 'one'}, reply: 'view:failure'},
	]);
	assert.equal(drive(openTasks(running), [key('r')], running).effects, undefined);
	const broken = viewContext(engineState({operations: [operation({state: 'failed'})]}));
	assert.equal(drive(openTasks(broken), [key('x')], broken).overlay, undefined);
	assert.deepEqual(drive(openTasks(broken), [key('r')], broken).effects, [
		{type: 'run', command: 'retryOperation', input: {operation: 'one'}, reply: 'view:failure'},
	]);
	assert.deepEqual(drive(openTasks(broken), [key('c')], broken).effects, [{type: 'copy', text: operation({}).cli, label: 'command line'}]);
});

test('what the pane of plugins does to the one under the cursor, its own screen does to that one', () => {
	const command = (name: string) => drive(openPlugin({id: 'aws'}), [key(name)]).command;
	assert.deepEqual(command('r'), {id: 'plugins.reload', argument: 'aws'});
	assert.deepEqual(command('x'), {id: 'plugins.disable', argument: 'aws'});
	assert.deepEqual(command('h'), {id: 'plugins.check', argument: 'aws'});
	assert.deepEqual(command('l'), {id: 'plugins.log', argument: 'aws'});
});
