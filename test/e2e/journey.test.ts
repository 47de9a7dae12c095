import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {test} from 'node:test';
import {fill, focusButton, openDashboard, openForm, pressButton, rowOf, selectRow, tab, waitForRow} from './support/dashboard.ts';
import {answers, freePort, homeWithProcesses, stateOf, until, workstationProcesses} from './support/processes.ts';
import {copyCws} from './support/copy-cws.ts';
import {startCws} from './support/start-cws.ts';
import {stepsOf} from './support/steps.ts';

const directoriesOf = (home: string): readonly string[] =>
	readdirSync(path.join(home, 'data/plugins/local')).filter(name => !name.startsWith('.'));

test('a workstation lives its whole life by keyboard', async t => {
	const step = stepsOf(t);
	const home = homeWithProcesses(t);
	mkdirSync(path.join(home, 'config'), {recursive: true});
	writeFileSync(path.join(home, 'config/config.toml'), 'undoSeconds = 8\n');
	const port = await freePort();
	const serverPid = () => workstationProcesses(home).find(({command}) => command.includes('-m http.server'))?.pid;
	let pty = await openDashboard(t, {home});

	await step('the first run says what to press', async () => {
		await pty.waitFor('Press n to deploy your first one here');
	});

	await step('the form asks where, what and shows the plan before anything is made', async () => {
		await openForm(pty);
		await fill(pty, 'web-1');
		await tab(pty, 2);
		await fill(pty, `exec python3 -u -m http.server ${port} --bind 127.0.0.1`);
		await tab(pty);
		await fill(pty, String(port));
		await pressButton(pty, 'Plan');
		await pty.waitFor('cws deploy vm web-1');
		assert.equal(workstationProcesses(home).length, 0);
	});

	await step('Deploy makes it, and it runs once its port answers', async () => {
		await pressButton(pty, 'Deploy');
		await waitForRow(pty, 'web-1', '● running');
		assert.ok(await answers(port));
		assert.notEqual(serverPid(), undefined);
	});

	await step('its log follows what it writes', async () => {
		await selectRow(pty, 'web-1');
		await pty.press('l');
		await pty.waitFor('Serving HTTP on');
		await fetch(`http://127.0.0.1:${port}/asked-for-by-the-test`);
		await pty.waitFor('GET /asked-for-by-the-test');
		await pty.press('q');
		await pty.waitFor('2 Resources');
	});

	await step('stopping ends the process', async () => {
		const pid = serverPid()!;
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('x');
		await waitForRow(pty, 'web-1', '○ stopped');
		assert.equal(stateOf(pid), undefined);
		assert.equal(await answers(port), false);
		assert.deepEqual(workstationProcesses(home), []);
	});

	await step('starting runs it again', async () => {
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('s');
		await waitForRow(pty, 'web-1', '● running');
		assert.ok(await answers(port));
	});

	await step('hibernating freezes the process, resuming wakes the same one', async () => {
		const pid = serverPid()!;
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('h');
		await waitForRow(pty, 'web-1', '◑ hibernated');
		assert.equal(stateOf(pid), 'T');
		await pty.press('a');
		await pty.waitFor('Resume');
		await pty.press('h');
		await waitForRow(pty, 'web-1', '● running');
		assert.equal(serverPid(), pid);
		assert.notEqual(stateOf(pid), 'T');
	});

	await step('a shell in it gets the terminal and gives it back with no key lost', async () => {
		await pty.press('s');
		await pty.waitGone('2 Resources');
		await pty.waitFor(/[$#] ?$/);
		await pty.type('echo "in $(basename $PWD) on $PORT"');
		await pty.press('enter');
		await pty.waitFor(`in work on ${port}`);
		await pty.type('exit');
		await pty.press('enter');
		await pty.waitFor('2 Resources');
		await pty.press('d');
		await pty.waitFor('summary · yaml');
		await pty.press('esc');
		await pty.waitFor('2 Resources');
	});

	await step('what is typed before the shell is there is the shell’s', async () => {
		await pty.press('s');
		await pty.type('echo "early $PORT"');
		await pty.press('enter');
		await pty.waitFor(`early ${port}`);
		await pty.type('exit');
		await pty.press('enter');
		await pty.waitFor('2 Resources');
	});

	await step('it outlives cws, and the next start shows it at once', async () => {
		const pid = serverPid();
		await pty.press('q');
		await pty.waitFor('Leave cws?');
		await pressButton(pty, 'Quit');
		assert.equal((await pty.exited).exitCode, 0);
		assert.equal(pty.modes().isAlternateScreen, false);
		assert.equal(serverPid(), pid);
		// Where the plugin never answers, what is drawn can only be what was kept.
		const hanging = copyCws(t, {local: 'hangs-at-load'});
		const cached = startCws(t, [], {home, bin: hanging, columns: 120, rows: 36});
		await waitForRow(cached, 'web-1', '● running');
		await cached.waitFor(/2 of 2 · stale|from \d+s ago/);
		cached.kill('SIGTERM');
		await cached.exited;
		pty = await openDashboard(t, {home});
		await waitForRow(pty, 'web-1', '● running');
		assert.equal(serverPid(), pid);
	});

	await step('destroying asks for the name and can be taken back', async () => {
		await selectRow(pty, 'web-1');
		await pty.press('D');
		await pty.waitFor('Type the name to confirm');
		await pty.press('enter');
		await pty.type('web');
		await pty.press('enter', 'tab');
		await assert.rejects(focusButton(pty, 'Destroy'));
		await pty.press('esc');
		await pty.waitGone('Type the name');
		const pid = serverPid();
		await destroy();
		await pty.waitFor(/destroying in \ds · u undo/);
		await pty.press('u');
		// It was stopped at once, to save its cost, and so is another process now.
		await until(() => ![undefined, pid].includes(serverPid()), 'the workstation to be started again');
		await until(() => answers(port), 'the port to answer again');
		await waitForRow(pty, 'web-1', '● running');
	});

	await step('destroying takes the process and its directory', async () => {
		assert.equal(directoriesOf(home).length, 1);
		await destroy();
		await pty.waitFor(/destroying in \ds · u undo/);
		await pty.waitUntil(() => rowOf(pty, 'web-1') === '', 'the row to go');
		assert.deepEqual(workstationProcesses(home), []);
		assert.equal(await answers(port), false);
		assert.deepEqual(directoriesOf(home), []);
	});

	async function destroy(): Promise<void> {
		await pty.press('D');
		await pty.waitFor('Type the name to confirm');
		await pty.type('web-1');
		await pty.waitFor('Enter presses the focused button');
		await pressButton(pty, 'Destroy');
		await pty.waitGone('Type the name');
	}
});

test('a template fills what it needs, and what is taken is said before anything is made', async t => {
	const step = stepsOf(t);
	const home = homeWithProcesses(t);
	const listener = createServer();
	t.after(() => listener.close());
	await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
	const {port} = listener.address() as {readonly port: number};
	const pty = await openDashboard(t, {home});
	const openFormFor = async (name: string) => {
		await openForm(pty);
		await fill(pty, name);
	};

	await step('a template is chosen with the arrows and runs without a command', async () => {
		await openFormFor('site');
		await tab(pty);
		await pty.waitFor('1 of 3');
		await pty.press('right', 'right');
		await pty.waitFor(/Template +Node HTTP/);
		await pressButton(pty, 'Plan');
		await pty.waitFor('template=node-http');
		await pressButton(pty, 'Deploy');
		await waitForRow(pty, 'site', '● running');
		const commands = workstationProcesses(home).map(({command}) => command);
		assert.ok(
			commands.some(command => /^node .*-e/.test(command)),
			commands.join('\n'),
		);
	});

	await step('a taken name is said in its field', async () => {
		await openFormFor('site');
		await pty.waitFor('is taken, choose another');
		await pty.press('esc');
		await pty.waitGone('1 where');
	});

	await step('a name that cannot be is said with one that can', async () => {
		await openFormFor('Web Server');
		await pty.waitFor('use `web-server`');
		await pty.press('esc');
		await pty.waitGone('1 where');
	});

	await step('a taken port is said instead of a plan, and nothing is made', async () => {
		const before = workstationProcesses(home).length;
		await openFormFor('busy');
		await tab(pty, 2);
		await fill(pty, 'exec tail -f /dev/null');
		await tab(pty);
		await fill(pty, String(port));
		await pressButton(pty, 'Plan');
		await pty.waitFor('nothing was made');
		await pty.waitFor(`Port ${port} is taken`);
		await pty.press('esc');
		await pty.waitGone('1 where');
		assert.equal(workstationProcesses(home).length, before);
		assert.equal(directoriesOf(home).length, 1);
	});
});

test('two hundred characters typed at once, with Tabs between the fields, all arrive where they belong', async t => {
	const home = homeWithProcesses(t);
	const pty = await openDashboard(t, {home});
	const command = `: ${'abcdefghi '.repeat(18)}; exec tail -f /dev/null`;
	await openForm(pty);
	pty.send(`fast-1\t\t${command}\t`);
	await pressButton(pty, 'Plan');
	await pty.waitFor('cws deploy vm fast-1');
	await pressButton(pty, 'Deploy');
	await waitForRow(pty, 'fast-1', '● running');
	const local = path.join(home, 'data/plugins/local');
	const directory = readdirSync(local).find(name => name.startsWith('fast-1-'))!;
	const record = JSON.parse(readFileSync(path.join(local, directory, 'workstation.json'), 'utf8')) as {spec: {command: string}};
	assert.equal(record.spec.command, command);
});
