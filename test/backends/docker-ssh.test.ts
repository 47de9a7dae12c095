import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, suite, test} from 'node:test';
import {type LogLine} from '../../source/core/plugin.ts';
import {type OperationResult} from '../../source/core/operation.ts';
import {type PluginUnderTest, startPlugin} from '../plugins/plugin-under-test.ts';
import {followChanges} from './lib/follow-changes.ts';
import {openSession} from './lib/open-session.ts';
import {startBackend} from './lib/start-backend.ts';
import {until} from './lib/until.ts';
import {withEnvironment} from './lib/with-environment.ts';
import {missing, type Sshd, startSshd} from './ssh/sshd.ts';

const backend = missing === false ? await startBackend('docker') : {skip: missing};

after(async () => 'skip' in backend || backend[Symbol.asyncDispose]());

suite('docker behind a real ssh', {skip: 'skip' in backend && backend.skip, concurrency: false}, () => {
	if ('skip' in backend) {
		return;
	}

	const url = backend.env['DOCKER_HOST']!;
	const image = backend.env['CWS_DOCKER_IMAGE']!;
	const cli = async (...args: readonly string[]) => backend.run('docker', ...args);

	/** A machine whose logins find this Docker by themselves, and a person here whose ssh knows the machine as `far`. */
	const startMachine = async (name: string): Promise<{readonly server: Sshd; readonly bin: string} & AsyncDisposable> => {
		const server = await startSshd(['far']);
		const keys = path.join(server.directory, 'authorized_keys');
		writeFileSync(keys, `command="DOCKER_HOST=${url} exec sh -c \\"$SSH_ORIGINAL_COMMAND\\"" ${readFileSync(keys, 'utf8')}`);
		const bin = path.join(backend.directory, name);
		mkdirSync(bin, {recursive: true});
		// The system's ssh with that person's configuration; OpenSSH looks for it in the home of the user, whatever HOME says.
		writeFileSync(path.join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${server.configFile} "$@"\n`, {mode: 0o755});
		return {server, bin, [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose]()};
	};

	const start = async (bin: string, address = 'ssh://far'): Promise<PluginUnderTest> =>
		withEnvironment({PATH: `${bin}:${process.env['PATH']}`}, async () =>
			startPlugin('docker', {discover: false, hosts: {far: {url: address}}, stopGraceSeconds: 0}),
		);
	const deploy = async (running: PluginUnderTest, name: string, command: string) => {
		const spec = {type: 'container', name, fields: {image, command, network: 'none'}, token: name};
		const {id} = await running.value<OperationResult>('provider.deploy', ['docker', spec]);
		return {provider: 'docker', type: 'container', id: id!, name, account: 'far'};
	};

	test('a container lives there from deploy to destroy, with its log and a shell, and no connection stays', async () => {
		await using machine = await startMachine('journey');
		{
			await using running = await start(machine.bin);
			const health = await running.host.checkHealth('docker');
			assert.ok(health.ok && health.value.status === 'pass', JSON.stringify(health));
			const target = await deploy(running, 'far-1', `sh -c 'echo it talks; sleep 100'`);
			assert.equal(await cli('inspect', '--format', '{{.State.Status}}', target.id), 'running');
			const [row] = (await running.list('docker', 'container')).flatMap(({resources}) => resources);
			assert.deepEqual([row?.name, row?.status, row?.cost?.hourly.kind], ['far-1', 'running', 'unknown']);

			const lines = await until(
				async () => {
					const lines: LogLine[] = [];
					const logs = {plugin: 'docker', method: 'provider.logs', args: [target, {follow: false, tail: 10}]};
					for await (const chunk of running.host.stream<LogLine>(logs)) {
						assert.ok(chunk.ok, JSON.stringify(chunk));
						lines.push(...chunk.value);
					}

					return lines;
				},
				lines => lines.length > 0,
			);
			assert.equal(lines[0]?.text, 'it talks');

			await using terminal = openSession(running, target, {columns: 91, rows: 17});
			await terminal.until(/# /);
			terminal.send({data: 'stty size\n'});
			await terminal.until(/17 91/);
			terminal.send({data: 'exit 7\n'});
			assert.equal(await terminal.exitCode(), 7);

			await running.value('provider.destroy', [target]);
			await assert.rejects(cli('inspect', target.id));
		}

		await until(
			async () => sessionsOf(machine.server),
			count => count === 0,
		);
	});

	test('what happens there is told at once, over few logins, and goes on by itself after the line was cut', async () => {
		await using machine = await startMachine('events');
		await using running = await start(machine.bin);
		await using changes = followChanges(running);
		await cli('run', '-d', '--name', 'elsewhere-1', '--network', 'none', image, 'sleep', '100');
		await changes.until(known => known.get('container elsewhere-1')?.status === 'running');
		for (let round = 0; round < 5; round++) {
			await Promise.all(['container', 'volume', 'image'].map(async type => running.list('docker', type)));
		}

		assert.ok(machine.server.logins() <= 5, `${machine.server.logins()} logins`);
		await machine.server.kill();
		await until(
			async () => changes.log.filter(({change}) => change === 'look').length,
			looks => looks > 0,
		);
		const cut = await running.call('provider.get', [{provider: 'docker', type: 'container', id: 'ab'.repeat(32), name: 'x'}]);
		assert.ok(!cut.ok && cut.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(cut));
		assert.match(`${cut.error.cause} ${cut.error.fix}`, /Connection refused.*`ssh far docker version`/i);
		await cli('rm', '-f', 'elsewhere-1');
		await machine.server.start();
		await changes.until(known => !known.has('container elsewhere-1'));
	});

	test('a context of the Docker command is an engine under its name, and a path in an address is the socket there', async () => {
		await using machine = await startMachine('context');
		const config = path.join(machine.bin, 'config');
		await backend.run('env', `DOCKER_CONFIG=${config}`, 'docker', 'context', 'create', 'over-there', '--docker', 'host=ssh://far');
		const environment = {PATH: `${machine.bin}:${process.env['PATH']}`, DOCKER_CONFIG: config};
		const hosts = {'with-path': {url: `ssh://far${url.replace('unix://', '')}`}};
		await using running = await withEnvironment(environment, async () =>
			startPlugin('docker', {discover: true, contexts: ['over-there', 'with-path'], hosts}),
		);
		const accounts = (await running.list('docker', 'image')).flatMap(({resources}) => resources.map(({account}) => account));
		assert.deepEqual(new Set(accounts), new Set(['over-there', 'with-path']));
	});

	test('a key that is refused, and a machine that is not known, are logins that are missing', async () => {
		await using machine = await startMachine('refused');
		const refused = async () => {
			await using running = await start(machine.bin);
			const health = await running.host.checkHealth('docker');
			assert.ok(health.ok && health.value.status === 'fail' && health.value.needsLogin === true, JSON.stringify(health));
			assert.match(health.value.fix ?? '', /`ssh far`/);
			return health.value.output ?? '';
		};

		const {knownHosts, directory} = machine.server;
		const known = readFileSync(knownHosts);
		rmSync(knownHosts);
		assert.match(await refused(), /Host key verification failed/);
		writeFileSync(knownHosts, known);
		writeFileSync(path.join(directory, 'authorized_keys'), '');
		assert.match(await refused(), /Permission denied/);
	});

	test('a machine without a Docker command, or without a daemon, says so', async () => {
		await using machine = await startMachine('without');
		const keys = path.join(machine.server.directory, 'authorized_keys');
		const line = readFileSync(keys, 'utf8');
		const told = async (command: string) => {
			writeFileSync(keys, line.replace(/command="[^ ]* /, `command="${command} `));
			await using running = await start(machine.bin);
			const listed = await running.call('provider.get', [{provider: 'docker', type: 'container', id: 'ab'.repeat(32), name: 'x'}]);
			assert.ok(!listed.ok && listed.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(listed));
			return `${listed.error.cause} ${listed.error.fix}`;
		};

		const empty = path.join(machine.bin, 'empty');
		mkdirSync(empty);
		chmodSync(empty, 0o755);
		writeFileSync(path.join(empty, 'sh'), '#!/bin/sh\nPATH=/nowhere exec /bin/sh "$@"\n', {mode: 0o755});
		assert.match(await told(`PATH=${empty}`), /no `docker` command.*install Docker there/);
		assert.match(await told('DOCKER_HOST=unix:///nowhere/docker.sock'), /nowhere\/docker\.sock.*ssh far docker version/);
	});
});

/** Logins that are open now. */
const sessionsOf = (server: Sshd): number => {
	const pid = server.pid();
	return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(/\s+/).filter(Boolean).length;
};
