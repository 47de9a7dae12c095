import {json, manifestBase, type ScaffoldFiles, type ScaffoldNames} from './shared-files.ts';

/** Commands, a task and an event handler over a store of its own. */
export const systemFiles = (names: ScaffoldNames): ScaffoldFiles => ({
	'plugin.json': json({
		...manifestBase(names, 'Counts what is launched'),
		kind: 'system',
		permissions: {events: {subscribe: ['instance.launched'], reason: 'To count them'}, store: {maxBytes: 65_536}},
		contributes: {
			commands: [
				{name: names.id, short: `What ${names.title} knows`},
				{
					name: 'report',
					parent: names.id,
					usage: 'report --format short',
					short: 'how many were launched',
					flags: [{name: 'format', type: 'string', choices: ['short', 'long'], default: 'short', short: 'how much it says'}],
					handler: 'report',
				},
			],
			events: [{on: 'instance.launched', handler: 'launched'}],
			tasks: [{name: 'tidy', everySeconds: 3600, skipInitialRun: true, handler: 'tidy'}],
		},
	}),
	'index.ts': systemCode,
	'test/index.test.ts': systemTest,
});

const systemCode = `import {definePlugin, type Log, type PluginStore} from 'cws/sdk';

type Launch = {readonly at: number; readonly name: string};

const keptMs = 30 * 24 * 3_600_000;
let store: PluginStore;
let log: Log;
let now = () => 0;

const read = async (): Promise<readonly Launch[]> => ((await store.get('launches')) as readonly Launch[] | undefined) ?? [];

export default definePlugin({
	initialize(context) {
		store = context.store!;
		log = context.log;
		now = context.clock.now;
	},
	health: async () => ({status: 'pass', output: \`\${(await read()).length} launches are known.\`}),
	commands: {
		async report({flags}) {
			const launches = await read();
			const text = flags['format'] === 'long' ? launches.map(({name}) => name).join('\\n') : \`\${launches.length} launched\`;
			return {text, data: {count: launches.length}};
		},
	},
	events: {
		async launched({at, subject}) {
			await store.set('launches', [...(await read()), {at, name: subject}]);
		},
	},
	tasks: {
		// Twice in a row does no harm: it may happen after a crash.
		async tidy() {
			const launches = await read();
			const young = launches.filter(({at}) => now() - at < keptMs);
			await store.set('launches', [...young]);
			log.info('Tidied up', {removed: launches.length - young.length});
		},
	},
});
`;

const systemTest = `import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {startPlugin} from 'cws/sdk/testing';
import plugin from '../index.ts';

const manifest = JSON.parse(readFileSync(new URL('../plugin.json', import.meta.url), 'utf8'));
const launched = (name, at) => ({type: 'instance.launched', level: 'info', subject: name, message: 'launched', at});

test('what was launched is counted and reported', async () => {
	await using running = await startPlugin(plugin, {manifest});
	await running.call('events.launched', [launched('web-1', 1)]);
	await running.call('events.launched', [launched('web-2', 2)]);
	assert.deepEqual(await running.command('report', [], {format: 'short'}), {text: '2 launched', data: {count: 2}});
	assert.equal((await running.command('report', [], {format: 'long'})).text, 'web-1\\nweb-2');
});

test('what is older than a month is forgotten, however often the task runs', async () => {
	await using running = await startPlugin(plugin, {manifest});
	await running.call('events.launched', [launched('old', running.clock.now())]);
	await running.clock.advance(31 * 24 * 3_600_000);
	await running.call('events.launched', [launched('young', running.clock.now())]);
	await running.call('tasks.tidy');
	await running.call('tasks.tidy');
	assert.equal((await running.command('report', [], {format: 'long'})).text, 'young');
});
`;
