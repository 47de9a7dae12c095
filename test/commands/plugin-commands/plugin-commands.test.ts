import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Contributions} from '../../../source/core/manifest/contributions.ts';
import {type JsonSchema} from '../../../source/core/schema/json.ts';
import {renderHelp, renderVerbHelp} from '../../../source/commands/help.ts';
import {parseArguments} from '../../../source/commands/parse-arguments.ts';
import {findPluginVerb, withPlugins} from '../../../source/commands/plugin-commands/find-verb.ts';
import {missingVerb} from '../../../source/commands/plugin-commands/missing-verb.ts';
import {printOutput} from '../../../source/commands/plugin-commands/print-output.ts';
import {verbLoaders} from '../../../source/commands/verbs.ts';
import {createPrinter} from '../../../source/commands/shared/printer.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';

const plugin = (id: string, contributes: Contributions, config?: JsonSchema, patch = {}) => {
	const record = fakePlugin(id, [], patch);
	return {...record, manifest: {...record.manifest, contributes, ...(config !== undefined && {config})}};
};

const usage = plugin(
	'usage',
	{
		flags: [
			{name: 'team', type: 'string', short: 'only this team'},
			{name: 'verbose', type: 'boolean'},
			{name: 'lost', type: 'string'},
			{name: 'cluster', type: 'string', verbs: ['list']},
		],
		commands: [
			{name: 'analytics', short: 'Figures of use', aliases: ['stats']},
			{
				name: 'report',
				parent: 'analytics',
				usage: 'report <month> --type weekly',
				short: 'Make a report',
				long: 'What was used.\nAnd by whom.',
				flags: [{name: 'type', type: 'string', choices: ['weekly', 'monthly'], default: 'weekly', short: 'how long'}],
				handler: 'report',
			},
			{name: 'forecast', parent: 'cost', short: 'What it will be', handler: 'forecast'},
		],
	},
	{type: 'object', properties: {team: {type: 'string'}, verbose: {type: 'boolean'}, cluster: {type: 'string'}}},
);

const verbOf = (...argv: readonly string[]) => findPluginVerb([usage], argv);

test('commands of plugins are in the help of cws, of the verb they hang under and of their parent', async () => {
	assert.match(await renderHelp([usage]), /commands of plugins\n {2}analytics +Figures of use\n/);
	assert.doesNotMatch(await renderHelp([usage]), /forecast/);
	assert.match(renderVerbHelp(withPlugins(await verbLoaders['cost']!(), [usage])), /commands of plugins\n {2}forecast +What it will be/);
	const group = renderVerbHelp(verbOf('analytics')!.verb);
	assert.match(group, /^cws analytics: Figures of use\n/);
	assert.match(group, /commands\n {2}report +Make a report/);
	assert.match(group, /from the plugin usage; also cws stats/);
	const report = renderVerbHelp(verbOf('stats', 'report', '--help')!.verb);
	assert.match(report, /What was used\.\nAnd by whom\.\n\nusage\n {2}cws analytics report <month> --type weekly\n/);
	assert.match(report, /--type VALUE +how long \(default weekly\) \(weekly, monthly\)/);
});

test('words and flags of a plugin command are parsed as those of a verb', async () => {
	const found = verbOf('analytics', 'report', 'july', '--type', 'monthly', '-o', 'csv')!;
	const parsed = await parseArguments(found.verb, found.rest);
	assert.ok(parsed.ok);
	assert.deepEqual(parsed.value.input, ['july']);
	assert.deepEqual(
		{...parsed.value.flags, color: undefined},
		{type: 'monthly', output: 'csv', pluginDir: [], pluginConfig: [], color: undefined},
	);
	const wrong = await parseArguments(found.verb, ['july', '--type', 'daily']);
	assert.equal(wrong.ok ? '' : wrong.error.message, '`--type` takes weekly, monthly; not `daily`.');
	const short = await parseArguments(found.verb, []);
	assert.equal(short.ok ? '' : short.error.message, '`cws analytics report` needs <month>.');
});

test('a flag of a plugin sets its option for one run, has the id before it where its name is taken, and is left out without an option', async () => {
	const list = withPlugins(await verbLoaders['list']!(), [usage]);
	assert.deepEqual(
		Object.entries(list.pluginFlags ?? {}).map(([name, flag]) => [name, flag.plugin, flag.option]),
		[
			['team', 'usage', 'team'],
			['usageVerbose', 'usage', 'verbose'],
			['cluster', 'usage', 'cluster'],
		],
	);
	const cost = withPlugins(await verbLoaders['cost']!(), [usage]);
	assert.deepEqual(Object.keys(cost.pluginFlags ?? {}), ['team', 'usageVerbose']);
	const parsed = await parseArguments(list, ['--team', 'lab', '--usage-verbose']);
	assert.ok(parsed.ok && parsed.value.flags['team'] === 'lab' && parsed.value.flags['usageVerbose'] === true);
});

test('who types the command of a plugin that is off hears which plugin that is', () => {
	const off = plugin('usage', usage.manifest.contributes, undefined, {state: 'disabled'});
	assert.equal(findPluginVerb([off], ['analytics']), undefined);
	assert.equal(missingVerb([off], 'analytics')?.message, '`analytics` is a command of the plugin `usage`, which is disabled.');
	assert.equal(missingVerb([off], 'analytics')?.fix, 'cws plugin enable usage');
	assert.equal(missingVerb([usage], 'analytiks'), undefined);
});

test('what a command answers is printed as text, table, CSV or JSON', () => {
	const printed = (result: {text?: string; data?: never[] | {a: string; b: number}[]}, form?: 'table' | 'csv' | 'json', isJson = false) => {
		let out = '';
		const stream = {write: (text: string) => (out += text)};
		const print = createPrinter({stdout: stream, stderr: stream, isJson, isQuiet: false});
		const code = printOutput(print, {plugin: 'usage', command: 'report', exitCode: 3, ...result}, form);
		return [out, code];
	};

	const data = [
		{a: 'x, y', b: 1},
		{a: 'z', b: 22},
	];
	assert.deepEqual(printed({text: 'one\ntwo', data}), ['one\ntwo\n', 3]);
	assert.deepEqual(printed({data}), ['A     B\nx, y  1\nz     22\n', 3]);
	assert.deepEqual(printed({text: 'one', data}, 'table'), ['A     B\nx, y  1\nz     22\n', 3]);
	assert.deepEqual(printed({data}, 'csv'), ['a,b\n"x, y",1\nz,22\n', 3]);
	assert.deepEqual(JSON.parse(printed({text: 'one', data}, undefined, true)[0] as string), data);
	assert.deepEqual(JSON.parse(printed({text: 'one'}, 'json')[0] as string), {text: 'one'});
	assert.match(printed({text: 'one'}, 'csv')[0] as string, /CWS_USAGE: `cws report` gave no rows/);
});
