import assert from 'node:assert/strict';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fill, focusButton, openDashboard, pressAndDraw, pressButton} from './support/dashboard.ts';
import {jsonOf, runCws} from './support/run-cws.ts';
import {freshHome} from './support/start-cws.ts';

const manifest = {
	id: 'acme',
	version: '1.0.0',
	title: 'Acme Cloud',
	kind: 'system',
	api: 1,
	main: 'index.js',
	activation: ['onStartup'],
	permissions: {
		http: [{hosts: ['api.acme.example'], reason: 'Reads what your machines use'}],
		exec: [{id: 'kernel', command: 'uname', args: ['-s'], reason: 'Shows the kernel'}],
		ui: ['confirm'],
	},
	contributes: {
		tasks: [{name: 'report', everySeconds: 3600, skipInitialRun: true, handler: 'report'}],
		panes: [
			{id: 'usage', title: 'Usage', placement: 'tab', view: 'usage'},
			{id: 'quota', title: 'Quota', placement: 'dashboard', view: 'quota'},
			{id: 'nonsense', title: 'Nonsense', placement: 'tab', view: 'nonsense'},
		],
	},
};

const code = `let box;
module.exports = {
	initialize(context) { box = context; },
	health: () => ({status: 'pass'}),
	tasks: {async report() {
		if (await box.ui.confirm('Send the report?')) await box.http.fetch('https://elsewhere.example/');
	}},
	panes: {
		async usage() {
			const {stdout} = await box.exec.run('kernel', {});
			return {kind: 'table', columns: [{title: 'WHAT'}, {title: 'HOURS'}], rows: [[stdout.trim(), 7], ['genomics', 112]]};
		},
		quota: () => ({kind: 'gauge', label: 'disk', value: 3, max: 4}),
		nonsense: () => ({kind: 'table', columns: [{title: 'A'}], rows: [['1', '2']]}),
	},
};
`;

function putPlugin(directory: string): string {
	const folder = path.join(directory, 'acme');
	mkdirSync(folder, {recursive: true, mode: 0o700});
	writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(manifest));
	writeFileSync(path.join(folder, 'index.js'), code);
	return folder;
}

test('a plugin from outside is read, allowed, used, caught at what it may not do, and removed, all by keyboard', async t => {
	const home = freshHome(t);
	const folder = putPlugin(path.join(home, 'config/plugins'));
	const pty = await openDashboard(t, {home});
	await pty.waitFor(/acme +blocked/);

	// Enter opens the question, and Enter again does not answer it with yes.
	await pty.press('1');
	await pty.press('enter');
	await pty.waitFor('Allow this plugin?');
	const shown = pty.text();
	assert.match(shown, /Acme Cloud {2}acme 1\.0\.0[^]*unsigned[^]*run `uname -s`[^]*“Shows the kernel”[^]*“Reads what your machines use”/);
	await pty.press('enter');
	await pty.waitGone('Allow this plugin?');
	await pty.waitFor(/acme +blocked/);

	await pty.press('e');
	await pty.waitFor('Allow this plugin?');
	await pressButton(pty, 'Allow');
	await pty.waitFor(/● acme +pass/);
	await pty.waitFor(/Quota ─+ acme[^]*disk {2}3 of 4[^]*75 %/);

	await pty.press('V');
	await pty.waitFor('Views of plugins');
	await pty.press('enter');
	await pty.waitFor(/WHAT +HOURS[^]*Linux +7[^]*genomics +112/);
	await pty.press('V');
	await pty.waitFor('Views of plugins');
	await pressAndDraw(pty, 'down');
	await pty.press('enter');
	await pty.waitFor(/could not be read[^]*rows\[0\] has 2 cells and there are 1 columns/);

	// What it asks stands under its name; what it may not do is refused, counted and shown.
	await pty.press('d');
	await pty.waitFor('overview · permissions');
	for (let turn = 0; turn < 3; turn++) {
		await pressAndDraw(pty, ']');
	}

	await pty.waitFor(/report +● waiting/);
	await pty.press('enter');
	await pty.waitFor(/The plugin acme asks[^]*Send the report\?/);
	await pressAndDraw(pty, 'tab');
	await pty.press('enter');
	await pty.waitFor(/report[^]*elsewhere\.example/);
	await pressAndDraw(pty, '[');
	await pressAndDraw(pty, '[');
	await pty.waitFor(/Allowed[^]*run `uname -s`[^]*▲ 1 time denied[^]*elsewhere\.example/);

	await pty.press('D');
	await pty.waitFor('Remove a plugin');
	await fill(pty, 'acme');
	await focusButton(pty, 'Remove');
	await pty.press('enter');
	await pty.waitFor('acme is removed');
	await pty.press('esc');
	await pty.waitGone(/● acme/);
	assert.equal(existsSync(folder), false);
	const audit = await runCws(['audit', '--json'], {home});
	for (const command of ['grantPlugin', 'runTask', 'plugin.request', 'removePlugin']) {
		assert.ok(audit.stdout.includes(`"${command}"`), command);
	}
});

test('the plugins of the folder cws starts in are asked about once, and a no is kept', async t => {
	const home = freshHome(t);
	const project = path.join(home, 'project');
	putPlugin(path.join(project, 'plugins'));
	const first = await openDashboard(t, {home, cwd: project});
	await first.waitFor(/Trust the plugin that lies in[^]*this is asked once/);
	await first.press('esc');
	await first.waitGone('Trust the plugin');
	await first.press('q');
	await first.waitFor('Leave cws?');
	await pressButton(first, 'Quit');
	await first.exited;

	const second = await openDashboard(t, {home, cwd: project});
	await second.waitFor(/acme +off +not trusted/);
	assert.ok(!second.text().includes('Trust the plugin'));
});

test('a yes to the folder lets its plugins ask for what they want to do', async t => {
	const home = freshHome(t);
	const project = path.join(home, 'project');
	putPlugin(path.join(project, 'plugins'));
	const pty = await openDashboard(t, {home, cwd: project});
	await pty.waitFor('Trust the plugin');
	await pressAndDraw(pty, 'tab');
	await pty.press('enter');
	await pty.waitFor(/acme +blocked +asks/);
});

test('the command line allows what was shown, refuses where nobody says yes, and takes it back', async t => {
	const home = freshHome(t);
	putPlugin(path.join(home, 'config/plugins'));
	const silent = await runCws(['plugin', 'grant', 'acme'], {home});
	assert.equal(silent.code, 4);
	assert.match(silent.stderr, /CWS_PLUGIN_CONSENT[^]*--yes/);
	const granted = jsonOf<{readonly state: string}>(await runCws(['plugin', 'grant', 'acme', '--yes', '--json'], {home}));
	assert.equal(granted.state, 'active');
	assert.match((await runCws(['plugin', 'grant', 'acme'], {home})).stdout, /asks for nothing that is not allowed yet/);
	assert.equal((await runCws(['plugin', 'deny', 'acme'], {home})).code, 0);
	assert.equal((await runCws(['plugin', 'grant', 'acme'], {home})).code, 4);
});
