import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {type Pty} from '../../helpers/pty.ts';
import {fill, openDashboard, pressButton, rowOf, selectRow, tab, waitForRow} from '../../e2e/support/dashboard.ts';
import {freshHome} from '../../e2e/support/start-cws.ts';
import {stepsOf} from '../../e2e/support/steps.ts';
import {type Backend} from './start-backend.ts';

const program = `sh -c 'echo it talks; trap "exit 0" TERM; while :; do sleep 0.1; done'`;

/** The dashboard in front of one engine, whatever else this machine has. */
export async function openOnEngine(t: TestContext, backend: Backend): Promise<Pty> {
	const home = freshHome(t);
	mkdirSync(path.join(home, 'config'), {recursive: true});
	writeFileSync(path.join(home, 'config/config.toml'), 'undoSeconds = 1\n');
	return openDashboard(t, {
		home,
		env: {PATH: process.env['PATH'] ?? '', HOME: home, XDG_RUNTIME_DIR: home, DOCKER_HOST: backend.env['DOCKER_HOST']!},
	});
}

type Cli = (...args: readonly string[]) => Promise<string>;

/** The engine is killed while somebody looks: its rows stay with their age and the reason, and everything comes back by itself. */
export async function crashJourney(
	t: TestContext,
	backend: Backend,
	{cli, daemon}: {readonly cli: Cli; readonly daemon: string},
): Promise<void> {
	const step = stepsOf(t);
	const image = backend.env['CWS_DOCKER_IMAGE']!;
	await cli('run', '-d', '--restart', 'always', '--stop-timeout', '0', '--name', 'survivor', '--network', 'none', image, 'sleep', '1000');
	const pty = await openOnEngine(t, backend);
	await step('what runs is shown', async () => {
		await waitForRow(pty, 'survivor', '● running');
	});

	await step('after a kill the row stays, older than the others, and the reason is told', async () => {
		backend.kill(daemon);
		await pty.waitFor(/▲ /);
		assert.notEqual(rowOf(pty, 'survivor'), '');
	});

	await step('when it is back everything is live again, and what happens is told at once', async () => {
		await backend.up();
		await cli('run', '-d', '--stop-timeout', '0', '--name', 'newcomer', '--network', 'none', image, 'sleep', '1000');
		await waitForRow(pty, 'newcomer', '● running');
		await waitForRow(pty, 'survivor', '● running');
		await pty.waitGone(/▲ /);
		await cli('rm', '-f', 'newcomer', 'survivor');
		await pty.waitUntil(() => rowOf(pty, 'survivor') === '', 'the row to go');
	});
}

/** A container's whole life by keyboard in the built program, with the engine's own command agreeing at each step. */
export async function journey(t: TestContext, backend: Backend, cli: Cli): Promise<void> {
	const step = stepsOf(t);
	const image = backend.env['CWS_DOCKER_IMAGE']!;
	const pty = await openOnEngine(t, backend);
	const state = async () => cli('inspect', '--format', '{{.State.Status}}', 'web-1');

	await step('what is there already is shown', async () => {
		await waitForRow(pty, 'cws-base:latest', '○ stopped');
	});

	await step('the form makes a plan and then a container', async () => {
		await openFormOf(pty, 'docker/container');
		await fill(pty, 'web-1');
		await tab(pty);
		await fill(pty, image);
		await tab(pty);
		await fill(pty, program);
		await pressButton(pty, 'Plan');
		await pty.waitFor('cws deploy container web-1');
		await assert.rejects(state());
		await pressButton(pty, 'Deploy');
		await waitForRow(pty, 'web-1', '● running');
		assert.equal(await state(), 'running');
	});

	await step('its log is followed', async () => {
		await selectRow(pty, 'web-1');
		await pty.press('l');
		await pty.waitFor('it talks');
		await pty.press('q');
		await pty.waitFor('2 Resources');
	});

	await step('a shell in it gets the terminal with its size, and gives it back', async () => {
		await selectRow(pty, 'web-1');
		await pty.press('s');
		await pty.waitGone('2 Resources');
		await pty.waitFor(/# ?$/);
		await pty.type('stty size; cat /proc/1/cmdline | tr "\\0" " "');
		await pty.press('enter');
		await pty.waitFor(/36 120[^]*it talks/);
		await pty.type('exit');
		await pty.press('enter');
		await pty.waitFor('2 Resources');
	});

	await step('stopping and starting are what the engine says too', async () => {
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('x');
		await waitForRow(pty, 'web-1', '○ stopped');
		assert.equal(await state(), 'exited');
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('s');
		await waitForRow(pty, 'web-1', '● running');
		assert.equal(await state(), 'running');
	});

	await step('pausing it elsewhere shows here', async () => {
		await cli('pause', 'web-1');
		await waitForRow(pty, 'web-1', '◑ hiberna');
		await cli('unpause', 'web-1');
		await waitForRow(pty, 'web-1', '● running');
	});

	await step('destroying takes it', async () => {
		await selectRow(pty, 'web-1');
		await pty.press('D');
		await pty.waitFor('Type the name to confirm');
		await pty.type('web-1');
		await pty.waitFor('Enter presses the focused button');
		// The plan, which moves the buttons when it comes.
		await pty.waitFor('what it wrote outside of volumes');
		await pressButton(pty, 'Destroy');
		await pty.waitUntil(() => rowOf(pty, 'web-1') === '', 'the row to go');
		await assert.rejects(state());
	});
}

export async function openFormOf(pty: Pty, type: string): Promise<void> {
	await pty.press('n');
	await pty.waitFor(type);
	await pty.type(type);
	await pty.waitFor(new RegExp(`❯ ${type} +│[^●]+● ${type} [^●]+ Cancel `));
	await pty.press('enter');
	await pty.waitFor('Name  ');
}
