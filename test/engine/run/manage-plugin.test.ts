import assert from 'node:assert/strict';
import {test} from 'node:test';
import {managePlugin, manageTask} from '../../../source/engine/run/manage-plugin.ts';
import {createFakeHost, fakePlugin} from '../../helpers/fake-host.ts';

const task = {name: 'refresh', everySeconds: 60, state: 'waiting', runs: 0, failures: 0} as const;

test('a plugin is allowed, refused, loaded and unloaded by one command each', async () => {
	const host = createFakeHost([fakePlugin('acme', [], {state: 'blocked', consent: {needed: [], isUpdate: false}})]);
	const stateAfter = async (id: Parameters<typeof managePlugin>[1]) => {
		const done = await managePlugin({host}, id, {plugin: 'acme'});
		return done.ok ? done.value.state : done.error.code;
	};

	assert.equal(await stateAfter('grantPlugin'), 'active');
	assert.equal(await stateAfter('unloadPlugin'), 'stopped');
	assert.equal(await stateAfter('loadPlugin'), 'active');
	assert.equal(await stateAfter('denyPlugin'), 'blocked');
	const nobody = await managePlugin({host}, 'grantPlugin', {plugin: 'acne'});
	assert.equal(!nobody.ok && nobody.error.fix, 'did you mean `acme`?');
});

test('a task is run, paused and resumed by its name, and a wrong name gets the right one', async () => {
	const host = createFakeHost([fakePlugin('acme', [], {tasks: [task]})]);
	for (const id of ['runTask', 'pauseTask', 'resumeTask'] as const) {
		assert.equal((await manageTask({host}, id, {plugin: 'acme', task: 'refresh'})).ok, true);
	}

	assert.deepEqual(host.methods(), ['runTask', 'pauseTask', 'resumeTask']);
	const wrong = await manageTask({host}, 'runTask', {plugin: 'acme', task: 'refrsh'});
	assert.equal(!wrong.ok && wrong.error.fix, 'did you mean `refresh`?');
});
