import assert from 'node:assert/strict';
import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {openDashboard} from './support/dashboard.ts';
import {runCws} from './support/run-cws.ts';
import {freshHome} from './support/start-cws.ts';
import {stepsOf} from './support/steps.ts';

const manifest = {
	title: 'Acme Cloud',
	kind: 'system',
	api: 1,
	main: 'index.js',
	activation: ['onStartup'],
	permissions: {exec: [{id: 'kernel', command: 'uname', args: ['-s'], reason: 'Shows the kernel'}]},
	contributes: {panes: [{id: 'word', title: 'Word', placement: 'dashboard', view: 'word'}]},
};

/** A folder with a plugin in it that shows a word on the dashboard. */
function writePlugin(folder: string, id: string, version: string, word: string): string {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify({...manifest, id, version}));
	writeFileSync(
		path.join(folder, 'index.js'),
		`module.exports = {health: () => ({status: 'pass'}), panes: {word: () => ({kind: 'text', text: '${word}'})}};`,
	);
	return folder;
}

test('a dashboard that is open shows what is done to plugins on the command line, and nobody presses a key there', async t => {
	const step = stepsOf(t);
	const home = freshHome(t);
	const pty = await openDashboard(t, {home});
	const cws = async (...args: readonly string[]) => {
		const done = await runCws(args, {home});
		assert.equal(done.code, 0, done.stderr);
	};

	await step('a plugin that is installed is there and runs', async () => {
		await cws('plugin', 'install', writePlugin(path.join(home, 'acme-1'), 'acme', '1.0.0', 'hello from the first'), '--yes');
		await pty.waitFor(/● acme +pass/);
		await pty.waitFor('hello from the first');
	});

	await step('its update takes over', async () => {
		await cws('plugin', 'install', writePlugin(path.join(home, 'acme-2'), 'acme', '1.1.0', 'hello from the second'), '--yes');
		await pty.waitFor('hello from the second');
		await pty.waitGone('hello from the first');
	});

	await step('it is off when it is disabled, and back when it is enabled', async () => {
		await cws('plugin', 'disable', 'acme');
		await pty.waitFor(/○ acme +off/);
		await pty.waitGone('hello from the second');
		await cws('plugin', 'enable', 'acme');
		await pty.waitFor(/● acme +pass/);
		await pty.waitFor('hello from the second');
	});

	await step('a folder that was put there waits, and runs once it is allowed', async () => {
		const folder = writePlugin(path.join(home, 'beta-1'), 'beta', '1.0.0', 'hello');
		cpSync(folder, path.join(home, 'config/plugins/beta'), {recursive: true});
		await pty.waitFor(/beta +blocked/);
		await cws('plugin', 'grant', 'beta', '--yes');
		await pty.waitFor(/● beta +pass/);
	});

	await step('what is removed is gone, and comes again when it is installed again', async () => {
		await cws('plugin', 'remove', 'acme', '--confirm');
		await pty.waitGone(/acme +pass/);
		await cws('plugin', 'install', path.join(home, 'acme-1'), '--yes');
		await pty.waitFor(/● acme +pass/);
		await pty.waitFor('hello from the first');
	});
});

test('a task that the dashboard runs is cancelled on the command line', async t => {
	const home = freshHome(t);
	const folder = path.join(home, 'config/plugins/acme');
	mkdirSync(folder, {recursive: true, mode: 0o700});
	writeFileSync(
		path.join(folder, 'plugin.json'),
		JSON.stringify({
			...manifest,
			id: 'acme',
			version: '1.0.0',
			permissions: {},
			contributes: {tasks: [{name: 'hang', everySeconds: 3600, handler: 'hang'}]},
		}),
	);
	writeFileSync(
		path.join(folder, 'index.js'),
		`let log;
module.exports = {
	initialize(context) { log = context.log; },
	tasks: {hang: ({signal}) => { log.info('it hangs'); return new Promise((_, no) => signal.addEventListener('abort', () => no(new Error('ended')))); }},
};`,
	);
	const granted = await runCws(['plugin', 'grant', 'acme', '--yes'], {home});
	assert.equal(granted.code, 0, granted.stderr);
	const pty = await openDashboard(t, {home});
	await pty.press('1');
	await pty.press('d');
	await pty.waitFor(/overview · permissions/);
	await pty.waitFor('it hangs');
	const cancelled = await runCws(['task', 'cancel', 'acme/hang'], {home});
	assert.deepEqual([cancelled.code, cancelled.stdout], [0, 'acme/hang is cancelled\n'], cancelled.stderr);
	const again = await runCws(['task', 'cancel', 'acme/hang'], {home});
	assert.match(again.stderr, /CWS_INVALID_STATE: No cws that is open runs the task `hang`/);
});
