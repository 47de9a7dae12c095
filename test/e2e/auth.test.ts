import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fill, openDashboard, pressButton} from './support/dashboard.ts';
import {openLoginLab, putLoginPlugin} from './support/login-lab.ts';
import {followCws, jsonOf, runCws} from './support/run-cws.ts';
import {freshHome, startCws} from './support/start-cws.ts';

const within = async (what: string, isTrue: () => boolean): Promise<void> => {
	for (const endsAt = Date.now() + 30_000; !isTrue();) {
		assert.ok(Date.now() < endsAt, `no ${what} within 30 s`);
		await new Promise(resolve => {
			setTimeout(resolve, 50);
		});
	}
};

/** Every file below a home that has one of these in it. */
const filesWith = (home: string, texts: readonly string[]): readonly string[] =>
	readdirSync(home, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => path.join(entry.parentPath, entry.name))
		.filter(file => texts.some(text => readFileSync(file).includes(text)));

async function allow(home: string): Promise<void> {
	const {code, stderr} = await runCws(['plugin', 'grant', 'labs', '--yes'], {home});
	assert.equal(code, 0, stderr);
}

type Status = {readonly state: string; readonly account?: string; readonly masked?: string};

test('a person logs in with a code from a plugin in the sandbox, which never sees a token; renews it, and logs out', async t => {
	const lab = await openLoginLab(t);
	const home = freshHome(t);
	putLoginPlugin(home, lab);
	assert.match((await runCws(['auth', 'status'], {home})).stdout, /lab +unknown[^]*4 permissions that nobody has granted/);
	await allow(home);
	assert.match((await runCws(['auth', 'status'], {home})).stdout, /^lab +logged out/m);
	assert.deepEqual(jsonOf<{secrets: unknown}>(await runCws(['auth', 'login', '--dry-run', '--json'], {home})).secrets, [
		'token',
		'renewal',
	]);
	assert.deepEqual(lab.asked, []);

	const login = followCws(t, ['auth', 'login', '--json'], {home});
	await within('code', () => login.errors().includes(lab.userCode));
	assert.ok(login.errors().includes(`${lab.endpoint}/activate`));
	await within('second question', () => lab.asked.filter(url => url === '/token').length > 1);
	lab.approve();
	assert.equal(await login.ended, 0, login.errors());
	const status = JSON.parse(login.output()) as Status;
	assert.deepEqual([status.state, status.account], ['in', 'ada']);
	assert.equal(login.errors().split(lab.userCode).length, 2);

	assert.match((await runCws(['secrets', 'list'], {home})).stdout, /^labs +token +in the sealed file/m);
	const renewed = await runCws(['auth', 'refresh', 'lab', '--json'], {home});
	assert.equal(renewed.code, 0, renewed.stderr);
	assert.notEqual(jsonOf<Status>(renewed).masked, status.masked);
	assert.equal((await runCws(['auth', 'status', 'lab'], {home})).code, 0);
	assert.equal(lab.given.length, 4);

	assert.match((await runCws(['auth', 'logout', 'labs'], {home})).stdout, /Logged out of The lab/);
	assert.ok(!lab.valid.has(lab.given[2]!));
	assert.equal((await runCws(['auth', 'status', 'lab'], {home})).code, 1);
	assert.match((await runCws(['secrets', 'list'], {home})).stdout, /^labs +token +not set/m);
	const audit = await runCws(['audit', '--json'], {home});
	const events = await runCws(['events', '--json'], {home});
	for (const word of ['"login"', '"refreshLogin"', '"logout"']) {
		assert.ok(audit.stdout.includes(word), word);
	}

	for (const word of ['auth.login', 'auth.refreshed', 'auth.logout']) {
		assert.ok(events.stdout.includes(word), word);
	}

	const said = [login.output(), login.errors(), renewed.stdout, audit.stdout, events.stdout].join('\n');
	assert.deepEqual(
		lab.given.filter(token => said.includes(token)),
		[],
	);
	assert.deepEqual(filesWith(home, lab.given), []);
});

test('a key is pasted without being shown, a wrong one changes nothing, and ctrl+c gives up', async t => {
	const lab = await openLoginLab(t);
	const home = freshHome(t);
	putLoginPlugin(home, lab);
	await allow(home);
	const pty = startCws(t, ['auth', 'login', 'lab', '--flow', 'manual'], {home});
	await pty.waitFor('The key of the lab, for the plugin labs (not shown):');
	assert.ok(pty.text().includes(`${lab.endpoint}/keys`));
	await pty.type(lab.key);
	await pty.press('enter');
	await pty.waitFor('Logged in to The lab as ada');
	assert.equal((await pty.exited).exitCode, 0);
	assert.ok(!pty.text().includes(lab.key));

	const wrong = await runCws(['auth', 'login', 'lab', '--flow', 'manual'], {home, input: 'a-wrong-key\n'});
	assert.equal(wrong.code, 5);
	assert.match(wrong.stderr, /CWS_NEEDS_LOGIN[^]*does not accept the key/);
	assert.equal((await runCws(['auth', 'status', 'lab'], {home})).code, 0);

	const given = startCws(t, ['auth', 'login', 'lab', '--flow', 'device'], {home});
	await given.waitFor(lab.userCode);
	await given.press('ctrl+c');
	assert.equal((await given.exited).exitCode, 130);
	assert.equal((await runCws(['auth', 'status', 'lab'], {home})).code, 0);
	assert.deepEqual(filesWith(home, [lab.key, 'a-wrong-key']), []);
});

test('the dashboard logs in with a code, says who is in, and logs out', async t => {
	const lab = await openLoginLab(t);
	const home = freshHome(t);
	putLoginPlugin(home, lab);
	await allow(home);
	const pty = await openDashboard(t, {home});
	await pty.press(':');
	await pty.waitFor('Enter runs it');
	await fill(pty, 'login lab');
	await pty.waitFor('Log in to The lab, or out');
	await pty.press('enter');
	await pty.waitFor('○ logged out');
	await pressButton(pty, 'Log in');
	await pty.waitFor(/activate[^]*WDJB-MJHT/);
	lab.approve();
	await pty.waitFor(/● logged in · as ada · token acce/);
	await pty.waitFor('Logged in to The lab as ada');
	await pressButton(pty, 'Log out');
	await pty.waitFor('○ logged out');
	assert.ok(!lab.valid.has(lab.given[0]!));
	assert.deepEqual(filesWith(home, lab.given), []);
});
