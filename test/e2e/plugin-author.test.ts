import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {fill, focusButton, openDashboard, pressButton} from './support/dashboard.ts';
import {until} from './support/processes.ts';
import {followCws, runCws} from './support/run-cws.ts';
import {freshHome} from './support/start-cws.ts';

/** A folder outside of the sources of cws, as an author has it. */
async function newPlugin(t: TestContext, home: string, type: string): Promise<string> {
	const root = mkdtempSync(path.join(tmpdir(), 'cws-author-'));
	t.after(() => rmSync(root, {recursive: true, force: true}));
	const folder = path.join(root, 'acme');
	const made = await runCws(['plugin', 'new', 'acme', '--type', type, '--dir', folder], {home});
	assert.equal(made.code, 0, made.stderr);
	return folder;
}

function edit(file: string, change: (text: string) => string): void {
	const before = readFileSync(file, 'utf8');
	const after = change(before);
	assert.notEqual(after, before);
	writeFileSync(file, after);
}

test('a plugin of an author is installed, allowed, used, updated and removed, all by keyboard', async t => {
	const home = freshHome(t);
	const folder = await newPlugin(t, home, 'pane');
	const http = '"http": [{"hosts": ["api.acme.example"], "reason": "Asks for the time"}]';
	edit(path.join(folder, 'plugin.json'), text => text.replace('"contributes"', `"permissions": {${http}}, "contributes"`));
	const installed = path.join(home, 'config/plugins/acme');
	const pty = await openDashboard(t, {home});
	await pty.press('1');

	const look = async () => {
		await pty.press('i');
		await pty.waitFor('Install a plugin');
		await fill(pty, folder);
		await pressButton(pty, 'Look at it');
	};
	await look();
	await pty.waitFor(/Install this plugin\?[^]*acme 0\.1\.0[^]*unsigned[^]*run its code/);
	await pty.waitFor(/api\.acme\.example[^]*“Asks for the time”/);
	await pressButton(pty, 'Install and allow');
	await pty.waitFor('acme 0.1.0 is installed and active');
	await pty.waitFor(/● acme +pass/);
	assert.ok(existsSync(path.join(installed, 'plugin.js')));

	const openView = async () => {
		await pty.press('V');
		await pty.waitFor('Views of plugins');
		await pty.press('enter');
	};
	await openView();
	await pty.waitFor(/WHAT +VALUE[^]*minutes +0/);
	await pty.press('esc');
	await pty.waitGone(/WHAT +VALUE/);

	edit(path.join(folder, 'plugin.json'), text =>
		text
			.replace('"0.1.0"', '"0.2.0"')
			.replace(http, `${http}, "exec": [{"id": "kernel", "command": "uname", "args": ["-s"], "reason": "Shows the kernel"}]`),
	);
	edit(path.join(folder, 'index.ts'), text => text.replace("['minutes', minutes]", "['minutes since', minutes]"));
	// Where it was installed from is known, so that an update is one key.
	await pty.press('U');
	await pty.waitFor(/Update this plugin\?[^]*0\.1\.0 → 0\.2\.0[^]*run `uname -s`[^]*“Shows the kernel”/);
	// What is allowed already is not asked for again.
	assert.doesNotMatch(pty.text(), /api\.acme\.example/);
	await pressButton(pty, 'Cancel');
	await pty.waitGone('Update this plugin?');
	assert.match(readFileSync(path.join(installed, 'plugin.json'), 'utf8'), /"0\.1\.0"/);

	await pty.press('U');
	await pty.waitFor('Update this plugin?');
	await pressButton(pty, 'Update and allow');
	await pty.waitFor('acme 0.2.0 is installed and active');
	await openView();
	await pty.waitFor(/minutes since +0/);
	await pty.press('esc');
	await pty.waitGone('minutes since');

	await pty.press('D');
	await pty.waitFor('Remove a plugin');
	await fill(pty, 'acme');
	await focusButton(pty, 'Remove');
	await pty.press('enter');
	await pty.waitFor('acme is removed');
	assert.equal(existsSync(installed), false);
});

test('a new provider passes its contract in the built program, is packed, installed from its package and removed by verbs', async t => {
	const home = freshHome(t);
	const folder = await newPlugin(t, home, 'provider');
	const contract = await runCws(['plugin', 'test', folder], {home});
	assert.equal(contract.code, 0, contract.stdout + contract.stderr);
	assert.match(contract.stdout, /✓ what it deploys can be read, stopped, started and destroyed/);
	assert.match(contract.stdout, /acme 0\.1\.0: 17 kept, 0 broken/);

	const file = path.join(path.dirname(folder), 'acme.cwsplugin');
	const packed = await runCws(['plugin', 'pack', folder, '--out', file], {home});
	assert.match(packed.stdout, /Packed: acme v0\.1\.0/, packed.stderr);
	const blocked = await runCws(['plugin', 'install', file], {home});
	assert.match(blocked.stdout, /Installed: acme v0\.1\.0\nInstalled to: .*\nNew resource types: vm\n/);
	assert.match(blocked.stderr, /blocked until you allow/);
	const allowed = await runCws(['plugin', 'install', file, '--yes'], {home});
	assert.equal(allowed.code, 0, allowed.stderr);
	const status = await runCws(['plugin', 'status', 'acme'], {home});
	assert.match(
		status.stdout,
		/^Plugin: acme v0\.1\.0\nStatus: Active\nHealth: .*\nCapabilities: 1 resource type\nResource usage: \d+MB memory, \d+\.\d% CPU\nAPI requests: \d+ total, \d+ errors \(\d+\.\d\d%\)\n/,
	);
	const unsure = await runCws(['plugin', 'remove', 'acme'], {home});
	assert.equal(unsure.code, 4);
	const removed = await runCws(['plugin', 'remove', 'acme', '--confirm'], {home});
	assert.match(removed.stdout, /Removed: acme/);
	const list = await runCws(['plugin', 'list'], {home});
	assert.match(list.stdout, /^PLUGIN +VERSION +STATUS +CAPABILITIES/);
	assert.doesNotMatch(list.stdout, /^acme /m);
});

test('a plugin under development is reloaded in place after a change, and a mistake leaves the old code in service', async t => {
	const home = freshHome(t);
	const folder = await newPlugin(t, home, 'system');
	const dev = followCws(t, ['plugin', 'dev', folder, '--grant-all'], {home});
	const said = () => dev.output() + dev.errors();
	await until(() => said().includes('0 launches are known'), 'the first health');
	const code = path.join(folder, 'index.ts');
	edit(code, text => text.replace('launches are known', 'launches were seen'));
	await until(() => /generation 2/.test(said()) && said().includes('0 launches were seen'), 'the second generation');
	edit(code, text => text.replace('commands: {', 'commands: {,'));
	await until(() => /CWS_PLUGIN_BUILD.*index\.ts:\d+:\d+/.test(said()), 'the line of the mistake');
	assert.match(said(), /what ran before goes on/);
	edit(code, text => text.replace('commands: {,', 'commands: {'));
	await until(() => /generation 3/.test(said()), 'the third generation');
});
