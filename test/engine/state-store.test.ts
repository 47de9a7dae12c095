import assert from 'node:assert/strict';
import test from 'node:test';
import {createStateStore} from '../../source/engine/state-store.ts';
import {type EngineState} from '../../source/engine/state.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';

const initial = {phase: 'starting', isPaused: false} as EngineState;
const pause = (state: EngineState): EngineState => ({...state, isPaused: !state.isPaused});

const createStore = (collect: (state: EngineState) => EngineState = state => state) => {
	const clock = createFakeClock();
	const store = createStateStore({clock, initial, collect});
	let heard = 0;
	const unsubscribe = store.subscribe(() => {
		heard++;
	});
	return {clock, store, unsubscribe, heard: () => heard};
};

test('the first change is told at once, many changes of one turn are one', async () => {
	const {clock, store, heard} = createStore();
	store.update(pause);
	store.update(pause);
	store.update(pause);
	assert.equal(heard(), 0);
	await clock.flush();
	assert.equal(heard(), 1);
});

test('changes are told at most ten times a second, and the last one is never lost', async () => {
	const {clock, store, heard} = createStore();
	for (let index = 0; index < 100; index++) {
		store.update(pause);
		await clock.advance(10);
	}

	assert.ok(heard() <= 11, `${heard()} in a second`);
	const before = heard();
	store.update(pause);
	await clock.advance(100);
	assert.equal(heard(), before + 1);
});

test('a reducer that gives the same state back is silent', async () => {
	const {clock, store, heard} = createStore();
	store.update(state => state);
	await clock.advance(1000);
	assert.equal(heard(), 0);
	assert.equal(store.get(), initial);
});

test('what waits outside the state is collected once per publication, and at once when asked for', async () => {
	let collected = 0;
	const {clock, store, heard} = createStore(state => {
		collected++;
		return {...state, hoursPerMonth: collected};
	});
	store.touch();
	store.touch();
	await clock.flush();
	assert.deepEqual([collected, heard(), store.get().hoursPerMonth], [1, 1, 1]);
	assert.equal(store.flush().hoursPerMonth, 2);
});

test('nobody hears of anything after the end', async () => {
	const {clock, store, heard, unsubscribe} = createStore();
	store.update(pause);
	await clock.flush();
	unsubscribe();
	store.update(pause);
	await clock.advance(200);
	assert.equal(heard(), 1);
	store.close();
	store.update(pause);
	assert.equal(clock.pending(), 0);
});
