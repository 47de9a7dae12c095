import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import path from 'node:path';
import {suite, test} from 'node:test';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {type ListPage} from '../../../source/sdk/provider.ts';
import {type PluginUnderTest, startPlugin} from '../../plugins/plugin-under-test.ts';
import {until} from '../lib/until.ts';
import {missing, startSshd, type Sshd} from './sshd.ts';

const target = (name: string) => ({provider: 'ssh', type: 'machine', id: name, name});

const rowOf = async (plugin: PluginUnderTest, name: string): Promise<ProviderResource> => {
	const row = await plugin.value<ProviderResource | null>('provider.get', [target(name)]);
	assert.ok(row !== null);
	return row;
};

const clientsOf = ({configFile}: Sshd): readonly string[] =>
	execFileSync('ps', ['-eo', 'args'], {encoding: 'utf8'})
		.split('\n')
		.filter(line => line.startsWith('ssh') && line.includes(configFile));

suite('machines that are hard to talk to', {skip: missing, concurrency: false}, () => {
	test('one behind a jump host is reached through it, which counts as what is dialled', async () => {
		await using server = await startSshd(['gate']);
		const [, ...gate] = readFileSync(server.configFile, 'utf8').split('\n');
		appendFileSync(server.configFile, ['Host inner', ...gate, '  ProxyJump gate', ''].join('\n'));
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, hosts: [{name: 'inner'}]});
		const row = await rowOf(plugin, 'inner');
		assert.equal(row.status, 'running');
		assert.equal(row.meta?.['gateway'], 'gate');
		assert.equal(server.logins(), 2);
	});

	test('one whose programs print nonsense without an end is told apart, and harms neither the screen nor the others', async () => {
		const programs = {who: String.raw`printf '\033[2J\033]0;owned\007evil pts/0\n'`, 'nvidia-smi': 'yes "A100, 1, 2, 3"'};
		await using loud = await startSshd(['loud'], {programs});
		await using quiet = await startSshd(['quiet'], {
			programs: {who: programs.who, 'nvidia-smi': String.raw`printf 'A\033[31m100, lots, -1, 0x5\n'`},
		});
		writeFileSync(quiet.configFile, `Include ${loud.configFile}\n${readFileSync(quiet.configFile, 'utf8')}`);
		await using plugin = await startPlugin('ssh', {configFile: quiet.configFile, probe: 'all', connectSeconds: 3});
		const rows = (await plugin.list('ssh', 'machine')).flatMap(({resources}) => resources);
		const row = (name: string) => rows.find(one => one.name === name);
		assert.equal(row('loud')?.rawStatus, 'failed');
		assert.match(row('loud')?.statusReason ?? '', /does not end/);
		assert.equal(row('quiet')?.status, 'running');
		assert.doesNotMatch(JSON.stringify(rows), /\\u001b|\\u0007/i);
		assert.deepEqual(row('quiet')?.meta?.['gpus'], [{name: 'A␛[31m100'}]);
	});

	test('one that freezes in the middle of a session is away after a while, and back by itself when it thaws', async () => {
		await using server = await startSshd(['lab']);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, hosts: [{name: 'lab'}], connectSeconds: 2});
		await until(
			async () => rowOf(plugin, 'lab'),
			({status}) => status === 'running',
		);
		server.signal('SIGSTOP');
		try {
			const row = await rowOf(plugin, 'lab');
			assert.equal(row.rawStatus, 'unreachable');
			assert.equal(row.status, 'unknown');
		} finally {
			server.signal('SIGCONT');
		}

		await until(
			async () => rowOf(plugin, 'lab'),
			({status}) => status === 'running',
		);
	});

	test('a list that is given up ends at once and leaves nobody waiting at the door', async () => {
		await using server = await startSshd(['lab']);
		const callers: Socket[] = [];
		const silent = createServer(socket => callers.push(socket));
		await new Promise<void>(resolve => {
			silent.listen(0, '127.0.0.1', resolve);
		});
		const {port} = silent.address() as {port: number};
		appendFileSync(server.configFile, `Host silent\n  HostName 127.0.0.1\n  Port ${port}\n`);
		await using plugin = await startPlugin('ssh', {configFile: server.configFile, hosts: [{name: 'silent'}], connectSeconds: 60});
		const cancel = new AbortController();
		const listing = (async () => {
			for await (const chunk of plugin.host.stream<ListPage>({
				plugin: 'ssh',
				method: 'provider.list',
				args: [{provider: 'ssh', type: 'machine'}],
				signal: cancel.signal,
			})) {
				if (!chunk.ok) {
					return chunk.error.code;
				}
			}

			return 'it came to its end';
		})();
		await until(
			async () => callers.length,
			count => count === 1,
		);
		cancel.abort();
		assert.equal(await listing, 'CWS_CANCELLED');
		await until(
			async () => clientsOf(server),
			left => left.length === 0,
		);
		silent.close();
	});

	test('a command that does not come back can be given up', async () => {
		await using server = await startSshd(['lab']);
		const mark = path.join(server.directory, 'begun');
		writeFileSync(mark, '');
		await using plugin = await startPlugin('ssh', {
			configFile: server.configFile,
			hosts: [{name: 'lab', stopCommand: `echo yes > ${mark}; exec sleep 1000`, startCommand: `echo no > ${mark}; exec sleep 1000`}],
		});
		for (const [method, word] of [
			['provider.stop', 'yes'],
			['provider.start', 'no'],
		] as const) {
			const cancel = new AbortController();
			const running = plugin.call(method, [target('lab')], {signal: cancel.signal});
			await until(
				async () => readFileSync(mark, 'utf8').trim(),
				text => text === word,
			);
			cancel.abort();
			const outcome = await running;
			assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED', JSON.stringify(outcome));
		}
	});
});
