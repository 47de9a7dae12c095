import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openActions} from '../../../source/ui/overlays/actions/actions.ts';
import {actionItems} from '../../../source/ui/overlays/actions/action-items.ts';
import {openConfirm} from '../../../source/ui/overlays/confirm/confirm.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {openHelp, viewHelp} from '../../../source/ui/overlays/help/help.ts';
import {openMessage} from '../../../source/ui/overlays/message/message.ts';
import {parseDeployLine} from '../../../source/ui/overlays/palette/deploy-line.ts';
import {openPalette} from '../../../source/ui/overlays/palette/palette.ts';
import {openSortPicker} from '../../../source/ui/overlays/sort/sort-picker.ts';
import {openThemePicker} from '../../../source/ui/overlays/theme/theme-picker.ts';
import {drive, runs} from './drive.ts';
import {engineState, gpu, host, key, notebook, typed, viewContext, viewState, web} from './layer-fixture.ts';

const context = viewContext();

test('an action runs by its key on exactly its resource', () => {
	const driven = drive(openActions([gpu], context), [key('x')]);
	assert.equal(driven.state, undefined);
	assert.deepEqual(runs(driven), [{type: 'run', command: 'stop', input: {ref: gpu.ref}, reply: 'view:failure'}]);
});

test('what cannot be done stays in the menu with its reason and does not run', () => {
	const [start] = actionItems([gpu.ref], context);
	assert.equal(start?.reason, 'it is running');
	const driven = drive(openActions([gpu], context), [key('s'), key('enter')]);
	assert.notEqual(driven.state, undefined);
	assert.deepEqual(runs(driven), []);
});

test('marked ones say how many can and why the others are skipped; starting them runs at once', () => {
	const items = actionItems([gpu.ref, notebook.ref, web.ref], context);
	assert.deepEqual(
		items.map(({title, able, skipped, note}) => [title, able.length, skipped, note]),
		[
			['Start', 1, 2, '2: it is running'],
			['Stop', 2, 1, '1: it is stopped'],
			['Restart', 2, 1, '1: it is stopped'],
			['Hibernate', 2, 1, '1: it is stopped'],
		],
	);
	assert.equal(runs(drive(openActions([gpu, notebook, web], context), [key('s')])).length, 1);
});

test('stopping several asks first, with Cancel focused', () => {
	const asked = drive(openActions([gpu, notebook, web], context), [key('x')]);
	assert.equal(asked.state?.kind, 'confirm');
	assert.deepEqual(runs(asked), []);
	assert.equal(drive({state: asked.state, effects: []}, [key('enter')]).effects.length, 0);
	const accepted = drive({state: asked.state, effects: []}, [key('tab'), key('enter')]);
	assert.deepEqual(
		runs(accepted).map(effect => (effect as {input: {ref: string}}).input.ref),
		[gpu.ref, web.ref],
	);
});

test('destroy leads to its dialog, describe and logs to their screens, all of this resource', () => {
	const destroy = drive(openActions([notebook], context), [key('D')]);
	assert.equal(destroy.state?.kind === 'destroy' && destroy.state.ref, notebook.ref);
	const describe = drive(openActions([gpu], context), [key('d')]).last;
	assert.equal(describe.state, undefined);
	assert.equal(describe.screen?.kind === 'describe' && describe.screen.resource.ref, gpu.ref);
	assert.equal(drive(openActions([gpu], context), [key('l')]).last.screen?.kind, 'logs');
});

test('the dialog of a protected resource opens and explains itself', () => {
	assert.equal(drive(openActions([host], context), [key('D')]).state?.kind, 'destroy');
});

test('a menu whose resources are gone closes', () => {
	assert.equal(drive(openActions([gpu], context), [{type: 'engine'}], viewContext(engineState({sources: []}))).state, undefined);
});

test('the palette runs a command by its words', () => {
	assert.deepEqual(drive(openPalette(), [...typed('audit'), key('enter')]).last, {command: {id: 'global.audit'}});
});

test('a type, a pane, a theme and a plugin work as typed', () => {
	const enter = (text: string) => drive(openPalette(), [...typed(text), key('enter')]).last;
	assert.deepEqual(enter('vm'), {command: {id: 'global.filter', argument: 'type:vm'}});
	assert.deepEqual(enter('database'), {command: {id: 'global.filter', argument: 'type:database'}});
	assert.deepEqual(enter('plugins'), {command: {id: 'global.focusPlugins'}});
	assert.deepEqual(enter('theme paper').effects, [{type: 'setTheme', name: 'paper', persist: true}]);
	assert.equal(enter('plugin aws').screen?.kind, 'plugin');
});

test('a deploy line opens the form with everything filled in', () => {
	const driven = drive(openPalette(), [...typed('deploy vm web-2 --provider local --set port=8080'), key('enter')]);
	assert.equal(driven.state?.kind === 'deploy' && driven.state.step, 'fields');
	assert.deepEqual(driven.effects.at(-1), {type: 'choices', provider: 'local', resourceType: 'vm', reply: 'deploy:choices:local/vm'});
});

test('a deploy line reads flags with and without `=` and quoted words', () => {
	assert.deepEqual(
		parseDeployLine('deploy vm web-2 --provider=local --size s --set command="python3 -m x" --set port=80 --template shell'),
		{
			type: 'vm',
			name: 'web-2',
			provider: 'local',
			size: 's',
			fields: {command: 'python3 -m x', port: '80', template: 'shell'},
		},
	);
	assert.deepEqual(parseDeployLine('deploy'), {});
});

test('an unknown word suggests the nearest, Tab takes it, Enter does nothing', () => {
	const driven = drive(openPalette(), typed('audti'));
	assert.notEqual(drive({state: driven.state!, effects: []}, [key('enter')]).state, undefined);
	const taken = drive({state: driven.state!, effects: []}, [key('tab')]);
	assert.equal(taken.state?.kind === 'palette' && taken.state.menu.query.value, 'audit');
});

test('what is off in the palette does not run', () => {
	const off = viewContext(engineState(), {
		commands: () => [{id: 'global.undo', title: 'Take back', keys: ['u'], place: 'everywhere', disabledReason: 'nothing to take back'}],
	});
	assert.notEqual(drive(openPalette(), [...typed('take'), key('enter')], off).state, undefined);
});

test('Esc leaves every menu without doing anything', () => {
	for (const opened of [
		openActions([gpu], context),
		openPalette(),
		openHelp(),
		openSortPicker({column: 'name', isDescending: false}),
		openThemePicker(context, 'midnight'),
		openConfirm({title: 'Quit', question: 'Leave?', label: 'Quit', effects: [{type: 'quit'}]}),
		openMessage('Failed', {code: 'CWS_INTERNAL', message: 'x'}),
	]) {
		const driven = drive(opened, [key('down'), key('esc')]);
		assert.equal(driven.state, undefined, opened.state.kind);
		assert.deepEqual(runs(driven), []);
		assert.equal(driven.last.command, undefined);
	}
});

test('help finds by words and by key, and Enter runs what is found', () => {
	assert.deepEqual(drive(openHelp(), [...typed('audit'), key('enter')]).last, {command: {id: 'global.audit'}});
	assert.deepEqual(drive(openHelp(), [...typed('@'), key('enter')]).last, {command: {id: 'global.audit'}});
});

test('help names the keys of a command, and the word of one that has none', () => {
	const lines = viewHelp(openHelp().state, context, viewState({size: {columns: 120, rows: 400}})).body.map(line => lineText(line));
	assert.ok(
		lines.some(line => /^ {2}@ +Open the audit log/.test(line)),
		lines.join('\n'),
	);
	assert.ok(
		lines.some(line => /^ {2}:templates +Open the templates/.test(line)),
		lines.join('\n'),
	);
});

test('Esc in help clears the search first', () => {
	const driven = drive(openHelp(), [...typed('theme'), key('esc')]);
	assert.equal(driven.state?.kind === 'help' && driven.state.menu.query.value, '');
});

test('sorting by the current column turns it round, another column begins its own way', () => {
	const open = () => openSortPicker({column: 'hourly', isDescending: true});
	assert.deepEqual(drive(open(), [key('enter')]).last.command, {id: 'resources.sort', argument: 'hourly'});
	assert.deepEqual(drive(open(), [key('g'), key('enter')]).last.command, {id: 'resources.sort', argument: 'name'});
	assert.deepEqual(drive(open(), [key('j'), key('enter')]).last.command, {id: 'resources.sort', argument: '-monthly'});
});

test('a theme is tried while moving, kept with Enter', () => {
	const driven = drive(openThemePicker(context, 'midnight'), [key('down'), key('enter')]);
	assert.deepEqual(driven.effects, [
		{type: 'setTheme', name: 'paper', persist: false},
		{type: 'setTheme', name: 'paper', persist: true},
	]);
});

test('a question does what it says only through its own button', () => {
	const quit = () => openConfirm({title: 'Quit', question: 'Leave?', label: 'Quit', effects: [{type: 'quit'}]});
	assert.deepEqual(drive(quit(), [key('enter')]).effects, []);
	assert.deepEqual(drive(quit(), [key('q')]).effects, []);
	assert.deepEqual(drive(quit(), [key('right'), key('enter')]).effects, [{type: 'quit'}]);
});
