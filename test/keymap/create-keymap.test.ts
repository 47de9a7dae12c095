import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createKeymap} from '../../source/keymap/create-keymap.ts';
import {type KeyEvent} from '../../source/keymap/key-event.ts';

const key = (name: string, held: Partial<KeyEvent> = {}): KeyEvent => ({name, ctrl: false, alt: false, shift: false, ...held});

test('every preset is free of conflicts', () => {
	for (const preset of ['default', 'k9s', 'vim'] as const) {
		assert.deepEqual(createKeymap({preset}).conflicts, []);
	}
});

test('the nearest scope that knows a key wins', () => {
	const keymap = createKeymap();
	assert.equal(keymap.match(['resources', 'list', 'global'], key('d'))?.command, 'resources.describe');
	assert.equal(keymap.match(['plugins', 'list', 'global'], key('d'))?.command, 'plugins.detail');
	assert.equal(keymap.match(['resources', 'list', 'global'], key('j'))?.command, 'list.down');
	assert.equal(keymap.match(['resources', 'list', 'global'], key(':'))?.command, 'global.palette');
	assert.equal(keymap.match(['cost', 'global'], key('j')), undefined);
});

test('no bare lower-case letter destroys', () => {
	const keys = createKeymap()
		.bindings.filter(({command}) => /destroy/.test(command))
		.flatMap(binding => binding.keys);
	assert.ok(keys.length > 0);
	assert.deepEqual(
		keys.filter(name => /^[a-z]$/.test(name)),
		[],
	);
});

test('a person rebinds a command and the old key goes', () => {
	const keymap = createKeymap({overrides: {'resources.describe': ['Ctrl+E', 'F2']}});
	assert.deepEqual(keymap.keysOf('resources.describe'), ['ctrl+e', 'f2']);
	assert.equal(keymap.match(['resources'], key('e', {ctrl: true}))?.command, 'resources.describe');
	assert.equal(keymap.match(['resources'], key('d')), undefined);
	assert.deepEqual(keymap.conflicts, []);
});

test('an empty list unbinds', () => {
	const keymap = createKeymap({overrides: {'resources.destroy': []}});
	assert.deepEqual(keymap.keysOf('resources.destroy'), []);
	assert.equal(keymap.match(['resources'], key('D')), undefined);
});

test('two commands on one key are named and the first keeps it', () => {
	const keymap = createKeymap({overrides: {'resources.destroy': ['y']}});
	assert.equal(keymap.match(['resources'], key('y'))?.command, 'resources.yaml');
	assert.deepEqual(keymap.conflicts, ['`y` is bound to both `resources.yaml` and `resources.destroy`; `resources.yaml` keeps it']);
});

test('an unknown command is named with the nearest one', () => {
	assert.deepEqual(createKeymap({overrides: {'resources.destory': ['X']}}).conflicts, [
		'`keys.resources.destory` names no command, did you mean `resources.destroy`?',
	]);
});

test('what is no key and what must stay free is refused by name', () => {
	const keymap = createKeymap({overrides: {'resources.yaml': ['hyper', 'ctrl+c', 'Y']}});
	assert.deepEqual(keymap.keysOf('resources.yaml'), ['Y']);
	assert.deepEqual(keymap.conflicts, [
		'`keys.resources.yaml` has `hyper`, which is no key',
		'`keys.resources.yaml` has `ctrl+c`, which always quits',
	]);
});

test('a preset gives way to the person', () => {
	const keymap = createKeymap({preset: 'k9s', overrides: {'resources.destroy': ['D']}});
	assert.deepEqual(keymap.keysOf('resources.destroy'), ['D']);
	assert.deepEqual(createKeymap({preset: 'k9s'}).keysOf('resources.destroy'), ['D', 'ctrl+k']);
});
