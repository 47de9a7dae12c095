import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ok} from '../../../source/core/failure/outcome.ts';
import {readPane} from '../../../source/engine/read-pane.ts';
import {createFakeHost, fakePlugin} from '../../helpers/fake-host.ts';

function hostWithPane(answer: unknown) {
	const acme = fakePlugin('acme', []);
	const panes = [{id: 'usage', title: 'Usage', placement: 'detail', view: 'usageView'}] as const;
	const host = createFakeHost([{...acme, manifest: {...acme.manifest, contributes: {panes}}}]);
	host.answer('panes.usageView', () => ok(answer));
	return host;
}

test('a pane is asked by the handler of its manifest, with the resource it stands beside', async () => {
	const host = hostWithPane({kind: 'text', text: 'fine'});
	assert.deepEqual(await readPane(host, {plugin: 'acme', pane: 'usage', ref: 'aws/-/-/vm/i-1'}), ok({kind: 'text', text: 'fine'}));
	assert.deepEqual(
		host.asked.map(({method, args}) => [method, args]),
		[['panes.usageView', [{ref: 'aws/-/-/vm/i-1'}]]],
	);
});

test('nonsense is a failure that names the place, and an unknown view or plugin is one too', async () => {
	const host = hostWithPane({kind: 'gauge', label: 'x', value: 'much', max: 3});
	const read = await readPane(host, {plugin: 'acme', pane: 'usage'});
	assert.ok(!read.ok);
	assert.equal(read.error.code, 'CWS_PLUGIN_PROTOCOL');
	assert.equal(read.error.cause, 'value is no number');
	const unknown = await readPane(host, {plugin: 'acme', pane: 'other'});
	assert.equal(!unknown.ok && unknown.error.code, 'CWS_NOT_FOUND');
	const nobody = await readPane(host, {plugin: 'acne', pane: 'usage'});
	assert.equal(!nobody.ok && nobody.error.fix, 'did you mean `acme`?');
});
