import assert from 'node:assert/strict';
import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type TestContext} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {type Outcome} from '../../../source/core/failure/outcome.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {createKeychain} from '../../../source/platform/secrets/keychain.ts';
import {tempDir} from '../temp-dir.ts';

const workerUrl = new URL('../../../source/platform/secrets/keychain-worker.ts', import.meta.url);
const token = {plugin: 'bundled/hetzner', name: 'token'};
const isInstalled = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const skip =
	isInstalled('dbus-daemon') && isInstalled('gnome-keyring-daemon') ? false : 'dbus-daemon or gnome-keyring-daemon is not installed';

const valueOf = <Value>(outcome: Outcome<Value>): Value => {
	assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.error.message} ${outcome.error.cause}`);
	return outcome.value;
};

// In a file of its own: the bus is looked up once in a process.
test('a Secret Service keeps, gives, lists and forgets secrets, also long ones of several lines', {skip}, async t => {
	await startSecretService(t);
	const create = (service: string) => {
		const keychain = createKeychain({workerUrl, service: () => service, clock: systemClock});
		t.after(() => {
			keychain.close();
		});
		return keychain;
	};

	const keychain = create('cws test');
	const long = `${'line of a key\n'.repeat(4000)}ü`;
	assert.equal(valueOf(await keychain.probe()), true);
	assert.equal(valueOf(await keychain.get(token)), undefined);
	valueOf(await keychain.set(token, 'hcl-s3cr3t'));
	valueOf(await keychain.set({...token, name: 'key'}, long));
	const again = create('cws test');
	assert.equal(valueOf(await again.get(token)), 'hcl-s3cr3t');
	assert.equal(valueOf(await again.get({...token, name: 'key'})), long);
	assert.deepEqual(
		valueOf(await again.list()).toSorted((a, b) => a.name.localeCompare(b.name)),
		[{...token, name: 'key'}, token],
	);
	assert.equal(valueOf(await create('cws of another home').get(token)), undefined);
	assert.equal(valueOf(await again.delete(token)), true);
	assert.equal(valueOf(await again.delete(token)), false);
	assert.equal(valueOf(await keychain.get(token)), undefined);
});

/** A session bus and an unlocked keyring of its own; both go with the test. */
async function startSecretService(t: TestContext): Promise<void> {
	const directory = tempDir(t);
	const bus = `unix:path=${join(directory, 'bus')}`;
	const config = join(directory, 'bus.conf');
	mkdirSync(join(directory, 'keyrings'));
	writeFileSync(join(directory, 'keyrings/default'), 'login');
	writeFileSync(
		config,
		`<busconfig><type>session</type><listen>${bus}</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
	);
	const env = {...process.env, HOME: directory, XDG_DATA_HOME: directory, XDG_RUNTIME_DIR: directory, DBUS_SESSION_BUS_ADDRESS: bus};
	const children: ChildProcess[] = [];
	t.after(async () => {
		for (const child of children.toReversed()) {
			if (child.exitCode === null && child.signalCode === null) {
				const ended = once(child, 'exit');
				child.kill('SIGKILL');
				await ended;
			}
		}
	});
	children.push(spawn('dbus-daemon', ['--config-file', config, '--nofork', '--nopidfile'], {env, stdio: 'ignore'}));
	const answers = (...args: readonly string[]) =>
		spawnSync('dbus-send', ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', ...args], {env, timeout: 5000}).status === 0;
	await until(() => answers('org.freedesktop.DBus.ListNames'));
	const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
		env,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	keyring.stdin.end('password');
	children.push(keyring);
	await until(() => answers('org.freedesktop.DBus.GetNameOwner', 'string:org.freedesktop.secrets'));
	process.env['DBUS_SESSION_BUS_ADDRESS'] = bus;
}

async function until(isTrue: () => boolean): Promise<void> {
	for (let attempt = 0; !isTrue(); attempt++) {
		assert.ok(attempt < 100, 'the service does not start');
		await sleep(50);
	}
}
