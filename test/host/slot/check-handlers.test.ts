import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Contributions} from '../../../source/core/manifest/contributions.ts';
import {missingHandler} from '../../../source/host/slot/check-handlers.ts';
import {manifestOf} from '../made-plugin.ts';

const missing = (contributes: Contributions, ...methods: readonly string[]) =>
	missingHandler(manifestOf('lab', {contributes}), new Set(methods))?.message;

test('a handler the code lacks is named with its kind', () => {
	assert.equal(
		missing({commands: [{name: 'report', short: 'x', handler: 'report'}]}, 'commands.other'),
		'The plugin `lab` has an unknown command handler: report.',
	);
	assert.match(missing({endpoints: [{method: 'GET', path: '/a', handler: 'a'}]}) ?? '', /unknown endpoint handler: a/);
	assert.match(missing({middleware: [{name: 'trace', handler: 'trace'}]}) ?? '', /unknown middleware handler: trace/);
	assert.match(missing({panes: [{id: 'p', title: 'P', placement: 'tab', view: 'v'}]}) ?? '', /unknown pane handler: v/);
	assert.equal(missing({commands: [{name: 'report', short: 'x', handler: 'report'}]}, 'commands.report'), undefined);
});

test('a storage provider has every operation it promises, and an auth provider all four', () => {
	const storage: Contributions = {storageProviders: [{id: 'disk', title: 'Disk', operations: ['create', 'resize'], handler: 'disk'}]};
	assert.match(missing(storage, 'storage.disk.create') ?? '', /unknown storage handler: disk\.resize/);
	assert.equal(missing(storage, 'storage.disk.create', 'storage.disk.resize'), undefined);
	const auth: Contributions = {authProviders: [{id: 'lab', title: 'Lab', flows: ['manual'], handler: 'lab'}]};
	assert.match(missing(auth, 'auth.lab.login', 'auth.lab.status', 'auth.lab.refresh') ?? '', /unknown auth handler: lab\.logout/);
});

test('a command without a handler only groups others', () => {
	assert.equal(missing({commands: [{name: 'analytics', short: 'x'}]}), undefined);
});
