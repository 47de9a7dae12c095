import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok} from '../../../source/core/failure/outcome.ts';
import {type PluginHostOptions} from '../../../source/host/options.ts';
import {hostForTest} from '../../helpers/host-for-test.ts';
import {listen, recordOf} from '../fixture-host.ts';
import {madePlugin} from '../made-plugin.ts';

const plugin = () =>
	madePlugin(
		'acme',
		{contributes: {tasks: ['refresh', 'clean'].map(name => ({name, everySeconds: 3600, handler: name}))}},
		'export default {tasks: {refresh() {}, clean() {}}};',
	);

const stateOf = (host: Parameters<typeof recordOf>[0], name: string) =>
	recordOf(host, 'acme').tasks.find(task => task.name === name)?.state;

test('a paused task is kept, and is still paused in the next process', async () => {
	const kept: (readonly string[])[] = [];
	const options: Partial<PluginHostOptions> = {
		async setPausedTasks(tasks) {
			kept.push(tasks);
			return ok(undefined);
		},
	};
	await using first = await hostForTest([plugin()], options);
	assert.ok((await first.host.pauseTask('acme', 'refresh')).ok);
	assert.ok((await first.host.pauseTask('acme', 'refresh')).ok);
	assert.deepEqual([kept, stateOf(first.host, 'refresh')], [[['acme/refresh']], 'paused']);
	await using second = await hostForTest([plugin()], {...options, pausedTasks: ['acme/refresh']});
	const {host} = second;
	const heard = listen(host);
	host.setRecorder(true);
	await heard.until(() => recordOf(host, 'acme').tasks[1]?.runs === 1);
	assert.deepEqual([stateOf(host, 'refresh'), recordOf(host, 'acme').tasks[0]?.runs], ['paused', 0]);
	assert.ok((await host.resumeTask('acme', 'refresh')).ok);
	await heard.until(() => recordOf(host, 'acme').tasks[0]?.runs === 1);
	assert.deepEqual(kept.at(-1), []);
});

test('a pause that cannot be kept is refused, and the task goes on', async () => {
	await using made = await hostForTest([plugin()], {
		setPausedTasks: async () => failed(failure('CWS_FILE', {message: 'The file cannot be written.'})),
	});
	const paused = await made.host.pauseTask('acme', 'refresh');
	assert.equal(paused.ok ? '' : paused.error.code, 'CWS_FILE');
	assert.notEqual(stateOf(made.host, 'refresh'), 'paused');
});
