import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type CommandContribution} from '../../../source/core/manifest/contributions.ts';
import {ok} from '../../../source/core/failure/outcome.ts';
import {type CommandInputs} from '../../../source/engine/command-types.ts';
import {argumentCount} from '../../../source/engine/contributions/command-flags.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';
import {createWorld} from '../world.ts';

const report: CommandContribution = {
	name: 'report',
	parent: 'analytics',
	usage: 'report <month> [team] --type weekly',
	short: 'what was used',
	flags: [
		{name: 'type', type: 'string', choices: ['weekly', 'monthly'], default: 'weekly'},
		{name: 'top', type: 'number', isRequired: true},
		{name: 'tag', type: 'string', isMultiple: true},
		{name: 'raw', type: 'boolean'},
	],
	handler: 'report',
};

const usage = (patch = {}) => {
	const record = fakePlugin('usage', [], patch);
	return {...record, manifest: {...record.manifest, contributes: {commands: [{name: 'analytics', short: 'figures'}, report]}}};
};

const world = (answer: unknown = {text: 'done'}) => {
	const made = createWorld({plugins: [usage()]});
	made.host.answer('commands.report', () => ok(answer));
	return made;
};

const run = (made: ReturnType<typeof world>, input: Partial<CommandInputs['runPluginCommand']> = {}) =>
	made.engine.run(
		'runPluginCommand',
		{plugin: 'usage', command: 'analytics report', args: ['july'], flags: {top: 3}, ...input},
		{origin: 'cli'},
	);

test('a command of a plugin gets its words and flags, with the defaults of the manifest', async () => {
	const made = world({text: 'a\nb', data: [{team: 'lab'}], exitCode: 3});
	const done = await run(made, {flags: {top: 3, tag: ['x']}});
	assert.deepEqual(done, ok({plugin: 'usage', command: 'analytics report', text: 'a\nb', data: [{team: 'lab'}], exitCode: 3}));
	assert.deepEqual(made.host.asked.at(-1)?.args, [{args: ['july'], flags: {type: 'weekly', top: 3, tag: ['x'], raw: false}}]);
	assert.equal(made.host.asked.at(-1)?.method, 'commands.report');
});

test('words and flags that do not fit the manifest never reach the plugin', async () => {
	const made = world();
	const codeAndText = async (input: Parameters<typeof run>[1]) => {
		const done = await run(made, input);
		return done.ok ? 'ok' : `${done.error.code} ${done.error.message}`;
	};

	assert.equal(await codeAndText({args: []}), 'CWS_USAGE `cws analytics report` needs <month>.');
	assert.match(await codeAndText({args: ['a', 'b', 'c']}), /^CWS_USAGE `c` is one argument too many/);
	assert.equal(await codeAndText({flags: {}}), 'CWS_USAGE `--top` of `cws analytics report` is required.');
	assert.equal(await codeAndText({flags: {top: 'x'}}), 'CWS_USAGE `--top` of `cws analytics report` must be number.');
	assert.match(await codeAndText({flags: {top: 1, type: 'daily'}}), /must be one of weekly, monthly/);
	assert.match(await codeAndText({flags: {top: 1, tipe: 'weekly'}}), /`--tipe` of `cws analytics report` is not a known field/);
	assert.match(await codeAndText({command: 'analytics'}), /only groups other commands/);
	assert.match(await codeAndText({command: 'analytics raport'}), /has no command `analytics raport`/);
	assert.match(await codeAndText({plugin: 'other'}), /The plugin `other` has no command/);
	assert.deepEqual(made.host.asked, []);
});

test('an answer that no command may give is a failure of the plugin', async () => {
	for (const answer of [7, ['a'], {text: 3}, {exitCode: 256}, {exitCode: 1.5}, {exitCode: '1'}]) {
		const done = await run(world(answer));
		assert.equal(done.ok ? 'ok' : done.error.code, 'CWS_PLUGIN_PROTOCOL', JSON.stringify(answer));
	}

	assert.deepEqual(await run(world(null)), ok({plugin: 'usage', command: 'analytics report', exitCode: 0}));
	assert.deepEqual(await run(world('text')), ok({plugin: 'usage', command: 'analytics report', text: 'text', exitCode: 0}));
});

test('it is audited, and refused where cws is read-only', async () => {
	const made = world();
	await run(made);
	await made.engine.stop();
	assert.deepEqual(
		made.store.audit.map(({command, target, outcome}) => ({command, target, outcome})),
		[{command: 'runPluginCommand', target: 'usage', outcome: 'done'}],
	);
	const readOnly = createWorld({plugins: [usage()], settings: {readOnly: true}});
	const refused = await run(readOnly);
	assert.equal(refused.ok ? 'ok' : refused.error.code, 'CWS_DENIED');
	assert.deepEqual(readOnly.host.asked, []);
});

test('the usage of a command says how many words it takes', () => {
	const count = (text?: string) => {
		const {minimum, maximum} = argumentCount(text);
		return [minimum, maximum];
	};

	assert.deepEqual(count('report <month> [team] --type <weekly>'), [1, 2]);
	assert.deepEqual(count('report --type weekly'), [0, 0]);
	assert.deepEqual(count('submit [script] --partition P [--nodes N]'), [0, 1]);
	assert.deepEqual(count('run <id> [word…]'), [1, Number.POSITIVE_INFINITY]);
	assert.deepEqual(count('run <file>...'), [1, Number.POSITIVE_INFINITY]);
	assert.deepEqual(count(), [0, Number.POSITIVE_INFINITY]);
});
