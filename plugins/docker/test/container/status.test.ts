import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stateOf} from '../../container/status.ts';

const read = (word: string, sentence: string, wasStopped = false) => {
	const {status, reason} = stateOf(word, sentence, wasStopped);
	return reason === undefined ? status : `${status}: ${reason}`;
};

test('every state of both engines has a status, and their words stay', () => {
	assert.equal(read('running', 'Up 3 minutes'), 'running');
	assert.equal(read('running', 'Up 3 minutes (healthy)'), 'running');
	assert.equal(read('running', 'Up 3 minutes (unhealthy)'), 'running: its health check fails');
	assert.equal(read('running', 'Up 1 second (health: starting)'), 'running: its health check has not passed yet');
	assert.equal(read('paused', 'Up 3 minutes (Paused)'), 'hibernated');
	assert.equal(read('restarting', 'Restarting (1) 2 seconds ago'), 'running: it keeps ending with 1 and is restarted');
	assert.equal(read('created', 'Created'), 'stopped: it was created and never started');
	assert.equal(read('configured', ''), 'stopped: it was created and never started');
	assert.equal(read('removing', 'Removal In Progress'), 'deleting');
	assert.equal(read('stopping', 'Stopping'), 'stopping');
	assert.equal(read('dead', 'Dead'), 'failed: it could not be removed completely; destroy it again');
	assert.equal(read('dreaming', 'Dreaming'), 'unknown');
	assert.equal(stateOf('running', 'Up 3 minutes (healthy)').raw, 'Up 3 minutes (healthy)');
	assert.equal(stateOf('exited', '').raw, 'exited');
});

test('a program that ended with an error failed, unless somebody sent it a signal or asked it to stop', () => {
	assert.equal(read('exited', 'Exited (0) 1 hour ago'), 'stopped');
	assert.equal(read('exited', 'Exited (137) 1 hour ago'), 'stopped');
	assert.equal(read('exited', 'Exited (143) 1 hour ago'), 'stopped');
	assert.equal(read('exited', 'Exited (1) 1 hour ago'), 'failed: it ended with 1');
	assert.equal(read('exited', 'Exited (1) 1 hour ago', true), 'stopped');
});
