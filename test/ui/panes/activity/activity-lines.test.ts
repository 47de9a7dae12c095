import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../../source/core/failure/failure.ts';
import {type Operation} from '../../../../source/core/operation.ts';
import {lineText} from '../../../../source/ui/components/line/line.ts';
import {activityColumns, activityLine} from '../../../../source/ui/panes/activity/activity-lines.ts';
import {eventWord} from '../../../../source/ui/panes/activity/event-look.ts';
import {activityCounts, activityItems} from '../../../../source/ui/view/activity/activity-items.ts';
import {now, pictureState, sampleOperation, sampleState} from '../../helpers/samples.ts';

function draw(operation: Partial<Operation>): string {
	const items = activityItems(sampleState({operations: [sampleOperation(operation)]}), 'tasks');
	const context = {now, spinner: 0, undoKey: 'u', columns: activityColumns(items, 118), width: 118};
	return lineText(activityLine(items[0]!, context));
}

test('an operation says how far it is, how it ended and what to do', () => {
	assert.match(draw({progress: 0.5, stage: 'starting instance'}), /deploy web-1 +aws +━{10}─{10} starting instance · 12 s$/);
	assert.match(draw({}), /⠋ asked the provider · 12 s$/);
	assert.match(draw({action: 'destroy', state: 'scheduled', dueAt: now + 7200}), /in 8 s · u undo$/);
	assert.match(draw({state: 'verified', endedAt: now}), /done · 12 s$/);
	assert.match(
		draw({state: 'failed', endedAt: now, error: failure('CWS_PORT_TAKEN', {message: 'Port 80 is in use.', fix: 'use another port'})}),
		/Port 80 is in use\. · use another port$/,
	);
});

test('running operations stand above the events, ended ones only among the tasks', () => {
	const kinds = activityItems(pictureState(), 'events').map(({kind}) => kind);
	assert.deepEqual(kinds, ['operation', 'operation', 'event', 'event', 'event', 'event']);
	const ended = sampleState({operations: [sampleOperation({state: 'verified'})]});
	assert.deepEqual(activityItems(ended, 'events'), []);
	assert.equal(activityItems(ended, 'tasks').length, 1);
});

test('the tabs count what runs and what went wrong', () => {
	const state = {...pictureState(), notices: [failure('CWS_CONFIG', {message: 'Unknown key.'})]};
	assert.deepEqual(activityCounts(state), {tasks: 2, errors: 3});
	assert.equal(activityItems(state, 'errors')[0]?.kind, 'notice');
});

test('an event shows the word that says what happened', () => {
	assert.equal(eventWord('plugin.health.changed'), 'health');
	assert.equal(eventWord('instance.launched'), 'launched');
});
