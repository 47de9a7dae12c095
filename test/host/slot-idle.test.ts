import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hostForTest} from '../helpers/host-for-test.ts';
import {listen, quick, recordOf} from './fixture-host.ts';
import {madePlugin} from './made-plugin.ts';

const code = `export default {provider: {
	hello: () => 'hello',
	async *watch() { yield [1]; await new Promise(() => {}); },
}, tasks: {refresh: () => {}}};`;

test('a plugin nobody needs rests after a while, and the next call starts it again', async () => {
	await using started = await hostForTest([madePlugin('tool', {}, code)], {limits: {...quick, idleMs: 150}});
	const {host} = started;
	const heard = listen(host);
	await host.start('tool');
	await heard.until(() => recordOf(host, 'tool').state === 'discovered');
	assert.deepEqual(await host.call({plugin: 'tool', method: 'provider.hello', args: []}), {ok: true, value: 'hello'});
	assert.deepEqual([recordOf(host, 'tool').state, recordOf(host, 'tool').generation, recordOf(host, 'tool').strikes], ['active', 2, 0]);
});

test('one that is polled, scheduled or being listened to does not rest', async () => {
	const types = [{type: 'vm', operations: ['list' as const]}];
	const tasks = [{name: 'refresh', everySeconds: 60, handler: 'refresh'}];
	await using started = await hostForTest(
		[
			madePlugin('polled', {contributes: {resourceTypes: types}}, code),
			madePlugin('scheduled', {contributes: {tasks}}, code),
			madePlugin('watched', {}, code),
			madePlugin('tool', {}, code),
		],
		{limits: {...quick, idleMs: 150}},
	);
	const {host} = started;
	const heard = listen(host);
	await Promise.all(host.records().map(({id}) => host.start(id)));
	const watch = host.stream({plugin: 'watched', method: 'provider.watch', args: []})[Symbol.asyncIterator]();
	await watch.next();
	await heard.until(() => recordOf(host, 'tool').state === 'discovered');
	assert.deepEqual(
		['polled', 'scheduled', 'watched'].map(id => recordOf(host, id).state),
		['active', 'active', 'active'],
	);
	await watch.return?.();
});
