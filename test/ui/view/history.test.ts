import assert from 'node:assert/strict';
import {test} from 'node:test';
import {questionOf} from '../../../source/ui/overlays/question/question.ts';
import {samplePlugin, sampleResource, sampleSource, sampleState} from '../helpers/samples.ts';
import {createTestStore} from '../helpers/view-store.ts';

const web = sampleResource({name: 'web-1'});
const openedStore = () => createTestStore(sampleState({plugins: [samplePlugin('aws')], sources: [sampleSource([web])]}));
const kinds = ({getState}: ReturnType<typeof openedStore>) => getState().screens.map(({kind}) => kind);

test('`[` and `]` go through the views as they were, and what they follow is followed anew', () => {
	const store = openedStore();
	store.press('l', 'esc', '$');
	assert.deepEqual(kinds(store), ['cost']);
	store.press('[');
	assert.deepEqual(kinds(store), []);
	const effects = store.press('[');
	assert.deepEqual(kinds(store), ['logs']);
	assert.deepEqual(
		effects.map(({type}) => type),
		['logs'],
	);
	const left = store.press(']', ']');
	assert.deepEqual(kinds(store), ['cost']);
	assert.deepEqual(
		left.map(({type}) => type),
		['cancel'],
	);
	store.press(']');
	assert.match(store.getState().toasts.at(-1)!.text, /none ahead/);
});

test('`-` goes to the last view and back; a new view forgets what was ahead', () => {
	const store = openedStore();
	store.press('$', '!');
	assert.deepEqual(kinds(store), ['cost', 'errors']);
	store.press('-');
	assert.deepEqual(kinds(store), ['cost']);
	store.press('-');
	assert.deepEqual(kinds(store), ['cost', 'errors']);
	store.press('[', '@');
	assert.deepEqual(store.getState().history.future, []);
});

test('a question of a plugin waits until the person has no dialog open, and goes when nobody wants to know', () => {
	const store = openedStore();
	const overlay = questionOf({id: 1, plugin: 'acme', title: 'Acme', text: 'Go on?', wants: 'yes'});
	store.press('D');
	store.dispatch({type: 'ask', overlay});
	assert.deepEqual(
		store.getState().overlays.map(({kind}) => kind),
		['destroy'],
	);
	store.press('esc');
	assert.deepEqual(
		store.getState().overlays.map(({kind}) => kind),
		['question'],
	);
	store.dispatch({type: 'withdraw', question: 1});
	assert.deepEqual(store.getState().overlays, []);
});
