import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openDestroy, type DestroyOverlay} from '../../../source/ui/overlays/destroy/destroy.ts';
import {failure} from '../../../source/core/failure/failure.ts';
import {drive, refusal, reply, runs} from './drive.ts';
import {engineState, gpu, host, key, notebook, typed, viewContext} from './layer-fixture.ts';

const context = viewContext();
const open = () => openDestroy(notebook, context);

test('it asks for the plan of exactly this resource', () => {
	assert.deepEqual(open().effects, [
		{type: 'plan', command: 'destroy', input: {ref: notebook.ref, confirm: 'old-notebook'}, reply: `destroy:plan:${notebook.ref}`},
	]);
});

test('the typed name, Tab to Destroy and Enter destroy it with the undo window', () => {
	const sent = [...typed('old-notebook'), key('tab'), key('tab'), key('enter')];
	const driven = drive(open(), sent);
	assert.equal(drive(open(), [...sent, reply(`destroy:run:${notebook.ref}`, {})]).state, undefined);
	assert.deepEqual(runs(drive(open(), [...sent, key('enter'), key('tab'), key('enter')])), runs(driven));
	assert.deepEqual(runs(driven), [
		{
			type: 'run',
			command: 'destroy',
			input: {ref: notebook.ref, confirm: 'old-notebook', undoSeconds: 10},
			reply: `destroy:run:${notebook.ref}`,
		},
	]);
});

test('a destroy that the engine refuses says what, why and what to do', () => {
	const error = failure('CWS_CONFLICT', {message: 'A stop is running.'});
	const driven = drive(open(), [
		...typed('old-notebook'),
		key('tab'),
		key('tab'),
		key('enter'),
		refusal(`destroy:run:${notebook.ref}`, error),
	]);
	assert.deepEqual(driven.state, {kind: 'message', title: 'old-notebook was not destroyed', failure: error});
});

test('Enter in the field does nothing, also when the name is complete', () => {
	const driven = drive(open(), [...typed('old-notebook'), key('enter'), key('enter')]);
	assert.notEqual(driven.state, undefined);
	assert.deepEqual(runs(driven), []);
});

test('without the name Tab finds only Cancel and the field', () => {
	const stops = [1, 2, 3].map(
		count => (drive(open(), [...typed('old'), ...Array.from({length: count}, () => key('tab'))]).state as DestroyOverlay).focus,
	);
	assert.deepEqual(stops, ['cancel', 'field', 'cancel']);
});

test('Cancel is one Tab away and destroys nothing', () => {
	const driven = drive(open(), [...typed('old-notebook'), key('tab'), key('enter')]);
	assert.equal(driven.state, undefined);
	assert.deepEqual(runs(driven), []);
});

test('Esc cancels from everywhere', () => {
	for (const tabs of [0, 1, 2]) {
		const driven = drive(open(), [...typed('old-notebook'), ...Array.from({length: tabs}, () => key('tab')), key('esc')]);
		assert.equal(driven.state, undefined);
		assert.deepEqual(runs(driven), []);
	}
});

test('a name that was unlocked and then changed is locked again, wherever the focus is', () => {
	const driven = drive(open(), [...typed('old-notebook'), key('backspace'), key('tab'), key('tab'), key('enter')]);
	assert.deepEqual(runs(driven), []);
});

test('another name, even of another resource, does not unlock', () => {
	assert.deepEqual(runs(drive(open(), [...typed(gpu.name), key('tab'), key('tab'), key('enter')])), []);
});

test('a pasted name unlocks', () => {
	const driven = drive(open(), [{type: 'paste', text: 'old-notebook'}, key('tab'), key('tab'), key('enter')]);
	assert.equal(runs(driven).length, 1);
});

test('it stays with its identity when the rows move', () => {
	const moved = viewContext(
		engineState({sources: engineState().sources.map(source => ({...source, resources: source.resources.toReversed()}))}),
	);
	const driven = drive(open(), [{type: 'engine'}, ...typed('old-notebook'), key('tab'), key('tab'), key('enter')], moved);
	assert.deepEqual(
		runs(driven).map(effect => (effect as {input: {ref: string}}).input.ref),
		[notebook.ref],
	);
});

test('a resource that vanishes locks the dialog at once', () => {
	const without = viewContext(
		engineState({
			sources: engineState().sources.map(source => ({...source, resources: source.resources.filter(({ref}) => ref !== notebook.ref)})),
		}),
	);
	const unlocked = drive(open(), [...typed('old-notebook'), key('tab'), key('tab')]);
	const gone = drive({state: unlocked.state!, effects: []}, [{type: 'engine'}], without);
	assert.equal((gone.state as DestroyOverlay).isGone, true);
	assert.equal((gone.state as DestroyOverlay).focus, 'cancel');
	assert.deepEqual(runs(drive({state: gone.state!, effects: []}, [key('tab'), key('enter')], without)), []);
});

test('a protected resource has no field and asks for no plan', () => {
	const {state, effects} = openDestroy(host, context);
	assert.deepEqual(effects, []);
	assert.equal(state.focus, 'cancel');
	const typedIn = drive({state, effects}, [...typed('this-machine'), key('tab')]);
	assert.equal((typedIn.state as DestroyOverlay).field.value, '');
	assert.equal((typedIn.state as DestroyOverlay).focus, 'cancel');
});

test('only the answer to its own question becomes its plan', () => {
	const plan = {takes: ['a volume'], lines: []};
	const other = drive(open(), [reply('destroy:plan:other', plan)]).state as DestroyOverlay;
	assert.equal(other.plan.status, 'loading');
	const own = drive(open(), [reply(`destroy:plan:${notebook.ref}`, plan)]).state as DestroyOverlay;
	assert.deepEqual(own.plan, {status: 'ready', value: plan});
});
