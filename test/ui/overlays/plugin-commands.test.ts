import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type CommandContribution} from '../../../source/core/manifest/contributions.ts';
import {openPalette} from '../../../source/ui/overlays/palette/palette.ts';
import {findPaletteItems} from '../../../source/ui/overlays/palette/palette-items.ts';
import {type OutputOverlay, viewOutput} from '../../../source/ui/overlays/output/output.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {drive, refusal, reply, runs} from './drive.ts';
import {engineState, key, plugins, typed, viewContext, viewState} from './layer-fixture.ts';

const commands: readonly CommandContribution[] = [
	{name: 'analytics', short: 'Figures of use'},
	{
		name: 'report',
		parent: 'analytics',
		short: 'Make a report',
		usage: 'report <month>',
		flags: [
			{name: 'type', type: 'string', alias: 't'},
			{name: 'top', type: 'number'},
			{name: 'raw', type: 'boolean', default: true},
			{name: 'tag', type: 'string', isMultiple: true},
		],
		handler: 'report',
	},
	{name: 'today', short: 'What runs now', handler: 'today'},
];

const [first, ...rest] = plugins;
const owner = {...first!, manifest: {...first!.manifest, contributes: {...first!.manifest.contributes, commands}}};
const contextOf = (patch = {}) => viewContext(engineState({plugins: [{...owner, ...patch}, ...rest]}));
const context = contextOf();
const names = (query: string, of = context) => findPaletteItems(query, of, viewState()).map(({item}) => item.name);

test('commands of plugins are in the palette before their plugin runs, and go with it', () => {
	assert.ok(names('report', contextOf({state: 'discovered'})).includes('analytics report'));
	assert.ok(names('today').includes('today'));
	for (const state of ['stopped', 'disabled', 'failed'] as const) {
		assert.ok(!names('report', contextOf({state})).includes('analytics report'), state);
	}
});

test('a command that needs nothing runs at once and its output is shown', () => {
	const opened = drive(openPalette(), [...typed('today'), key('enter')], context);
	assert.deepEqual(
		runs(opened).map(effect => effect.type === 'run' && effect.input),
		[{plugin: owner.id, command: 'today', args: [], flags: {}}],
	);
	assert.equal(opened.state?.kind, 'output');
});

test('a command that needs words is completed first, and runs with what is typed behind it', () => {
	const asked = drive(openPalette(), [...typed('analytics report'), key('enter')], context);
	assert.equal(asked.state?.kind === 'palette' && asked.state.menu.query.value, 'analytics report ');
	const line = 'analytics report "july 2" -t weekly --top=3 --no-raw --tag a --tag b';
	const run = drive(openPalette(), [...typed(line), key('enter')], context);
	assert.deepEqual(
		runs(run).map(effect => effect.type === 'run' && effect.input),
		[
			{
				plugin: owner.id,
				command: 'analytics report',
				args: ['july 2'],
				flags: {type: 'weekly', top: 3, raw: false, tag: ['a', 'b']},
			},
		],
	);
	const [wrong] = findPaletteItems('analytics report july --tip weekly', context, viewState());
	assert.equal(wrong?.item.reason, '`--tip` is not a flag of this command.');
	assert.notEqual(drive(openPalette(), [...typed('analytics report july --top x'), key('enter')], context).state, undefined);
});

const shown = (events: Parameters<typeof drive>[1]) => {
	const opened = drive(openPalette(), [...typed('today'), key('enter')], context);
	const state = opened.state as OutputOverlay;
	const driven = drive(
		{state, effects: []},
		events.map(event => (event.type === 'reply' ? {...event, reply: state.reply} : event)),
		context,
	);
	const view = driven.state?.kind === 'output' ? viewOutput(driven.state, context, viewState()) : undefined;
	return {driven, view, lines: view?.body.map(line => lineText(line).trimEnd()) ?? []};
};

const answer = (value: object) => reply('', {plugin: owner.id, command: 'today', exitCode: 0, ...value});

test('text keeps its lines, rows are a table, and a failure says what to do', () => {
	assert.deepEqual(shown([answer({text: 'one\n\ntwo'})]).lines, ['one', '', 'two']);
	assert.deepEqual(
		shown([
			answer({
				data: [
					{name: 'a', hours: 12},
					{name: 'bcd', hours: 3},
				],
			}),
		]).lines,
		['NAME  HOURS', 'a     12', 'bcd   3'],
	);
	assert.deepEqual(shown([answer({})]).lines, ['It is done and printed nothing.']);
	const failed = shown([refusal('', {code: 'CWS_PLUGIN_FAILED', message: 'It broke.', fix: 'cws doctor'})]);
	assert.ok(failed.lines.some(line => line.includes('It broke.')) && failed.view?.tone === 'danger');
	assert.ok(shown([answer({text: 'x', exitCode: 3})]).view?.footer?.some(line => lineText(line).includes('exit code 3')));
});

test('a long output is scrolled, copied and closed; the answer to another is not taken', () => {
	const text = Array.from({length: 200}, (_, index) => `line ${index}`).join('\n');
	assert.equal(shown([answer({text})]).lines[0], 'line 0');
	assert.equal(shown([answer({text}), key('j'), key('j')]).lines[0], 'line 2');
	assert.equal(shown([answer({text}), key('G')]).lines.at(-1), 'line 199');
	assert.deepEqual(shown([answer({text: 'abc'}), key('c')]).driven.effects.at(-1), {type: 'copy', text: 'abc', label: 'what it printed'});
	assert.equal(shown([answer({text}), key('esc')]).driven.state, undefined);
	const other = drive(openPalette(), [...typed('today'), key('enter'), reply('output:other', {exitCode: 0, text: 'x'})], context);
	assert.equal(other.state?.kind === 'output' && other.state.result.status, 'loading');
});
