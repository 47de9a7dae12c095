import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindings} from '../../../source/keymap/bindings.ts';
import {viewCommands} from '../../../source/ui/view/command-table/view-commands.ts';
import {createTestStore} from '../helpers/view-store.ts';
import {pictureState, samplePlugin, sampleState} from '../helpers/samples.ts';

const ownScopes: ReadonlySet<string> = new Set(['global', 'list', 'resources', 'plugins', 'activity', 'cost']);

test('every key of the panes has a command and every command a record for help', () => {
	const bound = bindings.filter(({scope}) => ownScopes.has(scope)).map(({command}) => command);
	assert.deepEqual(bound.toSorted(), Object.keys(viewCommands).toSorted());
});

test('no command throws on an empty inventory, whatever has the focus', () => {
	for (const command of Object.keys(viewCommands)) {
		for (const focus of ['plugins', 'resources', 'cost', 'activity'] as const) {
			const store = createTestStore(sampleState({plugins: []}), {focus});
			const {view, context} = store.getSnapshot();
			const reason = viewCommands[command]!.disabledReason?.(view, context);
			assert.doesNotThrow(() => reason ?? viewCommands[command]!.run(view, context), command);
		}
	}
});

test('the list of commands says why one cannot run', () => {
	const store = createTestStore(sampleState());
	const {view, context} = store.getSnapshot();
	const items = new Map(context.commands(view).map(item => [item.id, item]));
	assert.equal(items.get('resources.destroy')?.disabledReason, 'no resource is selected');
	assert.equal(items.get('global.undo')?.disabledReason, 'nothing is waiting to be destroyed');
	assert.equal(items.get('global.help')?.disabledReason, undefined);
	assert.deepEqual(items.get('resources.destroy')?.keys, ['D']);
});

test('a command that cannot run says why instead of doing nothing', () => {
	const store = createTestStore(sampleState());
	assert.deepEqual(store.press('D'), []);
	assert.deepEqual(store.getState().overlays, []);
	assert.equal(store.getState().toasts.at(-1)?.text, 'Destroy the resource: no resource is selected');
});

test('stopping marked resources stops those that run and says how many cannot', () => {
	const store = createTestStore(pictureState());
	store.press('space', 'space', 'space', 'space');
	const {view, context} = store.getSnapshot();
	assert.equal(view.marks.size, 4);
	const {effects, view: after} = viewCommands['resources.stop']!.run(view, context);
	const names = effects.map(effect =>
		effect.type === 'run' && effect.command === 'stop' ? effect.input.ref.split('/').at(-1) : effect.type,
	);
	assert.deepEqual(names, ['i-genomics-gpu', 'i-fold-17']);
	assert.equal(after.toasts.at(-1)?.text, 'stopping 2 resources, 2 cannot stop now');
});

test('an update is offered for what was installed here, and looked for where that was', () => {
	const plugins = [samplePlugin('acme', {origin: 'user'}), samplePlugin('local')];
	const store = createTestStore(sampleState({plugins}), {focus: 'plugins', installedFrom: {acme: '/work/acme'}});
	assert.deepEqual(store.press('U'), [{type: 'previewInstall', source: '/work/acme', reply: 'install:look'}]);
	store.press('esc', 'j', 'U');
	assert.match(store.getState().toasts.at(-1)!.text, /it comes with cws/);
	const other = createTestStore(sampleState({plugins}), {focus: 'plugins'});
	other.press('U');
	assert.match(other.getState().toasts.at(-1)!.text, /what it was installed from is not known here; i asks for it/);
});
