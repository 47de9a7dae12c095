import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {test} from 'node:test';
import {type ExecArgument, type ExecPermission} from '../../../source/core/manifest/permissions.ts';
import {isAlive} from '../../../source/platform/process.ts';
import {brokerForTest, type BrokerForTest, codeOf, failureOf} from './broker-for-test.ts';

const node = process.execPath;
const script = (code: string, ...args: readonly ExecArgument[]): ExecPermission => ({
	id: 'run',
	command: node,
	args: ['-e', code, ...args],
	reason: 'test',
});

async function run({items}: BrokerForTest, params: unknown = {}, options?: unknown) {
	const output = {stdout: '', stderr: '', code: Number.NaN};
	for (const item of (await items('exec.run', ['run', params, options])) as readonly Partial<typeof output>[]) {
		output.stdout += item.stdout ?? '';
		output.stderr += item.stderr ?? '';
		output.code = item.code ?? output.code;
	}

	return output;
}

test('a granted command line runs with its parameters, in the folder of the plugin, with next to nothing in its environment', async t => {
	const broker = brokerForTest(t, {
		asked: {
			exec: [
				script(
					'console.log(JSON.stringify([process.argv.slice(1), process.cwd(), process.env])); console.error("oops"); process.exitCode = 3',
					{name: 'name', pattern: String.raw`[\w.-]+`},
				),
			],
			env: [
				{name: 'CONTEXT', reason: 'test'},
				{name: 'TOKEN', as: 'secret', reason: 'test'},
			],
		},
		environment: {
			PATH: '/usr/bin:/bin',
			HOME: '/home/ada',
			CONTEXT: 'work',
			TOKEN: 'secret-token',
			AWS_SECRET_ACCESS_KEY: 'no',
			LC_ALL: 'C',
			NODE_OPTIONS: '--title=evil',
			LD_PRELOAD: '/evil.so',
		},
	});
	const {stdout, stderr, code} = await run(broker, {name: 'web-1'});
	const [args, directory, environment] = JSON.parse(stdout) as [string[], string, Record<string, string>];
	assert.deepEqual(args, ['web-1']);
	assert.equal(directory, realpathSync(join(broker.directory, 'cws/data/hetzner')));
	assert.deepEqual(Object.keys(environment).toSorted(), ['CONTEXT', 'HOME', 'LC_ALL', 'PATH']);
	assert.deepEqual([stderr, code], ['oops\n', 3]);
});

test('exec-inject: no parameter becomes a second command, a flag or a second line', async t => {
	const made = (directory: string) => join(directory, 'cws/data/hetzner/made');
	const broker = brokerForTest(t, {
		asked: {
			exec: [
				script('console.log(process.argv[1])', {name: 'name', pattern: String.raw`[\w.-]{1,63}`}),
				{...script('console.log(process.argv[1])', {name: 'name', pattern: '[^]*'}), id: 'any'},
			],
		},
	});
	const bad = [
		'; touch made',
		'$(touch made)',
		'`touch made`',
		'a && touch made',
		'| touch made',
		'a\ntouch made',
		'--config=/evil',
		'-e',
		'',
		'a b',
		'../x/',
		'a\0b',
		'"; touch made; "',
	];
	for (const name of bad) {
		assert.equal(await codeOf(run(broker, {name})), 'CWS_PLUGIN_DENIED', name);
	}

	// Where the pattern takes anything it is still one word, and no shell reads it.
	for (const name of bad.slice(0, 5)) {
		assert.deepEqual(await broker.items('exec.run', ['any', {name}]), [{stdout: `${name}\n`}, {code: 0}]);
	}

	for (const name of ['--config=/evil', 'a\nb', 'a\0b']) {
		assert.equal(await codeOf(broker.items('exec.run', ['any', {name}])), 'CWS_PLUGIN_DENIED', name);
	}

	assert.equal(existsSync(made(broker.directory)), false);
	for (const params of [{}, {name: 'a', more: 'b'}, {name: ['a', 'b']}, {name: {}}]) {
		assert.equal(await codeOf(run(broker, params)), 'CWS_PLUGIN_DENIED', JSON.stringify(params));
	}

	assert.equal(await codeOf(broker.items('exec.run', ['other', {}])), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(broker.items('exec.run', ['__proto__', {}])), 'CWS_PLUGIN_DENIED');
	assert.match(broker.denied[0]!.what, /may not run `run` like this\. its parameter `name` does not match/);
});

test('exec-inject: a pattern that would take for ever is given up at once', async t => {
	const broker = brokerForTest(t, {asked: {exec: [script('0', {name: 'name', pattern: '(a+)+'})]}});
	assert.equal(await codeOf(run(broker, {name: `${'a'.repeat(64)}b`})), 'CWS_PLUGIN_DENIED');
});

test('a program that writes without end is stopped with everything it started', async t => {
	const broker = brokerForTest(t, {
		asked: {exec: [script('for (;;) process.stdout.write("x".repeat(65536))')]},
		limits: {execBytes: 100_000},
	});
	assert.equal(await codeOf(run(broker)), 'CWS_PLUGIN_QUOTA');
});

const family = `
	const {spawn} = require('node:child_process');
	const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {stdio: 'inherit'});
	require('node:fs').writeFileSync('pids', JSON.stringify([process.pid, child.pid]));
`;

test('a program that takes too long ends with its children, also those that do not listen', async t => {
	const broker = brokerForTest(t, {
		asked: {exec: [script(`${family} process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`)]},
		limits: {execMs: 600},
	});
	const {code, message} = await failureOf(run(broker));
	assert.equal(code, 'CWS_COMMAND_FAILED');
	assert.match(message, /took too long/);
	await assertGone(broker);
});

test('a cancelled call takes its program along, and one that ended leaves nobody behind', async t => {
	const broker = brokerForTest(t, {asked: {exec: [script(`${family} setInterval(() => {}, 1000)`)]}});
	const controller = new AbortController();
	const answer = broker.items('exec.run', ['run', {}], {signal: controller.signal});
	const pids = join(broker.directory, 'cws/data/hetzner/pids');
	while (!existsSync(pids) || readFileSync(pids, 'utf8') === '') {
		await delay(10);
	}

	controller.abort();
	assert.equal(await codeOf(answer), 'CWS_CANCELLED');
	await assertGone(broker);

	const other = brokerForTest(t, {asked: {exec: [script(`${family.replace("'inherit'", "'ignore'")} child.unref()`)]}});
	assert.equal((await run(other)).code, 0);
	await assertGone(other);
});

async function assertGone({directory}: BrokerForTest): Promise<void> {
	const pids = JSON.parse(readFileSync(join(directory, 'cws/data/hetzner/pids'), 'utf8')) as number[];
	assert.equal(pids.length, 2);
	while (pids.some(pid => isAlive(pid))) {
		await delay(10);
	}
}

test('text goes in, and secrets do not come out', async t => {
	const broker = brokerForTest(t, {asked: {exec: [script('process.stdin.pipe(process.stdout)')]}});
	broker.redactor.learn('open-sesame');
	assert.equal((await run(broker, {}, {stdin: 'say open-sesame ż'})).stdout, 'say [redacted] ż');
	assert.equal(await codeOf(run(broker, {}, {stdin: 7})), 'CWS_INVALID_INPUT');
});

test('a command is found once, in absolute folders of PATH only', async t => {
	const asked = {exec: [{id: 'run', command: 'tool', args: [], reason: 'test'}]};
	const broker = brokerForTest(t, {asked, environment: {PATH: ['.', 'bin', ''].join(':')}});
	assert.equal(await codeOf(run(broker)), 'CWS_COMMAND_NOT_FOUND');

	const first = brokerForTest(t, {asked});
	const [early, late] = ['early', 'late'].map(name => join(first.directory, name)) as [string, string];
	[early, late].forEach(directory => mkdirSync(directory));
	const install = (directory: string, word: string) => {
		writeFileSync(join(directory, 'tool'), `#!/bin/sh\necho ${word}\n`);
		chmodSync(join(directory, 'tool'), 0o755);
	};
	install(late, 'allowed');
	const second = brokerForTest(t, {asked, environment: {PATH: `${early}:${late}:/bin`}});
	assert.equal((await run(second)).stdout, 'allowed\n');
	install(early, 'slipped in');
	assert.equal((await run(second)).stdout, 'allowed\n');
});

test('the terminal is lent only where that was granted and there is one', async t => {
	const lent: unknown[] = [];
	const ui = {
		notify() {},
		status() {},
		confirm: async () => ({value: true}),
		prompt: async () => ({value: undefined}),
		async lendTerminal(command: unknown) {
			lent.push(command);
			return {code: 7};
		},
	};
	const exec: readonly ExecPermission[] = [
		{...script('0'), tty: true},
		{...script('0'), id: 'plain'},
	];
	const broker = brokerForTest(t, {asked: {exec}, ui});
	assert.deepEqual(await broker.call('exec.interactive', ['run']), {code: 7});
	assert.equal((lent[0] as {file: string}).file, node);
	assert.equal(await codeOf(broker.call('exec.interactive', ['plain'])), 'CWS_PLUGIN_DENIED');
	await broker.call('exec.interactive', ['run']);
	await broker.call('exec.interactive', ['run']);
	assert.equal(await codeOf(broker.call('exec.interactive', ['run'])), 'CWS_PLUGIN_QUOTA');
	assert.equal(lent.length, 3);
	assert.equal(await codeOf(brokerForTest(t, {asked: {exec}}).call('exec.interactive', ['run'])), 'CWS_NO_TTY');
	assert.equal(brokerForTest(t, {asked: {exec: [script('0')]}}).broker['exec.interactive'], undefined);
});
