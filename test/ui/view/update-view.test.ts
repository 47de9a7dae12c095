import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok} from '../../../source/core/failure/outcome.ts';
import {failureTag} from '../../../source/ui/view/activity/failure-tag.ts';
import {now, pictureState, samplePlugin, sampleResource, sampleSource, sampleState} from '../helpers/samples.ts';
import {createTestStore, type TestStore} from '../helpers/view-store.ts';

const names = (store: TestStore) => store.getRows().map(({name}) => name);
const selected = (store: TestStore) => store.getRows()[store.getState().lists.resources.cursor]?.name;

const fleet = (...list: readonly string[]) =>
	sampleState({plugins: [samplePlugin('aws')], sources: [sampleSource(list.map(name => sampleResource({name})))]});

test('keys of one turn are all applied, in order, and drawn once', async () => {
	const store = createTestStore(fleet('a', 'b', 'c', 'd'));
	let notifications = 0;
	store.subscribe(() => notifications++);
	store.press('j', 'j', 'space', 'k');
	assert.equal(selected(store), 'c');
	assert.deepEqual([...store.getState().marks], [store.getRows()[2]!.ref]);
	await Promise.resolve();
	assert.equal(notifications, 1);
});

test('the cursor and the marks follow identities when rows come, go and change places', () => {
	const store = createTestStore(fleet('b', 'c', 'd'));
	store.press('j', 'space', 'k');
	assert.equal(selected(store), 'c');
	store.setEngine(fleet('a', 'b', 'c', 'd'));
	assert.deepEqual(names(store), ['a', 'b', 'c', 'd']);
	assert.equal(selected(store), 'c');
	assert.equal(store.getState().marks.size, 1);
	store.setEngine(fleet('a', 'b', 'd'));
	assert.equal(store.getState().marks.size, 0, 'a gone row takes its mark with it');
	assert.equal(selected(store), 'd');
});

test('a range is marked between two presses of v, whatever the order', () => {
	const store = createTestStore(fleet('a', 'b', 'c', 'd'));
	store.press('j', 'j', 'v', 'k', 'v');
	assert.equal(store.getState().marks.size, 2);
	store.press('esc');
	assert.equal(store.getState().marks.size, 0);
	store.press('shift+down', 'shift+down');
	assert.equal(store.getState().marks.size, 3);
});

test('the filter narrows while it is typed and swallows the keys of commands', () => {
	const store = createTestStore(fleet('web-1', 'db-1', 'web-2'));
	store.press('/', 'w', 'e', 'b', 'q');
	assert.equal(store.getState().filter, 'webq');
	assert.deepEqual(names(store), []);
	assert.deepEqual(store.getState().overlays, []);
	store.press('backspace');
	assert.deepEqual(names(store), ['web-1', 'web-2']);
	store.press('enter', 'j');
	assert.equal(store.getState().isFiltering, false);
	assert.equal(selected(store), 'web-2');
	store.press('esc');
	assert.equal(store.getRows().length, 3);
	assert.equal(selected(store), 'web-2', 'what was found stays selected');
});

test('the filter is edited anywhere in it, like any other field', () => {
	const store = createTestStore(fleet('web-1', 'db-1', 'web-2'));
	store.press('/', 'e', 'b', 'home', 'w');
	assert.equal(store.getState().filter, 'web');
	store.press('end', '-', '2', 'left', 'backspace');
	assert.equal(store.getState().filter, 'web2');
	store.press('ctrl+u', 'delete');
	assert.equal(store.getState().filter, '');
	assert.equal(store.getRows().length, 3);
});

test('a filter that is wrong says so and keeps the last good result', () => {
	const store = createTestStore(fleet('web-1', 'db-1'));
	store.press('/', ...'state:running'.split(''));
	assert.equal(store.getRows().length, 2);
	store.press('x');
	assert.ok(store.getState().filterError?.includes('runningx'));
	assert.equal(store.getRows().length, 2);
	store.press('backspace');
	assert.equal(store.getState().filterError, undefined);
});

test('pasted text and bursts are no commands on a list and text in a filter', () => {
	const store = createTestStore(fleet('a'));
	store.dispatch({type: 'input', event: {type: 'paste', text: 'Dq'}});
	store.dispatch({type: 'input', event: {type: 'burst', text: 'qqDDnnaa'}});
	assert.deepEqual(store.getState().overlays, []);
	assert.equal(store.getState().toasts.length, 2);
	store.press('/');
	store.dispatch({type: 'input', event: {type: 'paste', text: 'web'}});
	assert.equal(store.getState().filter, 'web');
});

test('ctrl+c twice quits at once, even over a dialog, and once does not', () => {
	const store = createTestStore(fleet('a'));
	store.press('?');
	assert.deepEqual(store.press('ctrl+c'), []);
	store.dispatch({type: 'tick', now: now + 3000, isSpinning: false});
	assert.deepEqual(store.press('ctrl+c'), [], 'the first one is forgotten after two seconds');
	assert.deepEqual(store.press('ctrl+c'), [{type: 'quit', force: true}]);
});

test('q asks before it leaves, and Esc never leaves', () => {
	const store = createTestStore(fleet('a'));
	assert.deepEqual(store.press('esc', 'esc', 'esc'), []);
	assert.deepEqual(store.press('q'), []);
	assert.equal(store.getState().overlays.at(-1)?.kind, 'confirm');
	assert.deepEqual(store.press('enter'), [], 'Cancel is focused');
	store.press('q');
	assert.deepEqual(store.press('tab', 'enter'), [{type: 'quit'}]);
});

test('a dialog takes every key and a screen gives back those it does not know', () => {
	const store = createTestStore(fleet('a', 'b'));
	store.press('D');
	assert.equal(store.getState().overlays.at(-1)?.kind, 'destroy');
	store.press('j', '2', 'q');
	assert.equal(store.getState().overlays.length, 1);
	assert.equal(selected(store), 'a');
	store.press('esc', '!');
	assert.equal(store.getState().screens.at(-1)?.kind, 'errors');
	store.press('2', 'tab');
	assert.equal(store.getState().focus, 'resources', 'panes under a screen stay as they are');
	store.press('?');
	assert.equal(store.getState().overlays.at(-1)?.kind, 'help');
	store.press('esc', 'q');
	assert.deepEqual(store.getState().screens, []);
});

test('what a dialog is about does not change when the rows move', () => {
	const store = createTestStore(fleet('b', 'c'));
	const target = store.getRows()[0]!.ref;
	store.press('D');
	store.setEngine(fleet('a', 'b', 'c'));
	const overlay = store.getState().overlays.at(-1);
	assert.ok(overlay?.kind === 'destroy');
	assert.ok(JSON.stringify(overlay).includes(target));
});

test('a failed command is said with its fix, a done one is not', () => {
	const store = createTestStore(fleet('a'));
	store.dispatch({type: 'reply', reply: failureTag, outcome: ok(undefined), isLast: true});
	assert.deepEqual(store.getState().toasts, []);
	const error = failure('CWS_CONFLICT', {message: 'It is busy.', fix: 'wait'});
	store.dispatch({type: 'reply', reply: failureTag, outcome: failed(error), isLast: true});
	assert.equal(store.getState().toasts.at(-1)?.text, 'It is busy. wait');
});

test('who goes on working has read what was said, unless it is an error', () => {
	const store = createTestStore(fleet('a'));
	store.dispatch({type: 'toast', level: 'info', text: 'copied'});
	store.press('j');
	assert.equal(store.getState().toasts.length, 1, 'nobody reads that fast');
	store.dispatch({type: 'toast', level: 'error', text: 'broken'});
	store.dispatch({type: 'tick', now: now + 2000, isSpinning: false});
	store.press('j');
	assert.deepEqual(
		store.getState().toasts.map(({text}) => text),
		['broken'],
	);
});

test('a toast goes when its time has come', () => {
	const store = createTestStore(fleet('a'));
	store.dispatch({type: 'toast', level: 'info', text: 'copied'});
	store.dispatch({type: 'tick', now: now + 1000, isSpinning: false});
	assert.equal(store.getState().toasts.length, 1);
	store.dispatch({type: 'tick', now: now + 4001, isSpinning: false});
	assert.deepEqual(store.getState().toasts, []);
});

test('what comes after a long quiet time is counted from when it came', () => {
	const store = createTestStore(fleet('a'));
	store.setTime(now + 50_000);
	store.press('ctrl+c');
	assert.equal(store.getState().toasts.at(-1)?.until, now + 56_000);
	store.setTime(now + 53_000);
	assert.deepEqual(store.press('ctrl+c'), [], 'too late for the second one');
});

test('trying a theme asks the program to put it on, and leaving puts the old one back', () => {
	const store = createTestStore(fleet('a'));
	assert.deepEqual(store.press('T', 'j'), [{type: 'setTheme', name: 'paper', persist: false}]);
	store.dispatch({type: 'theme', name: 'paper'});
	assert.equal(store.getState().theme, 'paper');
	assert.deepEqual(store.press('esc'), [{type: 'setTheme', name: 'midnight', persist: false}]);
});

test('the sort is remembered', () => {
	const store = createTestStore(pictureState());
	const {view, context} = store.getSnapshot();
	assert.deepEqual(view.sort, {column: 'hourly', isDescending: true});
	assert.ok(context.staleGroups.length === 1);
	store.press('S');
	assert.equal(store.getState().overlays.at(-1)?.kind, 'sort');
});

test('zoom and focus', () => {
	const store = createTestStore(fleet('a'));
	store.press('tab');
	assert.equal(store.getState().focus, 'cost');
	store.press('shift+tab', 'shift+tab');
	assert.equal(store.getState().focus, 'plugins');
	store.press('4', 'f');
	assert.deepEqual([store.getState().focus, store.getState().isZoomed], ['activity', true]);
	store.press('esc');
	assert.equal(store.getState().isZoomed, false);
});

test('a resize keeps the cursor in sight', () => {
	const store = createTestStore(fleet(...Array.from({length: 60}, (_, index) => `node-${String(index).padStart(2, '0')}`)));
	store.press('G');
	store.dispatch({type: 'resize', columns: 90, rows: 24});
	const {cursor, top} = store.getState().lists.resources;
	assert.equal(cursor, 59);
	assert.ok(cursor - top < 14 && cursor >= top);
});
