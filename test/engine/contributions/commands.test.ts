import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type CommandContribution} from '../../../source/core/manifest/contributions.ts';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {commandsUnder, findCommand, pluginCommands, rootCommands} from '../../../source/engine/contributions/commands.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';

const withCommands = (id: string, commands: readonly CommandContribution[], patch: Partial<PluginRecord> = {}): PluginRecord => {
	const record = fakePlugin(id, [], patch);
	return {...record, manifest: {...record.manifest, contributes: {commands}}};
};

const command = (name: string, parent?: string, more: Partial<CommandContribution> = {}): CommandContribution => ({
	name,
	short: name,
	handler: name,
	...(parent !== undefined && {parent}),
	...more,
});

const paths = (...plugins: readonly PluginRecord[]) => pluginCommands(plugins).commands.map(({path}) => path);
const messages = (...plugins: readonly PluginRecord[]) => pluginCommands(plugins).problems.map(({message}) => message);

test('commands hang under their parents, whichever plugin comes first', () => {
	const child = withCommands('reports', [command('weekly', 'analytics report'), command('report', 'analytics')]);
	const parent = withCommands('usage', [command('analytics')]);
	assert.deepEqual(paths(child, parent), ['analytics', 'analytics report', 'analytics report weekly']);
	const tree = pluginCommands([child, parent]);
	assert.deepEqual(
		commandsUnder(tree, 'analytics').map(({path}) => path),
		['analytics report'],
	);
	assert.deepEqual(
		rootCommands(tree).map(({path}) => path),
		['analytics'],
	);
});

test('a command whose parent is not there is reported and hangs nowhere', () => {
	const lost = withCommands('reports', [command('report', 'analytics')]);
	assert.deepEqual(paths(lost), []);
	assert.deepEqual(messages(lost), ['The command `report` of `reports` hangs under `analytics`, which is not there.']);
});

test('a command that would hide a verb, an alias of one or the command of another plugin is left out and reported', () => {
	const first = withCommands('alpha', [command('report')]);
	const second = withCommands('beta', [command('report'), command('deploy'), command('ls')]);
	assert.deepEqual(paths(first, second), ['report']);
	assert.deepEqual(messages(first, second), [
		'The command `report` of `beta` is left out, as the plugin `alpha` has that name.',
		'The command `deploy` of `beta` is left out, as cws itself has that name.',
		'The command `ls` of `beta` is left out, as cws itself has that name.',
	]);
});

test('an alias that is taken is left out, and its command stays', () => {
	const first = withCommands('alpha', [command('report', undefined, {aliases: ['r', 'list']})]);
	const second = withCommands('beta', [command('record', undefined, {aliases: ['r', 'rec']})]);
	const tree = pluginCommands([first, second]);
	assert.deepEqual(
		tree.commands.map(({path, aliases}) => [path, ...aliases]),
		[
			['report', 'r'],
			['record', 'rec'],
		],
	);
	assert.equal(tree.problems.length, 2);
});

test('a command may hang under a verb, but not where the verb takes a name or has that word', () => {
	const plugin = withCommands('usage', [command('forecast', 'cost'), command('gpu', 'list'), command('use', 'theme')]);
	assert.deepEqual(paths(plugin), ['cost forecast']);
	assert.deepEqual(messages(plugin), [
		'The command `list gpu` of `usage` cannot hang under `cws list`, which takes a name there.',
		'The command `theme use` of `usage` is left out, as cws itself has that name.',
	]);
});

test('the longest words that name a command are it, aliases on the way included', () => {
	const tree = pluginCommands([
		withCommands('usage', [command('analytics', undefined, {aliases: ['stats']}), command('report', 'stats', {aliases: ['r']})]),
	]);
	assert.equal(findCommand(tree, ['analytics', 'report', 'july'])?.command.path, 'analytics report');
	assert.equal(findCommand(tree, ['analytics', 'report', 'july'])?.length, 2);
	assert.equal(findCommand(tree, ['analytics', 'july'])?.command.path, 'analytics');
	assert.equal(findCommand(tree, ['analytics', 'r'])?.command.path, 'analytics report');
	assert.equal(findCommand(tree, ['stats', 'report'])?.command.path, 'analytics report');
	assert.equal(findCommand(tree, ['july']), undefined);
});

test('commands go with their plugin, and stay while it rests or waits for consent', () => {
	for (const state of ['disabled', 'stopped', 'failed', 'quarantined', 'shadowed', 'blocked'] as const) {
		assert.deepEqual(paths(withCommands('usage', [command('report')], {state})), [], state);
	}

	for (const state of ['discovered', 'starting', 'active', 'backoff'] as const) {
		assert.deepEqual(paths(withCommands('usage', [command('report')], {state})), ['report'], state);
	}

	assert.deepEqual(paths(withCommands('usage', [command('report')], {state: 'blocked', consent: {needed: [], isUpdate: false}})), [
		'report',
	]);
});
