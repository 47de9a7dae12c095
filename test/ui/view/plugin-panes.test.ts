import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok} from '../../../source/core/failure/outcome.ts';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {headerLine} from '../../../source/ui/components/header/header-line.ts';
import {now, samplePlugin, sampleState} from '../helpers/samples.ts';
import {createTestStore} from '../helpers/view-store.ts';

const panes = [
	{id: 'load', title: 'Load', placement: 'statusBar', view: 'load', everySeconds: 10},
	{id: 'usage', title: 'Usage', placement: 'tab', view: 'usage'},
] as const;

const acme = (changes: Partial<PluginRecord> = {}): PluginRecord => {
	const record = samplePlugin('acme', changes);
	return {...record, manifest: {...record.manifest, contributes: {panes}}};
};

const text = (value: string) => ok({kind: 'text', text: value});

const opened = (record = acme()) => {
	const store = createTestStore(sampleState({plugins: [record]}));
	const tick = (ms: number) => store.dispatch({type: 'tick', now: now + ms, isSpinning: false}).filter(({type}) => type === 'pane');
	const answer = (key: string, outcome: ReturnType<typeof text> | ReturnType<typeof failed>) =>
		store.dispatch({type: 'reply', reply: `pane:${key}`, outcome, isLast: true});
	const header = () => {
		const {view, context} = store.getSnapshot();
		return lineText(headerLine(view, context));
	};

	return {store, tick, answer, header};
};

const load = {type: 'pane', request: {plugin: 'acme', pane: 'load'}, reply: 'pane:acme/load'} as const;

test('a pane is asked while it is seen, once at a time, and again when its interval is over', () => {
	const {store, tick, answer, header} = opened();
	assert.deepEqual(tick(0), [load]);
	assert.deepEqual(tick(60_000), []);
	answer('acme/load', text('calm'));
	assert.match(header(), /acme calm/);
	assert.deepEqual(tick(69_999), []);
	assert.equal(store.nextStep().ms <= 10_000, true);
	assert.deepEqual(tick(70_000), [load]);
});

test('a reading that says what was said draws nothing, and the next one is due all the same', () => {
	const {store, tick, answer} = opened();
	tick(0);
	answer('acme/load', text('calm'));
	const drawn = store.getSnapshot();
	assert.deepEqual(tick(10_000), [load]);
	store.setTime(now + 10_100);
	answer('acme/load', text('calm'));
	assert.equal(store.getSnapshot(), drawn);
	assert.equal(store.getState().now, now + 10_100);
	assert.equal(store.nextStep().ms <= 10_000, true);
	store.setTime(now + 10_200);
	answer('acme/load', text('busy'));
	const busy = store.getSnapshot();
	assert.notEqual(busy, drawn);
	tick(20_200);
	store.setTime(now + 61_000);
	answer('acme/load', text('busy'));
	assert.notEqual(store.getSnapshot(), busy, 'the clock in the header stepped meanwhile');
});

test('what is not on the screen is not asked for; a view is, as soon as it is opened, and the refresh key asks at once', () => {
	const {store, tick, answer} = opened();
	tick(0);
	answer('acme/load', text('calm'));
	const asked = store.press('V', 'enter').filter(({type}) => type === 'pane');
	assert.deepEqual(asked, [{type: 'pane', request: {plugin: 'acme', pane: 'usage'}, reply: 'pane:acme/usage'}]);
	assert.deepEqual(store.getState().screens, [{kind: 'view', pane: 'acme/usage', tab: 0, top: 0}]);
	answer('acme/usage', text('much'));
	const refreshed = store.press('R').filter(({type}) => type === 'pane');
	assert.deepEqual(
		refreshed.map(effect => effect.type === 'pane' && effect.request.pane),
		['load', 'usage'],
	);
});

test('a failure has its place, is named, and is not asked for as often; a good answer takes it away', () => {
	const {tick, answer, header} = opened();
	tick(0);
	answer('acme/load', failed(failure('CWS_PLUGIN_PROTOCOL', {message: 'nonsense'})));
	assert.match(header(), /acme Load ✖/);
	assert.deepEqual(tick(14_999), []);
	assert.deepEqual(tick(15_000), [load]);
	answer('acme/load', text('calm'));
	assert.match(header(), /acme calm/);
});

test('who pauses refreshing pauses the panes of plugins too', () => {
	const {store, tick, answer} = opened();
	tick(0);
	answer('acme/load', text('calm'));
	store.setEngine(sampleState({plugins: [acme()], isPaused: true}));
	assert.deepEqual(tick(60_000), []);
	assert.deepEqual(
		store.press('R').filter(({type}) => type === 'pane'),
		[load],
	);
});

test('nobody starts a plugin that fails to look at its panes, and with a plugin its panes go', () => {
	const {store, tick, answer, header} = opened(acme({state: 'backoff', error: failure('CWS_PLUGIN_CRASHED', {message: 'it ended'})}));
	assert.deepEqual(tick(0), []);
	store.setEngine(sampleState({plugins: [acme({generation: 2})]}));
	assert.deepEqual(tick(1000), []);
	answer('acme/load', text('calm'));
	assert.match(header(), /acme calm/);
	store.setEngine(sampleState({plugins: [acme({state: 'disabled'})]}));
	assert.doesNotMatch(header(), /calm/);
	assert.deepEqual(store.getState().panes, {});
	assert.deepEqual(store.press('V'), []);
	assert.deepEqual(store.getState().overlays, []);
});

test('a word of a plugin stands behind its name and goes when it says nothing', () => {
	const {store, header} = opened();
	store.dispatch({type: 'status', plugin: 'acme', text: 'READ-ONLY'});
	assert.match(header(), /acme READ-ONLY/);
	store.dispatch({type: 'status', plugin: 'acme', text: ''});
	assert.doesNotMatch(header(), /READ-ONLY/);
});
