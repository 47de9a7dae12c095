import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {suite, test} from 'node:test';
import {type Pty} from '../helpers/pty.ts';
import {copyCws} from './support/copy-cws.ts';
import {focusButton, openDashboard, openForm, pressButton, rowOf, selectRow, waitForRow} from './support/dashboard.ts';
import {freePort, homeWithProcesses, processesOf, stateOf, until, workstationProcesses} from './support/processes.ts';
import {jsonOf, runCws} from './support/run-cws.ts';
import {withinMs} from './support/within.ts';
import {bin, freshHome, startCws} from './support/start-cws.ts';
import {spawnPty} from '../helpers/pty.ts';

type Rows = {readonly resources: readonly {readonly name: string; readonly status: string; readonly type: string}[]};

const deploy = async (home: string, name: string, command: string, ...more: readonly string[]) =>
	runCws(['deploy', 'vm', name, '--provider', 'local', '--set', `command=${command}`, '--yes', ...more], {home});

const workstations = async (home: string) =>
	jsonOf<Rows>(await runCws(['list', 'vm', '--json'], {home})).resources.map(({name, status}) => `${name} ${status}`);

const assertSane = (pty: Pty) => {
	assert.deepEqual(pty.modes(), {isAlternateScreen: false, isCursorVisible: true, isPasteBracketed: false, isMouseOn: false});
};

suite('terminals', () => {
	test('one that is far too small says what it needs, and q still works', async t => {
		const pty = startCws(t, [], {columns: 20, rows: 5});
		await pty.waitFor('40×12');
		await pty.press('q');
		await pty.press('enter', 'tab', 'enter');
		await pty.press('ctrl+c', 'ctrl+c');
		await pty.exited;
		assertSane(pty);
	});

	test('TERM=dumb gets text, never an escape sequence', async t => {
		const pty = spawnPty({
			command: 'sh',
			args: ['-c', 'TERM=dumb "$0" "$1"; echo "code=$?"', process.execPath, bin],
			env: {CWS_HOME: freshHome(t)},
		});
		t.after(() => pty.close());
		const text = await pty.waitFor('code=0');
		assert.match(text, /^cws · 1 resource/m);
		assertSane(pty);
	});

	test('a storm of sizes ends in one whole frame of the last', async t => {
		const pty = await openDashboard(t);
		for (let step = 0; step < 40; step++) {
			pty.resize(50 + ((step * 37) % 120), 14 + ((step * 11) % 30));
		}

		pty.resize(100, 30);
		await pty.waitFor(/╭─ 4 Activity ─.+─╮$/m);
		await pty.waitUntil(
			() =>
				pty.screen()[1]?.length === 100 &&
				pty.screen()[29] !== '' &&
				pty.screen().filter(line => line.includes('2 Resources')).length === 1,
			'the one frame of 100×30',
		);
	});
});

suite('the end of cws in the middle of a deploy', () => {
	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGKILL', 137],
	] as const) {
		test(`${signal} leaves one whole workstation or none, and a sane terminal`, async t => {
			const home = homeWithProcesses(t);
			const go = path.join(home, 'go');
			const script =
				'"$0" "$1"; code=$?; while [ ! -e "$FIXTURE_GO" ]; do sleep 0.05; done; echo "code=$code"; stty -a; read -r line; echo "line=$line"';
			const pty = spawnPty({
				command: 'sh',
				args: ['-c', script, process.execPath, bin],
				env: {CWS_HOME: home, SHELL: '/bin/sh', FIXTURE_GO: go},
				columns: 120,
				rows: 36,
			});
			t.after(() => pty.close());
			await pty.waitFor(/ · live ─╮/);
			await openForm(pty);
			await pty.type('mid');
			await pressButton(pty, 'Plan');
			await pty.waitFor('$ cws deploy vm mid');
			await pressButton(pty, 'Deploy');
			await until(() => readdirSync(path.join(home, 'data/plugins/local')).length > 0, 'the deploy to begin');
			const dashboard = processesOf(home).find(({command}) => command.endsWith('bin/cws.cjs') && !command.startsWith('sh '))!;
			process.kill(dashboard.pid, signal);
			// Its guard may outlive it by the moment it needs to reset the terminal.
			await until(() => [undefined, 'Z'].includes(stateOf(dashboard.pid)), 'the dashboard to end');
			await until(() => !processesOf(home).some(({command}) => command.includes('state=armed')), 'its guard to end');
			writeFileSync(go, '');
			const text = await pty.waitFor(/-extproc/);
			assert.match(text, new RegExp(`^code=${code}$`, 'm'));
			assert.match(text, /(?<!-)icanon/);
			assertSane(pty);
			await pty.type('typed');
			await pty.press('enter');
			await pty.waitFor('line=typed');
			await until(async () => (await workstations(home)).every(row => !row.endsWith('creating')), 'the workstation to settle');
			const rows = await workstations(home);
			assert.ok(rows.length <= 1, rows.join());
			const directories = readdirSync(path.join(home, 'data/plugins/local')).filter(name => !name.startsWith('.'));
			assert.equal(directories.length, rows.length);
			const again = await deploy(home, 'mid', 'exec tail -f /dev/null');
			assert.equal(again.code, rows.length === 1 ? 1 : 0, again.stderr);
			assert.equal((await workstations(home)).length, 1);
		});
	}
});

test('two dashboards see what the other does, and only one changes a thing at a time', async t => {
	const home = homeWithProcesses(t);
	const [one, two] = [await openDashboard(t, {home}), await openDashboard(t, {home})];
	await deploy(home, 'shared', "trap '' TERM; while :; do sleep 0.2; done");
	await waitForRow(one, 'shared', '● running');
	await waitForRow(two, 'shared', '● running');
	await selectRow(one, 'shared');
	await selectRow(two, 'shared');
	// It ignores TERM, so that stopping takes the whole grace.
	await one.press('a');
	await one.waitFor('Hibernate');
	await one.press('x');
	await waitForRow(one, 'shared', '');
	await one.waitFor(/stopping/);
	const refused = await runCws(['restart', 'shared'], {home});
	assert.equal(refused.code, 4, refused.stdout);
	assert.match(refused.stderr, /^error CWS_(CONFLICT|INVALID_STATE|NOT_SUPPORTED)/m);
	await two.press('a');
	await two.waitFor('Hibernate');
	await two.press('x');
	await two.waitFor(/stop is running|it is stopping|[Aa]nother operation|not possible/);
	await two.press('esc');
	await waitForRow(one, 'shared', '○ stopped');
	await waitForRow(two, 'shared', '○ stopped');
	assert.deepEqual(await workstations(home), ['shared stopped']);
});

suite('workstations that behave badly', () => {
	test('one that dies at once fails with its last lines', async t => {
		const home = homeWithProcesses(t);
		// With a port it is waited for until it answers or ends, however slow the machine.
		const ran = await deploy(home, 'brief', 'echo no such database >&2; exit 3', '--set', `port=${await freePort()}`);
		assert.equal(ran.code, 1);
		assert.match(ran.stderr, /no such database/);
		assert.match(ran.stderr, /\b3\b/);
		const pty = await openDashboard(t, {home});
		await waitForRow(pty, 'brief', '✖ failed');
		await selectRow(pty, 'brief');
		await pty.press('d');
		await pty.waitFor(/it ended by itself \(exit status 3\) · no such/);
	});

	test('one that ignores TERM is killed after its grace, and that is said', async t => {
		const home = homeWithProcesses(t);
		mkdirSync(path.join(home, 'config'));
		writeFileSync(path.join(home, 'config/config.toml'), '[plugins.local]\nstopGraceSeconds = 1\n');
		await deploy(home, 'stubborn', "trap '' TERM; while :; do sleep 0.2; done");
		const ran = await runCws(['stop', 'stubborn'], {home});
		assert.equal(ran.code, 0, ran.stderr);
		assert.match(ran.stderr, /did not end on TERM within 1 s and was killed/);
		assert.deepEqual(workstationProcesses(home), []);
		assert.deepEqual(await workstations(home), ['stubborn stopped']);
	});

	test('what one forked goes with it, also from a session of its own', async t => {
		const home = homeWithProcesses(t);
		await deploy(home, 'parent', 'setsid sleep 1000 & sleep 1001 & exec sleep 1002');
		await until(() => workstationProcesses(home).filter(({command}) => /^sleep 100\d/.test(command)).length === 3, 'its children');
		assert.equal((await runCws(['stop', 'parent'], {home})).code, 0);
		assert.deepEqual(workstationProcesses(home), []);
	});

	test('one that floods its log fills no disk and leaves the dashboard quick', async t => {
		const home = homeWithProcesses(t);
		await deploy(home, 'flood', 'yes "a line that is written over and over again" | head -c 60000000; exec tail -f /dev/null');
		const pty = await openDashboard(t, {home});
		await waitForRow(pty, 'flood', '● running');
		await selectRow(pty, 'flood');
		await pty.press('l');
		await pty.waitFor('over and over again');
		await withinMs(2000, async () => {
			await pty.press('q');
			await pty.waitFor('2 Resources');
		});
		const local = path.join(home, 'data/plugins/local');
		const directory = readdirSync(local).find(name => name.startsWith('flood-'))!;
		const size = () =>
			readdirSync(path.join(local, directory)).reduce((sum, name) => sum + statSync(path.join(local, directory, name)).size, 0);
		await until(() => size() > 2_000_000, 'the log to grow');
		assert.ok(size() < 12_000_000, String(size()));
	});
});

test('hostile names cannot damage the screen', async t => {
	const pty = startCws(t, ['demo', '--faults', '--resources', '400', '--seed', '7'], {columns: 120, rows: 36});
	await pty.waitFor(/2 Resources .+400/);
	for (let page = 0; page < 16; page++) {
		assertAligned(pty, 120, 36);
		const bytes = pty.bytes();
		await pty.press('pageDown');
		await pty.waitUntil(() => pty.bytes() > bytes, 'the next page');
		await pty.waitQuiet(30);
	}

	assertAligned(pty, 120, 36);
});

suite('plugins that behave badly', () => {
	test('they are shown as failed with the reason, everything else goes on, and cws ends at once', async t => {
		const home = homeWithProcesses(t);
		const launcher = copyCws(t, {
			spins: 'hangs-at-load',
			throws: 'throws-at-load',
			'no-export': 'no-default-export',
			'needs-login': 'throws-at-initialize',
		});
		const pty = await openDashboard(t, {home, bin: launcher});
		await pty.waitFor(/✖ throws +fail/);
		await pty.waitFor(/✖ needs-log\S* +fail/);
		await pty.waitFor(/✖ spins +fail/);
		await pty.press('!');
		const errors = await pty.waitFor(/the module is broken/);
		assert.match(errors, /Nobody is logged in/);
		assert.match(errors, /did not answer `load`/);
		assert.doesNotMatch(errors, /^\W*at .+:\d+:\d+/m);
		await pty.press('esc');
		await pty.waitFor('2 Resources');
		await pty.press('q');
		await pty.waitFor('Leave cws?');
		await focusButton(pty, 'Quit');
		await withinMs(2000, async () => {
			await pty.press('enter');
			assert.equal((await pty.exited).exitCode, 0);
		});
		assertSane(pty);
		await until(() => processesOf(home).length === 0, 'every process of it to end');
	});

	test('what goes bad while it runs is stopped, and the reason is told', async t => {
		const home = homeWithProcesses(t);
		const pty = await openDashboard(t, {
			home,
			bin: copyCws(t, {exits: 'goes-bad', leaks: 'goes-bad', floods: 'goes-bad', spins: 'goes-bad'}),
			rows: 50,
		});
		// After a rest each is started again, until five strikes put it aside.
		await pty.waitFor(/ended its worker with exit code 7[^]+ended its worker with exit code 7/);
		await pty.waitFor(/The plugin `leaks` used more than its 64 MB of memory/);
		await pty.waitFor(/◐ exi\S* +retry +in \d+ s/);
		// It has no health of its own and nobody calls it.
		await pty.waitFor(/The plugin `spins` is stuck in a loop/);
		// Memory weighs two strikes: the third time, after the long rest, is the last.
		await pty.waitFor(/✖ lea\S* +quaranti/, {timeoutMs: 90_000});
		await pty.press('!');
		await pty.waitFor(/plugin exits +CWS_PLUGIN_CRASHED/);
		await withinMs(2000, async () => {
			await pty.press('esc');
			await pty.waitFor('2 Resources');
		});
		await pty.press('ctrl+c', 'ctrl+c');
		assert.equal((await pty.exited).exitCode, 130);
		assertSane(pty);
		await until(() => processesOf(home).length === 0, 'every process of it to end');
	});

	test('while one spins every key is heard, and ctrl+c twice ends at once', async t => {
		const home = homeWithProcesses(t);
		const pty = await openDashboard(t, {home, bin: copyCws(t, {spins: 'hangs-at-load'})});
		await withinMs(2000, async () => {
			await pty.press('?');
			await pty.waitFor('Search all keys');
		});
		await pty.press('esc');
		await pty.waitFor('2 Resources');
		await pty.press('ctrl+c');
		await pty.waitFor('ctrl+c again quits');
		await withinMs(1500, async () => {
			await pty.press('ctrl+c');
			assert.equal((await pty.exited).exitCode, 130);
		});
		assertSane(pty);
		await until(() => processesOf(home).length === 0, 'every process of it to end');
	});

	test('the workstations of a plugin that is gone go on, and are there when it is back', async t => {
		const home = homeWithProcesses(t);
		await deploy(home, 'kept', 'exec tail -f /dev/null');
		const pid = workstationProcesses(home).find(({command}) => command.startsWith('tail'))!.pid;
		const pty = startCws(t, [], {home, bin: copyCws(t, {local: 'throws-at-load'}), columns: 120, rows: 36});
		await pty.waitFor(/✖ local +fail/);
		assert.notEqual(stateOf(pid), undefined);
		await pty.press('ctrl+c', 'ctrl+c');
		await pty.exited;
		const back = await openDashboard(t, {home});
		await waitForRow(back, 'kept', '● running');
		assert.notEqual(rowOf(back, 'kept'), '');
	});
});

/** Every frame of panes has its right edge in the last column, and nothing but text in between. */
function assertAligned(pty: Pty, columns: number, rows: number): void {
	const picture = pty.text();
	for (let row = 1; row < rows - 1; row++) {
		// The terminal of the tests draws pictographs as old ones do, in one cell.
		if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(pty.screen()[row]!)) {
			assert.match(pty.cell(row, columns - 1).text, /[╮│╯]/, `row ${row} of\n${picture}`);
		}

		assert.match(pty.cell(row, 0).text, /[╭│╰]/, `row ${row} of\n${picture}`);
	}

	assert.ok(!picture.includes('\u001B') && !/[\u202A-\u202E\u2066-\u2069]/.test(picture), picture);
}
