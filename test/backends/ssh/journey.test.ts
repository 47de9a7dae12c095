import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {promisify} from 'node:util';
import {openDashboard, rowOf, selectRow, waitForRow} from '../../e2e/support/dashboard.ts';
import {bin, freshHome} from '../../e2e/support/start-cws.ts';
import {stepsOf} from '../../e2e/support/steps.ts';
import {type Pty} from '../../helpers/pty.ts';
import {missing, ssh, startSshd, type Sshd} from './sshd.ts';

const run = promisify(execFile);
const gpus = ['NVIDIA A100-SXM4-80GB, 87, 61440, 81920', 'NVIDIA A100-SXM4-80GB, 0, 4, 81920'];
// A look comes every fifteen seconds, and to a machine that stays away less and less often.
const patience = {timeoutMs: 90_000};

/** A person with two machines: one they told cws how to switch, one that only ssh knows. */
function homeFor(t: TestContext, {configFile, power}: Sshd, log: string): string {
	const home = freshHome(t);
	mkdirSync(path.join(home, 'config'), {recursive: true});
	const lines = [
		'undoSeconds = 1',
		'[plugins.ssh]',
		`configFile = "${configFile}"`,
		'connectSeconds = 20',
		'keepSeconds = 20',
		'probe = "all"',
		'[[plugins.ssh.hosts]]',
		'name = "lab"',
		`logFile = "${log}"`,
		`startCommand = ${JSON.stringify(power.on)}`,
		`stopCommand = ${JSON.stringify(power.off)}`,
		'ratePerHour = 0.42',
		'tags = {team = "vision"}',
	];
	writeFileSync(path.join(home, 'config/config.toml'), `${lines.join('\n')}\n`);
	return home;
}

const environmentOf = (home: string) => ({PATH: process.env['PATH'] ?? '', HOME: home, XDG_RUNTIME_DIR: home, CWS_HOME: home});

/** Every process of this machine that names the file of ssh the test made. */
const clientsOf = ({configFile}: Sshd): readonly string[] =>
	execFileSync('ps', ['-eo', 'args'], {encoding: 'utf8'})
		.split('\n')
		.filter(line => line.startsWith('ssh') && line.includes(configFile));

const isUp = ({configFile}: Sshd, name: string): boolean => {
	try {
		return ssh(configFile, name, 'echo here') === 'here\n';
	} catch {
		return false;
	}
};

test('a machine over ssh lives its whole life by keyboard, and ssh itself agrees', {skip: missing}, async t => {
	const step = stepsOf(t);
	await using server = await startSshd(['lab', 'plain'], {programs: {'nvidia-smi': `printf '%s\\n' '${gpus.join("' '")}'`}});
	const log = path.join(server.directory, 'train.log');
	writeFileSync(log, 'epoch 1\nepoch 2\n');
	const home = homeFor(t, server, log);
	const pty = await openDashboard(t, {home, env: environmentOf(home)});

	await step('machines come alive with what they are', async () => {
		await waitForRow(pty, 'lab', '● running');
		await waitForRow(pty, 'plain', '● running');
		assert.match(rowOf(pty, 'lab'), / 2 gpu .* 0\.4200/);
	});

	await step('it is described as the machine describes itself', async () => {
		await selectRow(pty, 'lab');
		await pty.press('d');
		await pty.waitFor(/memory .*B of [^]*disk .*B of [^]*load +[\d.]+[^]*up +\d+/);
		await pty.waitFor('vision');
		await pty.press('[');
		await pty.waitFor(`kernel`);
		const kernel = ssh(server.configFile, 'lab', 'uname -srm').trim();
		await pty.waitFor(new RegExp(`login +lets you in[^]*kernel +${escape(kernel)}[^]*logged in +\\S`));
		await pty.waitFor('NVIDIA A100-SXM4-80GB · 87 % busy · 60 GB of 80 GB');
		await pty.press('esc');
		await pty.waitFor('2 Resources');
	});

	await step('its file is followed', async () => {
		await selectRow(pty, 'lab');
		await pty.press('l');
		await pty.waitFor(/epoch 1[^]*epoch 2/);
		appendFileSync(log, 'epoch 3 \u001B[2J\u202Edone\n');
		await pty.waitFor(/epoch 3 .*done/);
		await pty.press('q');
		await pty.waitFor('2 Resources');
	});

	await step('without a file it is the journal, and where there is none it is said what to do', async () => {
		const hasLog = ssh(server.configFile, 'plain', '(journalctl -q -n 1 || cat /var/log/syslog /var/log/messages) 2>&-; true') !== '';
		await selectRow(pty, 'plain');
		await pty.press('l');
		await pty.waitFor(hasLog ? 'following' : /no journal and no system log[^]*logFile/);
		await pty.press('q');
		await pty.waitFor('2 Resources');
	});

	await step('a command runs there', async () => {
		const words = ['connect', 'lab', '--', 'sh', '-c', 'echo "$SSH_CONNECTION|two  words"'];
		const {stdout} = await run(process.execPath, [bin, ...words], {env: environmentOf(home), timeout: 60_000});
		assert.match(stdout, new RegExp(` 127\\.0\\.0\\.1 ${server.port}\\|two {2}words`));
	});

	await step('a shell there gets the terminal with its size and every key, and gives it back', async () => {
		await selectRow(pty, 'lab');
		await pty.press('s');
		await pty.waitGone('2 Resources');
		await pty.waitFor(/[#$] ?$/);
		const keys = Array.from({length: 150}, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join('');
		await pty.type(`stty size; printf '%s' ${keys} | cksum; echo port $SSH_CONNECTION`);
		await pty.press('enter');
		const sum = execFileSync('cksum', {input: keys, encoding: 'utf8'}).trim();
		await pty.waitFor(new RegExp(`36 120\\s+${sum}\\s+port .* ${server.port}`));
		await pty.type('exit');
		await pty.press('enter');
		await pty.waitFor('2 Resources');
		await pty.press('d');
		await pty.waitFor('lab  machine on ssh');
		await pty.press('esc');
		await pty.waitFor('2 Resources');
	});

	await step('their own command switches it off, with everybody on it', async () => {
		await act(pty, 'x');
		await waitForRow(pty, 'lab', '○ stopped');
		assert.equal(isUp(server, 'lab'), false);
		assert.doesNotMatch(pty.text(), /stop failed/);
		await pty.waitUntil(() => rowOf(pty, 'plain').includes('? unknown'), 'the other machine to be away', patience);
		await pty.waitFor(/plain +ssh +running → unknown: /);
		assert.match(rowOf(pty, 'lab'), /0\.4200/, 'a rack is not cheaper when it is dark');
	});

	await step('and on again; the other one comes back by itself', async () => {
		await act(pty, 's');
		await waitForRow(pty, 'lab', '● running');
		assert.equal(isUp(server, 'lab'), true);
		await pty.waitUntil(() => rowOf(pty, 'plain').includes('● running'), 'the other machine to be back', patience);
	});

	await step('a machine with another host key is refused, with what to do', async () => {
		await server.kill();
		server.newHostKey();
		await server.start();
		assert.throws(() => ssh(server.configFile, 'plain', 'true'), /REMOTE HOST IDENTIFICATION HAS CHANGED/);
		await selectRow(pty, 'plain');
		await pty.press('d');
		await pty.waitFor(/its host key is not the one you know[^]*ssh-keygen -R/, patience);
		await pty.press('esc');
		await pty.waitFor('2 Resources');
		await pty.waitUntil(() => rowOf(pty, 'plain').includes('? unknown'), 'the row to be unknown', patience);
	});

	await step('once the person knows the key and connected, it is live again', async () => {
		server.trust();
		await selectRow(pty, 'plain');
		await pty.press('s');
		await pty.waitGone('2 Resources');
		await pty.waitFor(/[#$] ?$/);
		await pty.type('exit');
		await pty.press('enter');
		await pty.waitFor('2 Resources');
		await pty.waitUntil(() => rowOf(pty, 'plain').includes('● running'), 'the machine to be back', patience);
	});

	await step('a cws that is killed leaves no connection behind once the time to keep one is over', async () => {
		assert.ok(clientsOf(server).length > 0);
		pty.kill('SIGKILL');
		await pty.exited;
		for (let tries = 0; clientsOf(server).length > 0; tries++) {
			assert.ok(tries < 120, clientsOf(server).join('\n'));
			await delay(500);
		}
	});
});

/** Runs an entry of the actions of the machine `lab`. */
async function act(pty: Pty, key: string): Promise<void> {
	await selectRow(pty, 'lab');
	await pty.press('a');
	await pty.waitFor('Hibernate');
	await pty.press(key);
}

const escape = (text: string): string => text.replaceAll(/[.+*?^${}()|[\]\\]/g, String.raw`\$&`);
