import assert from 'node:assert/strict';
import {test} from 'node:test';
import {problemsOf} from '../manifest-for-test.ts';

const first = async (contributes: Readonly<Record<string, unknown>>) => (await problemsOf({contributes}))[0] ?? '';

test('two contributions of one kind with one name are refused', async () => {
	const command = {short: 'x', handler: 'x'};
	const task = {name: 'sync', everySeconds: 60, handler: 'sync'};
	assert.match(
		await first({
			commands: [
				{name: 'report', ...command},
				{name: 'other', aliases: ['report'], ...command},
			],
		}),
		/^\/contributes\/commands\/1\/name is `report`/,
	);
	assert.match(await first({tasks: [task, task]}), /^\/contributes\/tasks\/1\/name is `sync`/);
	assert.match(
		await first({
			resourceTypes: [
				{type: 'vm', operations: []},
				{type: 'vm', operations: []},
			],
		}),
		/^\/contributes\/resourceTypes\/1\/type is `vm`/,
	);
	assert.match(
		await first({
			endpoints: [
				{method: 'GET', path: '/jobs/{id}', handler: 'a'},
				{method: 'GET', path: '/jobs/{name}', handler: 'b'},
			],
		}),
		/^\/contributes\/endpoints\/1\/path is `GET \/jobs\/\{\}`/,
	);
});

test('one name under two parents, and two providers with one type, are fine', async () => {
	const command = {name: 'report', short: 'x', handler: 'x'};
	assert.equal(
		await first({
			commands: [
				{...command, parent: 'a'},
				{...command, parent: 'b'},
			],
		}),
		'',
	);
	const type = {type: 'vm', operations: []};
	assert.equal(
		await first({
			resourceTypes: [
				{...type, provider: 'a'},
				{...type, provider: 'b'},
			],
		}),
		'',
	);
});

test('a command without a handler only groups others', async () => {
	assert.match(
		await first({commands: [{name: 'slurm', short: 'x'}]}),
		/^\/contributes\/commands\/0\/handler is missing, and no other command hangs/,
	);
	assert.equal(
		await first({
			commands: [
				{name: 'slurm', short: 'x'},
				{name: 'submit', parent: 'slurm', short: 'x', handler: 'x'},
			],
		}),
		'',
	);
});

test('the default of a flag fits its type and its choices', async () => {
	const flag = async (change: Readonly<Record<string, unknown>>) => first({flags: [{name: 'type', type: 'string', ...change}]});
	assert.match(await flag({default: 3}), /^\/contributes\/flags\/0\/default must be string/);
	assert.match(await flag({choices: ['weekly'], default: 'daily'}), /is none of weekly/);
	assert.match(await flag({type: 'number', choices: ['1']}), /fit only a flag of type string/);
	assert.equal(await flag({choices: ['weekly', 'daily'], default: 'daily'}), '');
});

test('a public endpoint cannot ask for permissions, and the endpoint is named', async () => {
	assert.match(
		await first({endpoints: [{method: 'POST', path: '/jobs', protected: false, permissions: ['jobs.write'], handler: 'x'}]}),
		/^\/contributes\/endpoints\/0\/permissions of `POST \/jobs` cannot be asked of anyone/,
	);
});

test('a template or theme is a file of the plugin or given here, not both and not neither', async () => {
	assert.match(await first({templates: [{name: 'a'}]}), /has neither `file` nor `text` nor `handler`/);
	assert.match(await first({templates: [{name: 'a', text: 'name: A', handler: 'a'}]}), /has both `text` and `handler`/);
	assert.match(await first({themes: [{name: 'a', file: 'a.json', theme: {}}]}), /has both `file` and `theme`/);
	for (const file of ['../a.yaml', '/etc/a.yaml', 'a/../../b.yaml', 'a\\b.yaml']) {
		assert.match(await first({templates: [{name: 'a', file}]}), /must be a file in the folder of the plugin/, file);
	}
});

test('a prefix that cws serves itself is refused', async () => {
	assert.match((await problemsOf({routerPrefix: '/api'}))[0] ?? '', /^\/routerPrefix is `\/api`, which cws serves itself/);
	assert.match((await problemsOf({routerPrefix: 'claude'}))[0] ?? '', /^\/routerPrefix must be `\/` and a name/);
	assert.deepEqual(await problemsOf({routerPrefix: '/claude'}), []);
});
