import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {openDashboard} from './support/dashboard.ts';
import {runCws} from './support/run-cws.ts';
import {bin, freshHome, startCws} from './support/start-cws.ts';

const secret = 'hcl-S3cr3t/Value+1';
const manifest = {
	id: 'acme',
	version: '1.0.0',
	title: 'Acme',
	kind: 'provider',
	api: 1,
	main: 'index.js',
	permissions: {
		http: [{hosts: ['api.acme.example'], reason: 'its API'}],
		secrets: [{name: 'token', title: 'API token', inject: {header: 'authorization', template: 'Bearer {}'}}],
	},
	config: {type: 'object', properties: {timeout: {type: 'integer', minimum: 1, default: 30}}, additionalProperties: false},
};

/** A home with a plugin that asks for a secret; no keychain answers in it. */
function homeWithPlugin(t: TestContext): {readonly home: string; readonly args: readonly string[]} {
	const home = freshHome(t);
	const directory = path.join(home, 'more', 'acme');
	mkdirSync(directory, {recursive: true});
	writeFileSync(path.join(directory, 'plugin.json'), JSON.stringify(manifest));
	writeFileSync(path.join(directory, 'index.js'), 'export default {};');
	return {home, args: ['--plugin-dir', path.join(home, 'more')]};
}

function filesWith(directory: string, text: string): readonly string[] {
	return readdirSync(directory, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => path.join(entry.parentPath, entry.name))
		.filter(file => readFileSync(file).includes(text));
}

test('a secret typed at the prompt is never on the screen, and lies nowhere as it is', async t => {
	const {home, args} = homeWithPlugin(t);
	const pty = startCws(t, ['secrets', 'set', 'acme', 'token', ...args], {home});
	await pty.waitFor('API token of acme (not shown):');
	await pty.type(secret);
	await pty.waitQuiet();
	assert.ok(!pty.text().includes('hcl'));
	await pty.press('enter');
	await pty.waitFor('acme token is set, in the sealed file');
	assert.equal((await pty.exited).exitCode, 0);
	assert.ok(!pty.text().includes('hcl'));
	assert.deepEqual(filesWith(home, secret), []);
	const listed = await runCws(['secrets', 'list', ...args], {home});
	assert.match(listed.stdout, /^acme +token +in the sealed file +API token$/m);
});

test('ctrl+c at the prompt sets nothing', async t => {
	const {home, args} = homeWithPlugin(t);
	const pty = startCws(t, ['secrets', 'acme', 'token', ...args], {home});
	await pty.waitFor('not shown');
	await pty.type('half');
	await pty.press('ctrl+c');
	assert.equal((await pty.exited).exitCode, 130);
	assert.equal(pty.modes().isPasteBracketed, false);
	assert.match((await runCws(['secrets', 'list', ...args], {home})).stdout, /not set/);
});

test('a secret from a pipe is set, deleted, and in the audit without its value', async t => {
	const {home, args} = homeWithPlugin(t);
	const env = {PATH: process.env['PATH'], HOME: home, CWS_HOME: home};
	const set = spawnSync(process.execPath, [bin, 'secrets', 'set', 'acme', 'token', ...args], {env, input: `${secret}\n`, encoding: 'utf8'});
	assert.equal(set.status, 0, set.stderr);
	const deleted = await runCws(['secrets', 'delete', 'acme', 'token', ...args, '--json'], {home});
	assert.deepEqual(JSON.parse(deleted.stdout), {plugin: 'acme', name: 'token', status: 'deleted'});
	const audit = await runCws(['audit', '--json'], {home});
	assert.match(audit.stdout, /setSecret/);
	assert.match(audit.stdout, /deleteSecret/);
	assert.ok(!audit.stdout.includes(secret));
	assert.deepEqual(filesWith(home, secret), []);
});

test('a value on the command line is refused without being repeated', async t => {
	const {home, args} = homeWithPlugin(t);
	const ran = await runCws(['secrets', 'set', 'acme', 'token', secret, ...args], {home});
	assert.equal(ran.code, 2);
	assert.match(ran.stderr, /does not take the value as an argument/);
	assert.ok(!(ran.stdout + ran.stderr).includes(secret));
});

test('an option of a plugin has one value and one source, and the later source wins', async t => {
	const {home, args} = homeWithPlugin(t);
	const entry = async (env: Readonly<Record<string, string>>, ...flags: readonly string[]) => {
		const ran = await runCws(['config', 'get', 'plugins.acme.timeout', '--json', ...args, ...flags], {home, env});
		const {value, source} = JSON.parse(ran.stdout) as {value: unknown; source: string};
		return [value, source];
	};

	assert.deepEqual(await entry({}), [30, 'default']);
	const wrong = await runCws(['config', 'set', 'plugins.acme.timeout', '0', ...args], {home});
	assert.match(wrong.stderr, /`plugins\.acme\.timeout` must be at least 1/);
	assert.equal((await runCws(['config', 'set', 'plugins.acme.timeout', '40', ...args], {home})).code, 0);
	assert.deepEqual(await entry({}), [40, 'user']);
	assert.deepEqual(await entry({PLUGINS__ACME__TIMEOUT: '50'}), [50, 'environment']);
	assert.deepEqual(await entry({PLUGINS__ACME__TIMEOUT: '50', CWS_PLUGINS__ACME__TIMEOUT: '60'}), [60, 'environment']);
	assert.deepEqual(await entry({CWS_PLUGINS__ACME__TIMEOUT: '60'}, '--plugin-config', 'acme.timeout=70'), [70, 'flag']);
	const unset = await runCws(['plugin', 'config', 'acme', 'timeout', '--unset', ...args], {home, env: {PLUGINS__ACME__TIMEOUT: '50'}});
	assert.match(unset.stdout, /^plugins\.acme\.timeout = 50 \(environment, PLUGINS__ACME__TIMEOUT\)/);
	assert.deepEqual(await entry({}), [30, 'default']);
	assert.match((await runCws(['plugin', 'config', 'acme', ...args], {home})).stdout, /^timeout +30 +default/m);
});

test('an option names a secret, which only its plugin gets, and one that is not set is asked for by the command that sets it', async t => {
	const home = freshHome(t);
	const own = {
		...manifest,
		permissions: {secrets: [{name: 'token', title: 'API token', read: true, reason: 'Signs with it'}]},
		config: {type: 'object', properties: {apiKey: {type: 'string', format: 'password'}}},
		contributes: {commands: [{name: 'acme', short: 'Tell what it got', handler: 'tell'}]},
	};
	const code = `let key; module.exports = {initialize({config}) { key = config.apiKey; }, commands: {tell: () => ({text: key.length + ' ' + key})}};`;
	const directory = path.join(home, 'config/plugins/acme');
	mkdirSync(directory, {recursive: true, mode: 0o700});
	writeFileSync(path.join(directory, 'plugin.json'), JSON.stringify(own));
	writeFileSync(path.join(directory, 'index.js'), code);
	assert.equal((await runCws(['plugin', 'grant', 'acme', '--yes'], {home})).code, 0);
	const plain = await runCws(['config', 'set', 'plugins.acme.apiKey', secret], {home});
	assert.match(plain.stderr, /does not belong into a configuration file[^]*cws secrets set acme apiKey/);
	const named = await runCws(['config', 'set', 'plugins.acme.apiKey', 'secret:acme/token'], {home});
	assert.match(named.stdout + named.stderr, /secret:acme\/token|CWS_SECRET_MISSING/);
	const missing = await runCws(['acme'], {home});
	assert.match(missing.stderr, /CWS_SECRET_MISSING[^]*cws secrets set acme token/);
	assert.equal((await runCws(['secrets', 'set', 'acme', 'token'], {home, input: `${secret}\n`})).code, 0);
	assert.equal((await runCws(['acme'], {home})).stdout.trim(), `${secret.length} [redacted]`);
	assert.match((await runCws(['config', 'get', 'plugins.acme.apiKey'], {home})).stdout, /^secret:acme\/token$/m);
	assert.deepEqual(filesWith(home, secret), []);
});

test('an option that is set beside a running dashboard restarts that plugin, and no other', async t => {
	const home = freshHome(t);
	const pty = await openDashboard(t, {home});
	await pty.waitFor('Plugin local started');
	const ran = await runCws(['config', 'set', 'plugins.local.ratePerHour', '0.5'], {home});
	assert.equal(ran.code, 0, ran.stderr);
	await pty.waitFor('Plugin local was reloaded');
	await pty.waitQuiet();
	assert.equal(pty.text().match(/was reloaded/g)?.length, 1);
});

test('a project file that is edited by hand beside a running dashboard restarts the plugin it is about, and no other', async t => {
	const home = freshHome(t);
	const project = path.join(home, 'project');
	const file = path.join(project, '.cws.toml');
	mkdirSync(project);
	writeFileSync(file, '[plugins.local]\nratePerHour = 0.5\n');
	assert.equal((await runCws(['plugin', 'trust', project], {home})).code, 0);
	const pty = await openDashboard(t, {home, cwd: project});
	await pty.waitFor('Plugin local started');
	writeFileSync(file, '[plugins.local]\nratePerHour = 0.7\n');
	await pty.waitFor('Plugin local was reloaded');
	writeFileSync(file, '[plugins.local]\nratePerHour = 0.\n');
	writeFileSync(file, '[plugins.local]\nratePerHour = 0.7\n# the same\n');
	await pty.waitQuiet();
	assert.equal(pty.text().match(/was reloaded/g)?.length, 1);
	const entry = await runCws(['config', 'get', 'plugins.local.ratePerHour', '--json'], {home, cwd: project});
	assert.deepEqual((JSON.parse(entry.stdout) as {value: unknown; source: string}).value, 0.7);
});
