import {json, manifestBase, type ScaffoldFiles, type ScaffoldNames} from './shared-files.ts';

/** A pane in the dashboard: data that the host draws. */
export const paneFiles = (names: ScaffoldNames): ScaffoldFiles => ({
	'plugin.json': json({
		...manifestBase(names, 'A pane of its own'),
		kind: 'system',
		contributes: {panes: [{id: names.id, title: names.title.slice(0, 40), placement: 'tab', view: 'overview', everySeconds: 5}]},
	}),
	'index.ts': paneCode,
	'test/index.test.ts': paneTest,
});

const paneCode = `import {definePlugin, type PaneView, type PluginClock} from 'cws/sdk';

let clock: PluginClock;
let startedAt = 0;

export default definePlugin({
	initialize(context) {
		clock = context.clock;
		startedAt = clock.now();
	},
	health: () => ({status: 'pass', output: 'The pane can be drawn.'}),
	panes: {
		// Data, not a drawing: the host draws it with the person's theme, and its keys scroll it.
		overview(): PaneView {
			const minutes = Math.floor((clock.now() - startedAt) / 60_000);
			return {
				kind: 'tabs',
				tabs: [
					{
						title: 'Table',
						view: {
							kind: 'table',
							columns: [{title: 'WHAT'}, {title: 'VALUE', align: 'right'}],
							rows: [
								['minutes', minutes],
								['state', {text: 'fine', tone: 'ok'}],
							],
						},
					},
					{title: 'Gauge', view: {kind: 'gauge', label: 'of an hour', value: Math.min(minutes, 60), max: 60}},
				],
			};
		},
	},
});
`;

const paneTest = `import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {startPlugin} from 'cws/sdk/testing';
import plugin from '../index.ts';

const manifest = JSON.parse(readFileSync(new URL('../plugin.json', import.meta.url), 'utf8'));

test('the pane says how long the plugin runs', async () => {
	await using running = await startPlugin(plugin, {manifest});
	await running.clock.advance(120_000);
	const {tabs} = await running.call('panes.overview');
	assert.deepEqual(tabs[0].view.rows[0], ['minutes', 2]);
	assert.equal(tabs[1].view.value, 2);
});
`;
