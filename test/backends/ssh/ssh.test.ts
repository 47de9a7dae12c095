import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {type LogLine} from '../../../source/core/plugin.ts';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {type PluginUnderTest, startPlugin} from '../../plugins/plugin-under-test.ts';
import {until} from '../lib/until.ts';
import {freePort, missing, ssh, startSshd} from './sshd.ts';

const rowsOf = async (plugin: PluginUnderTest) => (await plugin.list('ssh', 'machine')).flatMap(({resources}) => resources);
const rowOf = async (plugin: PluginUnderTest, name: string) => {
	const row = await plugin.value<ProviderResource | null>('provider.get', [target(name)]);
	assert.ok(row !== null);
	return row;
};
const target = (name: string) => ({provider: 'ssh', type: 'machine', id: name, name});

suite('ssh over real servers', {skip: missing, concurrency: false}, () => {
	test('a machine of ~/.ssh/config is a row with live figures that the machine itself confirms', async () => {
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		const [row] = await rowsOf(plugin);
		assert.equal(row?.status, 'running');
		const kilobytes = Number(/MemTotal:\s+(\d+)/.exec(ssh(server.configFile, 'lab', 'cat /proc/meminfo'))?.[1]);
		assert.equal(row?.metrics?.memoryTotalBytes, kilobytes * 1024);
		assert.equal(row?.meta?.kernel, ssh(server.configFile, 'lab', 'uname -srm').trim());
		// A share of the processor is known after some of its ticks.
		await until(
			async () => rowsOf(plugin),
			([again]) => typeof again?.metrics?.cpuPercent === 'number',
		);
	});

	test('no machine is dialled that the person did not name', async () => {
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile});
		const [row] = await rowsOf(plugin);
		assert.equal(row?.rawStatus, 'not asked');
		assert.match(row?.statusReason ?? '', /plugins\.ssh\.probe all/);
		assert.doesNotMatch(server.log(), /Accepted/);
		const health = await plugin.host.checkHealth('ssh');
		assert.ok(health.ok && health.value.status === 'pass', JSON.stringify(health));
	});

	test('what it connects to is the machine, with the command as it was given', async () => {
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		const words = ['printf', '%s|', 'two words', "it's", '$HOME'];
		const {command, args} = await plugin.value<{command: string; args: readonly string[]}>('provider.connect', [
			target('lab'),
			{command: words},
		]);
		const answer = execFileSync(command, ['-o', 'BatchMode=yes', ...args], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
		assert.equal(answer, "two words|it's|$HOME|");
	});

	test('an unknown host key is never accepted: the row says what to do', async () => {
		await using server = await startSshd(['lab']);
		rmSync(server.knownHosts);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		const [row] = await rowsOf(plugin);
		assert.equal(row?.rawStatus, 'host key');
		assert.match(row?.statusReason ?? '', /not known yet/);
		assert.equal(existsSync(server.knownHosts), false);
		const health = await plugin.host.checkHealth('ssh');
		assert.ok(health.ok && health.value.status === 'warn' && health.value.needsLogin === true, JSON.stringify(health));
	});

	test('a changed host key is told apart', async () => {
		await using server = await startSshd(['lab']);
		await server.kill();
		server.newHostKey();
		await server.start();
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		assert.match((await rowOf(plugin, 'lab')).statusReason ?? '', /not the one you know/);
	});

	test('a wrong key is a login that is missing, not a broken machine', async () => {
		await using server = await startSshd(['lab']);
		writeFileSync(path.join(server.directory, 'authorized_keys'), '');
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		const row = await rowOf(plugin, 'lab');
		assert.equal(row.rawStatus, 'needs login');
		assert.match(row.statusReason ?? '', /ssh lab/);
	});

	test('a server that takes the call and says nothing costs its own row a few seconds and the others nothing', async () => {
		await using server = await startSshd(['lab']);
		const silent = createServer();
		const port = await freePort();
		await new Promise<void>(resolve => {
			silent.listen(port, '127.0.0.1', resolve);
		});
		appendFileSync(server.configFile, `Host silent\n  HostName 127.0.0.1\n  Port ${port}\n`);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all', connectSeconds: 2});
		const rows = await rowsOf(plugin);
		assert.equal(rows.find(({name}) => name === 'lab')?.status, 'running');
		assert.equal(rows.find(({name}) => name === 'silent')?.rawStatus, 'unreachable');
		assert.deepEqual(
			rows.map(({name}) => name),
			['lab', 'silent'],
			'the quick one came first',
		);
		silent.close();
	});

	test('a server that dies under a session is away at the next look and back by itself when it is', async () => {
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {
			configFile: server.configFile,
			hosts: [{name: 'lab', startCommand: 'true'}],
			connectSeconds: 3,
		});
		assert.equal((await rowOf(plugin, 'lab')).status, 'running');
		await server.kill();
		let row = await rowOf(plugin, 'lab');
		for (let tries = 0; row.status === 'running' && tries < 20; tries++) {
			row = await rowOf(plugin, 'lab');
		}

		assert.equal(row.status, 'stopped');
		assert.equal(row.rawStatus, 'unreachable');
		await server.start();
		assert.equal((await rowOf(plugin, 'lab')).status, 'running');
	});

	test('it is started by the person’s command here and stopped by theirs there', async () => {
		const directory = mkdtempSync(path.join(tmpdir(), 'cws-power-'));
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {
			configFile: server.configFile,
			hosts: [
				{
					name: 'lab',
					startCommand: `echo started > ${directory}/power`,
					stopCommand: `echo stopped > ${directory}/power`,
					restartCommand: 'exit 7',
				},
			],
		});
		const power = () => readFileSync(`${directory}/power`, 'utf8').trim();
		assert.equal((await plugin.value<OperationResult>('provider.stop', [target('lab')])).status, 'stopped');
		assert.equal(power(), 'stopped');
		assert.equal((await plugin.value<OperationResult>('provider.start', [target('lab')])).status, 'started');
		assert.equal(power(), 'started');
		const failed = await plugin.call('provider.restart', [target('lab')]);
		assert.ok(!failed.ok && failed.error.message.includes('status 7'), JSON.stringify(failed));
		rmSync(directory, {recursive: true});
	});

	test('a log is followed live, and nothing is left there when nobody listens any more', async () => {
		const file = path.join(mkdtempSync(path.join(tmpdir(), 'cws-log-')), 'app.log');
		writeFileSync(file, 'one\ntwo\n');
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, hosts: [{name: 'lab', logFile: file}]});
		const cancel = new AbortController();
		const seen: string[] = [];
		for await (const chunk of plugin.host.stream<LogLine>({
			plugin: 'ssh',
			method: 'provider.logs',
			args: [target('lab'), {follow: true, tail: 1}],
			signal: cancel.signal,
		})) {
			if (!chunk.ok) {
				assert.equal(chunk.error.code, 'CWS_CANCELLED');
				break;
			}

			seen.push(...chunk.value.map(({text}) => text));
			if (seen.length === 1) {
				appendFileSync(file, 'three\n');
			} else {
				cancel.abort();
			}
		}

		assert.deepEqual(seen, ['two', 'three']);
		const readers = () => execFileSync('ps', ['-eo', 'args'], {encoding: 'utf8'}).includes(`-F ${file}`);
		for (let tries = 0; readers() && tries < 100; tries++) {
			await new Promise(resolve => {
				setTimeout(resolve, 100);
			});
		}

		assert.equal(readers(), false);
	});

	test('fifty machines come up within the MaxStartups of their one server, and stay connected', async () => {
		const names = Array.from({length: 50}, (_, index) => `lab-${index}`);
		await using server = await startSshd(names, {maxStartups: '10:30:60'});
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		const cold = await rowsOf(plugin);
		assert.deepEqual([...new Set(cold.map(({status}) => status))], ['running']);
		assert.equal(cold.length, 50);
		assert.equal(server.dropped(), 0);
		assert.equal(server.logins(), 50);
		await rowsOf(plugin);
		assert.equal(server.logins(), 50, 'a refresh makes no new connection');
	});

	test('an ssh that is killed from outside is opened again', async () => {
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		await rowsOf(plugin);
		const pids = execFileSync('ps', ['-eo', 'pid,args'], {encoding: 'utf8'})
			.split('\n')
			.filter(line => line.includes(server.configFile) && line.includes('exec sh'))
			.map(line => Number.parseInt(line, 10));
		assert.ok(pids.length > 0);
		for (const pid of pids) {
			process.kill(pid, 'SIGKILL');
		}

		let row = await rowOf(plugin, 'lab');
		if (row.status !== 'running') {
			row = await rowOf(plugin, 'lab');
		}

		assert.equal(row.status, 'running');
	});

	test('nothing of ours is left when the plugin stops, not even the shared connections', async () => {
		await using server = await startSshd(['lab']);
		const plugin = await startPlugin('ssh', {configFile: server.configFile, probe: 'all'});
		await rowsOf(plugin);
		await plugin[Symbol.asyncDispose]();
		const left = () => execFileSync('ps', ['-eo', 'args'], {encoding: 'utf8'}).includes(server.configFile);
		for (let tries = 0; left() && tries < 50; tries++) {
			await new Promise(resolve => {
				setTimeout(resolve, 100);
			});
		}

		assert.equal(left(), false);
	});
});
