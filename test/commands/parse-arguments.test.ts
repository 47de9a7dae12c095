import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseArguments} from '../../source/commands/parse-arguments.ts';
import {list} from '../../source/commands/resources/list.ts';
import {type Verb} from '../../source/commands/shared/verb.ts';

const verb: Verb = {
	name: 'deploy',
	usage: '<type> <name>',
	short: 'a verb for tests',
	minimum: 1,
	maximum: 2,
	flags: {
		provider: {type: 'string', alias: 'p', short: 'where'},
		set: {type: 'string', isMultiple: true, short: 'a field'},
		tail: {type: 'number', short: 'how many'},
		dryRun: {type: 'boolean', short: 'change nothing'},
		output: {type: 'string', choices: ['table', 'json'], short: 'how'},
	},
	run: async () => 0,
};

const parse = async (...argv: readonly string[]) => {
	const outcome = await parseArguments(verb, argv);
	assert.ok(outcome.ok, JSON.stringify(outcome));
	return outcome.value;
};

const refuse = async (...argv: readonly string[]) => {
	const outcome = await parseArguments(verb, argv);
	assert.ok(!outcome.ok, `${argv.join(' ')} was taken`);
	assert.equal(outcome.error.code, 'CWS_USAGE');
	return outcome.error;
};

test('words, flags and their short forms are told apart', async () => {
	const {input, flags} = await parse('vm', '-p', 'local', 'web-1', '--dry-run', '--json');
	assert.deepEqual(input, ['vm', 'web-1']);
	assert.deepEqual([flags['provider'], flags['dryRun'], flags['json']], ['local', true, true]);
});

test('a flag that may be repeated keeps every value as it was written', async () => {
	const {flags} = await parse('vm', '--set', 'port=8080', '--set', 'name=007');
	assert.deepEqual(flags['set'], ['port=8080', 'name=007']);
});

test('what stands behind -- is left alone', async () => {
	const {input, rest} = await parse('web-1', '--', 'ls', '--no-such-flag', '--', '-l');
	assert.deepEqual([input, rest], [['web-1'], ['ls', '--no-such-flag', '--', '-l']]);
});

test('an unknown flag is named with the nearest one, of the verb or of all', async () => {
	const own = await refuse('vm', '--provder', 'local');
	assert.match(own.message, /`--provder` is not a flag of `cws deploy`/);
	assert.match(own.fix ?? '', /`--provider`/);
	assert.match((await refuse('vm', '--dryrun')).fix ?? '', /`--dry-run`/);
	assert.match((await refuse('vm', '--jsno')).fix ?? '', /`--json`/);
	assert.equal((await refuse('vm', '--zzzzzzzz')).fix, 'cws deploy --help');
});

test('too few and too many words are refused', async () => {
	await refuse();
	await refuse('vm', 'web-1', 'web-2');
});

test('a value that is none of the choices, no number or missing is refused', async () => {
	const {message, fix} = await refuse('vm', '--output', 'xml');
	assert.match(`${message} ${fix}`, /table/);
	await refuse('vm', '--tail', 'many');
});

test('the value of a text flag may begin with a dash', async () => {
	const parsed = await parseArguments(list, ['vm', '--sort', '-hourly', '--json']);
	assert.ok(parsed.ok);
	assert.equal(parsed.value.flags['sort'], '-hourly');
	assert.equal(parsed.value.flags['json'], true);
	assert.deepEqual(parsed.value.input, ['vm']);
});
