import assert from 'node:assert/strict';
import {test} from 'node:test';
import {now, pictureState, sampleOperation, samplePlugin, sampleResource, sampleSource, sampleState} from '../../helpers/samples.ts';
import {createTestStore} from '../../helpers/view-store.ts';

const hour = 3_600_000;
const quiet = (parts: Parameters<typeof sampleResource>[0] = {}) =>
	sampleState({sources: [sampleSource([sampleResource({createdAt: now - 5 * hour, ...parts})], {seenAt: now - 2 * hour})]});

test('an idle screen waits for the minute of its clock', () => {
	// The samples are taken at five seconds past.
	assert.deepEqual(createTestStore(quiet()).nextStep(), {ms: 55_000, isSpinning: false});
});

test('an age that crosses a step wakes the screen just then', () => {
	assert.equal(createTestStore(quiet({createdAt: now - 12_000})).nextStep().ms, 8000);
	const seen = sampleState({sources: [sampleSource([], {seenAt: now - 4000})]});
	assert.equal(createTestStore(seen).nextStep().ms, 11_000);
});

test('ages that step within one second step together', () => {
	const resources = [500, 300].map(ms => sampleResource({name: `web-${ms}`, createdAt: now - 12_000 + ms}));
	const seen = sampleState({sources: [sampleSource(resources, {seenAt: now - 2 * hour})]});
	assert.equal(createTestStore(seen).nextStep().ms, 9000);
});

test('a countdown wakes it every second, a toast when it has to go', () => {
	const scheduled = sampleOperation({state: 'scheduled', action: 'destroy', dueAt: now + 7400});
	assert.equal(createTestStore({...quiet(), operations: [scheduled]}).nextStep().ms, 400);
	const store = createTestStore(quiet());
	store.dispatch({type: 'toast', level: 'info', text: 'copied'});
	assert.equal(store.nextStep().ms, 4000);
});

test('the spinner turns only while something is on its way', () => {
	assert.equal(createTestStore(pictureState()).nextStep().isSpinning, true);
	assert.equal(createTestStore(quiet({status: 'creating'})).nextStep().isSpinning, true);
	assert.equal(createTestStore({...quiet(), plugins: [samplePlugin('local', {state: 'starting'})]}).nextStep().isSpinning, true);
	const store = createTestStore({...quiet(), plugins: [samplePlugin('aws')]});
	assert.equal(store.nextStep().isSpinning, false);
	store.press('d');
	assert.equal(store.nextStep().isSpinning, true, 'the screen is being read');
});

test('a tick turns the spinner one frame and only when asked', () => {
	const store = createTestStore(quiet());
	store.dispatch({type: 'tick', now: now + 100, isSpinning: true});
	store.dispatch({type: 'tick', now: now + 200, isSpinning: false});
	assert.equal(store.getState().spinner, 1);
});
