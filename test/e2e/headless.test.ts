import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {suite, test} from 'node:test';
import {homeWithProcesses, stateOf, until, workstationProcesses} from './support/processes.ts';
import {followCws, jsonOf, runCws, type Ran} from './support/run-cws.ts';
import {freshHome, startCws} from './support/start-cws.ts';
import {stepsOf} from './support/steps.ts';

type Failed = {readonly error: {readonly code: string; readonly message: string; readonly fix: string}};

const fails = ({code, stdout, stderr}: Ran, exit: number, error: string, fix: RegExp) => {
	assert.equal(code, exit, stderr);
	assert.match(stderr, new RegExp(`^error ${error}: .+`, 'm'));
	assert.match(stderr, fix);
	assert.match(stderr, /^try: /m);
	assert.doesNotMatch(stderr, /^\s+at /m);
	assert.equal(stdout, '');
};

test('a workstation is handled by verbs alone', async t => {
	const step = stepsOf(t);
	const home = homeWithProcesses(t);
	const cws = async (...args: readonly string[]) => runCws(args, {home});
	const deploy = ['deploy', 'vm', 'web-1', '--provider', 'local', '--set', 'command=echo ready; exec tail -f /dev/null'];

	await step('a dry run shows the plan and changes nothing', async () => {
		const text = await cws(...deploy, '--dry-run');
		assert.equal(text.code, 0);
		assert.match(text.stdout, /This is a dry-run. No changes were made./);
		const plan = jsonOf(await cws(...deploy, '--dry-run', '--json'));
		assert.deepEqual([plan['status'], plan['action'], plan['name']], ['preview', 'deploy', 'web-1']);
		assert.deepEqual(workstationProcesses(home), []);
	});

	await step('without a terminal nothing is deployed before --yes', async () => {
		fails(await cws(...deploy), 4, 'CWS_DENIED', /--yes/);
		assert.deepEqual(workstationProcesses(home), []);
	});

	await step('deploying tells its stages on stderr and its end on stdout', async () => {
		const ran = await cws(...deploy, '--yes');
		assert.equal(ran.code, 0, ran.stderr);
		assert.match(ran.stdout, /^web-1 is running after .+\n$/);
		assert.match(ran.stderr, /^web-1: accepted$/m);
		assert.equal(workstationProcesses(home).filter(({command}) => command.startsWith('tail')).length, 1);
	});

	await step('list and show print one object with --json, and sources beside the rows', async () => {
		const {resources, sources} = jsonOf<{
			resources: readonly {name: string; status: string}[];
			sources: readonly {key: string; phase: string; count: number}[];
		}>(await cws('list', 'vm', '--json'));
		assert.deepEqual(
			resources.map(({name, status}) => [name, status]),
			[['web-1', 'running']],
		);
		assert.deepEqual(
			sources.map(({key, phase, count}) => [key, phase, count]),
			[['local/vm', 'live', 1]],
		);
		const shown = jsonOf<{ref: string; cost: {hourly: {kind: string}}}>(await cws('show', 'web-1', '--json'));
		assert.match(shown.ref, /^local\/-\/-\/vm\/web-1-/);
		assert.equal(shown.cost.hourly.kind, 'free');
		assert.equal(jsonOf<{ref: string}>(await cws('show', shown.ref, '--json')).ref, shown.ref);
	});

	await step('logs prints what there is, -f goes on until it is interrupted', async () => {
		const ran = await cws('logs', 'web-1', '--tail', '1');
		assert.deepEqual([ran.code, ran.stdout], [0, 'ready\n']);
		const follow = followCws(t, ['logs', 'web-1', '-f'], {home});
		await until(() => follow.output().includes('ready\n'), 'the log');
		follow.kill('SIGINT');
		assert.equal(await follow.ended, 130);
	});

	await step('connect runs one command there and passes its exit code on', async () => {
		const ran = await cws('connect', 'web-1', '--', 'sh', '-c', 'basename "$PWD"; exit 7');
		assert.deepEqual([ran.code, ran.stdout], [7, 'work\n']);
		fails(await cws('connect', 'web-1'), 2, 'CWS_NO_TTY', /cws connect web-1 -- COMMAND/);
	});

	await step('hibernate, resume, stop, start and restart do it to the process', async () => {
		const pid = () => workstationProcesses(home).find(({command}) => command.startsWith('tail'))?.pid;
		const first = pid()!;
		assert.equal((await cws('hibernate', 'web-1')).code, 0);
		assert.equal(stateOf(first), 'T');
		fails(await cws('hibernate', 'web-1'), 4, 'CWS_NOT_SUPPORTED', /hibernated already/);
		assert.equal((await cws('resume', 'web-1')).code, 0);
		assert.notEqual(stateOf(first), 'T');
		const stopped = jsonOf<{operation: {state: string; action: string}}>(await cws('stop', 'web-1', '--json'));
		assert.deepEqual([stopped.operation.action, stopped.operation.state], ['stop', 'verified']);
		assert.equal(stateOf(first), undefined);
		assert.equal((await cws('start', 'web-1')).code, 0);
		const second = pid()!;
		assert.equal((await cws('restart', 'web-1')).code, 0);
		assert.ok(![undefined, second].includes(pid()));
	});

	await step('what was done is in tasks, events and audit', async () => {
		const tasks = await cws('tasks');
		assert.match(tasks.stdout, /restart +web-1 +local +verified/);
		assert.match((await cws('events')).stdout, /instance\.hibernated +local\/web-1/);
		assert.match((await cws('audit')).stdout, /cli +stop .+ done/);
	});

	await step('a name that is taken is refused', async () => {
		fails(await cws(...deploy, '--yes'), 1, 'CWS_NAME_TAKEN', /Choose another name/);
	});

	await step('destroying needs the name, and only a dry run does without', async () => {
		assert.match((await cws('destroy', 'web-1', '--dry-run')).stdout, /No changes were made/);
		fails(await cws('destroy', 'web-1'), 4, 'CWS_DENIED', /--confirm web-1/);
		fails(await cws('destroy', 'web-1', '--confirm', 'web-2'), 4, 'CWS_DENIED', /--confirm web-1/);
		assert.notDeepEqual(workstationProcesses(home), []);
		const ran = await cws('destroy', 'web-1', '--confirm', 'web-1');
		assert.match(ran.stdout, /^web-1 is destroyed/);
		assert.deepEqual(workstationProcesses(home), []);
	});

	await step('this machine cannot be destroyed', async () => {
		fails(await cws('destroy', 'local/vm', '--confirm', 'vm'), 4, 'CWS_NOT_SUPPORTED', /cannot be destroyed/);
	});
});

suite('what is not understood', () => {
	const cases: readonly (readonly [args: readonly string[], exit: number, code: string, fix: RegExp])[] = [
		[['destory', 'x'], 2, 'CWS_USAGE', /^try: cws destroy/m],
		[['list', '--provder', 'x'], 2, 'CWS_USAGE', /^try: `--provider`/m],
		[['plugin', 'staus'], 2, 'CWS_USAGE', /^try: cws plugin status/m],
		[['show'], 2, 'CWS_USAGE', /cws show/],
		[['show', 'nope'], 3, 'CWS_NOT_FOUND', /cws list/],
		[['plugin', 'status', 'locl'], 3, 'CWS_NO_PLUGIN', /local|cws plugin list/],
		[['deploy', 'vm', 'Bad_Name', '--provider', 'local', '--yes'], 2, 'CWS_INVALID_NAME', /use `bad-name`/],
		[['deploy', 'vm', 'a', '--provider', 'nope', '--yes'], 3, 'CWS_NO_PROVIDER', /cws providers/],
		[['deploy', 'vm', 'a', '--provider', 'local', '--set', 'prot=1', '--yes'], 2, 'CWS_INVALID_INPUT', /did you mean `port`/],
		[['deploy', 'vm', 'a', '--provider', 'local', '--set', 'port=99999', '--yes'], 2, 'CWS_INVALID_INPUT', /at most 65535/],
		[['deploy', 'vm', 'a', '--provider', 'local', '--set', 'command=no-such-tool', '--yes'], 1, 'CWS_COMMAND_NOT_FOUND', /install it/],
		[['deploy', 'vm', 'a', '--provider', 'local', '--size', 'enormous', '--yes'], 2, 'CWS_INVALID_INPUT', /try: /],
		[['theme', 'use', 'midnght'], 2, 'CWS_THEME', /cws theme use midnight/],
		[['config', 'get', 'them'], 2, 'CWS_CONFIG', /did you mean `theme`/],
		[['config', 'set', 'undoSeconds', 'soon'], 2, 'CWS_CONFIG', /try: /],
		[['list', '--output', 'xml'], 2, 'CWS_USAGE', /table, json, csv|table/],
		[['list', '--filter', 'colour:red'], 2, 'CWS_INVALID_INPUT', /try: /],
		[['demo'], 2, 'CWS_NO_TTY', /terminal/],
		[['demo', '--fleet', 'aws', '--seed', '3'], 2, 'CWS_USAGE', /leave one of them out/],
		[['demo', '--fleet', 'moon'], 2, 'CWS_USAGE', /demo --help/],
	];
	for (const [args, exit, code, fix] of cases) {
		test(`cws ${args.join(' ')}`, async t => {
			const home = homeWithProcesses(t);
			fails(await runCws(args, {home}), exit, code, fix);
			const json = await runCws([...args, '--json'], {home});
			const {error} = jsonOf<Failed>(json);
			assert.deepEqual([json.code, error.code, json.stderr], [exit, code, '']);
			assert.ok(error.fix.length > 0);
		});
	}
});

suite('plugins, settings and themes', () => {
	test('a plugin is listed, looked at, switched off and on, and reloaded', async t => {
		const home = homeWithProcesses(t);
		const cws = async (...args: readonly string[]) => runCws(args, {home});
		assert.match((await cws('plugin', 'list')).stdout, /^local +\d+\.\d+\.\d+ +\S+ +Resources +provider +bundled/m);
		const status = (await cws('plugin', 'status', 'local')).stdout;
		assert.match(status, /^Status: Active$/m);
		assert.match(status, /^Health: Healthy/m);
		assert.match((await cws('health')).stdout, /^local +pass +\d+ ms/m);
		assert.equal((await cws('plugin', 'disable', 'local')).code, 0);
		assert.match((await cws('plugin', 'list')).stdout, /^local .+ disabled/m);
		fails(await cws('deploy', 'vm', 'a', '--provider', 'local', '--yes'), 5, 'CWS_PLUGIN_DISABLED', /cws plugin enable local/);
		assert.equal((await cws('plugin', 'enable', 'local')).code, 0);
		assert.equal((await cws('plugin', 'reload', 'local')).stdout, 'local active\n');
		assert.equal((await cws('deploy', 'vm', 'a', '--provider', 'local', '--yes')).code, 0);
	});

	test('a setting has a value and a source, and flags and variables come before the file', async t => {
		const home = freshHome(t);
		const sourceOf = async (env?: Readonly<Record<string, string>>) =>
			jsonOf<{value: unknown; source: string}>(await runCws(['config', 'get', 'theme', '--json'], {home, env}));
		assert.deepEqual([(await sourceOf()).value, (await sourceOf()).source], ['midnight', 'default']);
		assert.equal((await runCws(['theme', 'use', 'paper'], {home})).code, 0);
		const user = await sourceOf();
		assert.deepEqual([user.value, user.source], ['paper', 'user']);
		const own = await sourceOf({CWS_THEME: 'mono'});
		assert.deepEqual([own.value, own.source], ['mono', 'environment']);
		assert.match((await runCws(['config', 'list'], {home})).stdout, /^theme +"paper" +user \(.+config\.toml:1\)$/m);
		const other = path.join(home, 'other.toml');
		writeFileSync(other, 'theme = "mono"\n');
		assert.equal((await runCws(['config', 'get', 'theme', '--config', other], {home})).stdout, 'mono\n');
	});

	test('a wrong key is named with its line and the nearest one, and the rest still holds', async t => {
		const home = freshHome(t);
		mkdirSync(path.join(home, 'config'));
		const file = path.join(home, 'config/config.toml');
		writeFileSync(file, 'theme = "paper"\n\nundoSecnds = 3\n');
		const ran = await runCws(['list'], {home});
		assert.equal(ran.code, 0);
		assert.match(ran.stderr, new RegExp(`warning CWS_CONFIG: \`undoSecnds\` at \`${file}:3\``));
		assert.match(ran.stderr, /did you mean `undoSeconds`/);
		assert.equal((await runCws(['config', 'get', 'theme'], {home})).stdout, 'paper\n');
		assert.equal((await runCws(['config', 'validate'], {home})).code, 2);
		writeFileSync(file, 'theme = \n');
		const broken = await runCws(['list'], {home});
		assert.deepEqual([broken.code, /config\.toml:1/.test(broken.stderr)], [0, true], broken.stderr);
	});
});

// In a mount namespace of its own the home alone is read-only, also for root.
const readOnly = ['unshare', '-m', 'sh', '-c', 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'];
const noMounts = spawnSync('unshare', ['-m', 'true']).status !== 0 && 'no mount namespaces here';

suite('bad luck', () => {
	test('a corrupt database is set aside and said, and the workstations are found again', async t => {
		const home = homeWithProcesses(t);
		await runCws(['deploy', 'vm', 'kept', '--provider', 'local', '--yes'], {home});
		const data = path.join(home, 'data');
		for (const name of readdirSync(data).filter(name => name.startsWith('cws.db'))) {
			writeFileSync(path.join(data, name), 'garbage '.repeat(2000));
		}

		const ran = await runCws(['list', '--json'], {home});
		assert.equal(ran.code, 0);
		assert.match(ran.stderr, /warning CWS_STORE: .+corrupt/);
		assert.ok(jsonOf<{resources: readonly {name: string}[]}>(ran).resources.some(({name}) => name === 'kept'));
		const aside = readdirSync(data).find(name => name.includes('corrupt'));
		assert.match(readFileSync(path.join(data, aside!), 'latin1'), /^garbage/);
		assert.equal((await runCws(['list'], {home})).stderr, '');
	});

	test('a home that is a file is named with the fix', async t => {
		const home = path.join(freshHome(t), 'file');
		writeFileSync(home, '');
		for (const args of [['list'], ['deploy', 'vm', 'a', '--provider', 'local', '--yes']]) {
			const ran = await runCws(args, {home});
			assert.notEqual(ran.code, 0);
			assert.match(ran.stderr, /^warning CWS_READ_ONLY: The data directory .+ cannot be written/m);
			assert.match(ran.stderr, /^try: Set `CWS_HOME`/m);
			assert.doesNotMatch(ran.stderr, /^\s+at /m);
		}
	});

	test('on a disk that became read-only everything is still seen, and a deploy says why it cannot be', {skip: noMounts}, async t => {
		const home = homeWithProcesses(t);
		await runCws(['deploy', 'vm', 'kept', '--provider', 'local', '--yes'], {home});
		const list = await runCws(['list', 'vm'], {home, prefix: [...readOnly, home]});
		assert.deepEqual([list.code, /^kept .+ running/m.test(list.stdout)], [0, true], list.stderr);
		assert.match(list.stderr, /CWS_READ_ONLY/);
		const deploy = await runCws(['deploy', 'vm', 'more', '--provider', 'local', '--yes'], {home, prefix: [...readOnly, home]});
		assert.equal(deploy.code, 1);
		assert.match(deploy.stderr, /^error CWS_READ_ONLY: Cannot create `more`/m);
	});

	test('on a read-only disk a destroy leaves the workstation running, and a stop does not make it failed', {skip: noMounts}, async t => {
		const home = homeWithProcesses(t);
		const prefix = [...readOnly, home];
		await runCws(['deploy', 'vm', 'kept', '--provider', 'local', '--yes', '--set', 'command=exec sleep 1000'], {home});
		const destroy = await runCws(['destroy', 'kept', '--confirm', 'kept'], {home, prefix});
		assert.equal(destroy.code, 1);
		assert.match(destroy.stderr, /^error CWS_READ_ONLY: Cannot destroy `kept`: the disk is read-only\.$/m);
		assert.match(destroy.stderr, /^cause: the disk of `.+` is read-only$/m);
		assert.doesNotMatch(destroy.stderr, /Unknown error/);
		assert.match((await runCws(['list', 'vm'], {home})).stdout, /^kept .+ running/m);
		const stop = await runCws(['stop', 'kept'], {home, prefix});
		assert.equal(stop.code, 0, stop.stderr);
		assert.match((await runCws(['list', 'vm'], {home})).stdout, /^kept .+ stopped/m);
	});

	test('a name that two workstations could mean is refused with both references', async t => {
		const home = homeWithProcesses(t);
		assert.equal((await runCws(['deploy', 'vm', 'vm', '--provider', 'local', '--yes'], {home})).code, 0);
		// This machine is called `vm` in some places; elsewhere give the workstation its name.
		const {resources} = jsonOf<{resources: readonly {name: string; type: string; ref: string}[]}>(await runCws(['list', '--json'], {home}));
		const machine = resources.find(({type}) => type === 'host')!;
		if (machine.name !== 'vm') {
			assert.equal((await runCws(['deploy', 'vm', machine.name, '--provider', 'local', '--yes'], {home})).code, 0);
		}

		const ran = await runCws(['show', machine.name], {home});
		assert.equal(ran.code, 3);
		assert.match(ran.stderr, /^error CWS_AMBIGUOUS: /);
		assert.ok(ran.stderr.includes(machine.ref));
		assert.equal((await runCws(['show', machine.ref], {home})).code, 0);
	});
});

suite('output', () => {
	test('without a terminal cws says how things are and ends', async t => {
		const home = freshHome(t);
		const ran = await runCws([], {home});
		assert.equal(ran.code, 0, ran.stderr);
		assert.match(ran.stdout, /^cws · 1 resource · 1 running · 0 need attention$/m);
		assert.equal(existsSync(path.join(home, 'data/cws.db')), true);
	});

	test('a pipe, NO_COLOR and --no-color get no escape sequence', async t => {
		const home = freshHome(t);
		const quiet = await runCws(['list'], {home, env: {FORCE_COLOR: '3'}});
		assert.ok(!(quiet.stdout + quiet.stderr).includes('\u001B'));
		for (const [args, env] of [
			[['list'], {NO_COLOR: '1'}],
			[['list', '--no-color'], {}],
			[['list', '--plain'], {}],
			[['doctor'], {NO_COLOR: '1'}],
		] as const) {
			const pty = startCws(t, args, {home, env});
			const seen: boolean[] = [];
			await pty.exited;
			for (let column = 0; column < 40; column++) {
				seen.push(pty.cell(0, column).color !== undefined || pty.cell(0, column).isBold);
			}

			assert.ok(pty.text().length > 20);
			assert.ok(!seen.includes(true), `${args.join(' ')} drew in colour`);
		}
	});

	test('a table fits the terminal and is whole in a pipe', async t => {
		const home = freshHome(t);
		const pty = startCws(t, ['plugin', 'list'], {home, columns: 60});
		await pty.exited;
		assert.ok(pty.screen().every(line => line.length <= 60));
		const {stdout} = await runCws(['plugin', 'list'], {home});
		assert.equal(pty.screen().filter(Boolean).length, stdout.trim().split('\n').length);
		assert.match(stdout, /and the machine itself$/m);
	});
});
