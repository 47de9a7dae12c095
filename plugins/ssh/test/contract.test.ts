import assert from 'node:assert/strict';
import {createSocket} from 'node:dgram';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type ProviderPlan} from '../../../source/core/plan.ts';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {startPlugin} from '../../../test/plugins/plugin-under-test.ts';

const hasSsh = ['/usr/bin/ssh', '/usr/local/bin/ssh', '/opt/homebrew/bin/ssh'].some(file => existsSync(file));

async function underTest(text: string, options: Readonly<Record<string, unknown>> = {}) {
	const directory = mkdtempSync(path.join(tmpdir(), 'cws-ssh-'));
	const configFile = path.join(directory, 'config');
	writeFileSync(configFile, text);
	const plugin = await startPlugin('ssh', {configFile, ...options});
	return {
		plugin,
		async [Symbol.asyncDispose]() {
			await plugin[Symbol.asyncDispose]();
			rmSync(directory, {recursive: true, force: true});
		},
	};
}

suite('the plugin ssh behind the real host', {skip: hasSsh ? false : 'there is no ssh here'}, () => {
	test('is quiet and well on a machine without machines', async () => {
		await using under = await underTest('');
		const health = await under.plugin.host.checkHealth('ssh');
		assert.ok(health.ok && health.value.status === 'pass', JSON.stringify(health));
		assert.deepEqual(await under.plugin.list('ssh', 'machine'), [{resources: []}]);
	});

	test('lists well-formed rows once each, and nothing of a type it does not have', async () => {
		await using under = await underTest('Host a b\n  HostName 127.0.0.1\n  Port 1\nHost b\n', {
			hosts: [{name: 'b', ratePerHour: 0.5, tags: {team: 'x'}}],
			connectSeconds: 1,
		});
		const rows = (await under.plugin.list('ssh', 'machine')).flatMap(({resources}) => resources);
		assert.deepEqual(rows.map(({name}) => name).toSorted(), ['a', 'b']);
		assert.equal(rows.find(({name}) => name === 'b')?.rawStatus, 'unreachable');
		assert.ok(rows.every(({protected: reason}) => reason !== undefined));
		assert.deepEqual(await under.plugin.list('ssh', 'spaceship'), []);
	});

	test('refuses to create, naming itself and the type', async () => {
		await using under = await underTest('');
		const planned = await under.plugin.call<ProviderPlan>('provider.plan', ['ssh', {type: 'spaceship', name: 'x', fields: {}, token: 't'}]);
		assert.ok(!planned.ok && planned.error.code === 'CWS_NOT_SUPPORTED');
		assert.match(planned.error.message, /ssh.*spaceship/);
	});

	test('finds nothing under a name that cannot be, and runs none of it', async () => {
		await using under = await underTest('Host a\n  HostName 127.0.0.1\n  Port 1\n');
		for (const id of ['nothing', '-oProxyCommand=touch /tmp/x', '$(touch x)', '../a', '', '__proto__', 'a\0b', 'x'.repeat(5000)]) {
			const target = {provider: 'ssh', type: 'machine', id, name: id};
			assert.equal(await under.plugin.value<ProviderResource | null>('provider.get', [target]), null, id);
			for (const method of ['start', 'stop', 'restart', 'connect']) {
				const outcome = await under.plugin.call(`provider.${method}`, [target, {}]);
				assert.ok(!outcome.ok && outcome.error.code === 'CWS_NOT_FOUND', JSON.stringify([method, id, outcome]));
			}
		}
	});

	test('plans in words what start, stop and restart will do, and wakes a machine by its network card', async () => {
		const listener = createSocket('udp4');
		const packets: Buffer[] = [];
		const heard = new Promise<void>(resolve => {
			listener.on('message', packet => {
				packets.push(packet);
				if (packets.length === 3) {
					resolve();
				}
			});
		});
		await new Promise<void>(resolve => {
			listener.bind(0, '127.0.0.1', resolve);
		});
		const mac = '00:00:5e:00:53:2a';
		await using under = await underTest('Host a\n', {
			hosts: [
				{
					name: 'a',
					mac,
					broadcast: '127.0.0.1',
					wakePort: listener.address().port,
					stopCommand: 'sudo poweroff',
					restartCommand: 'sudo reboot',
				},
			],
		});
		const target = {provider: 'ssh', type: 'machine', id: 'a', name: 'a'};
		const lines = [];
		for (const action of ['start', 'stop', 'restart']) {
			lines.push(...(await under.plugin.value<ProviderPlan>('provider.planAction', [action, target])).lines);
		}

		assert.deepEqual(lines, [
			{label: 'wakes', value: `${mac} through 127.0.0.1`},
			{label: 'runs there', value: 'sudo poweroff'},
			{label: 'runs there', value: 'sudo reboot'},
		]);
		assert.equal(packets.length, 0, 'a plan sends nothing');
		const {status, message} = await under.plugin.value<OperationResult>('provider.start', [target]);
		assert.equal(status, 'started');
		assert.match(message ?? '', /nobody confirms/);
		await heard;
		assert.ok(packets.every(packet => packet.toString('hex') === `ffffffffffff${'00005e00532a'.repeat(16)}`));
		listener.close();
	});

	test('says what to set before it can start or stop a machine', async () => {
		await using under = await underTest('Host a\n');
		const target = {provider: 'ssh', type: 'machine', id: 'a', name: 'a'};
		for (const [method, field] of [
			['start', 'startCommand'],
			['stop', 'stopCommand'],
			['restart', 'restartCommand'],
		] as const) {
			const outcome = await under.plugin.call(`provider.${method}`, [target]);
			assert.ok(!outcome.ok && outcome.error.fix?.includes(field) === true, JSON.stringify(outcome));
		}
	});
});
