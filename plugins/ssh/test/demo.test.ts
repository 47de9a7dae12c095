import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type ProviderResource} from 'cws/sdk';
import {type SshPluginConfig} from '../config.ts';
import {createDemoWorld, demoConfig} from '../demo/world.ts';
import {checkHealth} from '../health.ts';
import {machinePane} from '../machine-pane.ts';
import {createProvider} from '../provider.ts';
import {createState} from '../state.ts';

const config: SshPluginConfig = {
	probe: 'none',
	skip: ['gpu-1'],
	connectSeconds: 8,
	keepSeconds: 120,
	coldConnections: 6,
	currency: 'USD',
	hosts: [{name: 'mine'}],
	demo: true,
};

/** The demo at a time of its own, without anything of this machine. */
function demoAt() {
	const clock = {now: Date.UTC(2026, 0, 15)};
	const demo = createDemoWorld(() => clock.now);
	const state = createState(demoConfig(config), '/nonexistent', {
		run: demo.run,
		open: demo.open,
		demo,
		home: '/nonexistent',
		environment: {},
	});
	const provider = createProvider(() => state);
	const call = {signal: new AbortController().signal, progress() {}};
	const rows = async (): Promise<readonly ProviderResource[]> => {
		const found: ProviderResource[] = [];
		for await (const {resources} of provider.list({provider: 'ssh', type: 'machine'}, call)) {
			found.push(...resources);
		}

		return found.toSorted((one, other) => one.name.localeCompare(other.name));
	};
	const target = (name: string) => ({provider: 'ssh', type: 'machine', id: name, name});
	const get = async (name: string) => (await provider.get(target(name), call))!;
	return {clock, state, provider, call, rows, target, get};
}

suite('the recorded fleet', () => {
	test('has machines with load and graphics cards, and every trouble a machine may have', async () => {
		const demo = demoAt();
		const rows = await demo.rows();
		const row = (name: string) => rows.find(one => one.name === name)!;
		assert.deepEqual(
			rows.map(({name, rawStatus}) => `${name}: ${rawStatus}`),
			[
				'build-mac: reachable',
				'edge-7: unreachable',
				'gpu-1: reachable',
				'gpu-2: reachable',
				'login: reachable',
				'nas: unreachable',
				'old-pi: needs login',
				'reinstalled: host key',
				'storage-1: reachable',
			],
		);
		assert.equal(row('gpu-1').size, '8 gpu 128 cpu 2 TB');
		assert.equal(row('login').metrics?.load1, 38.2);
		assert.equal(row('nas').status, 'stopped', 'somebody said how to wake it');
		assert.equal(row('edge-7').status, 'unknown');
		assert.match(row('reinstalled').statusReason ?? '', /not the one you know.*ssh-keygen -R/);
		assert.equal(row('gpu-2').meta?.gateway, 'gate.lab.example.org');
		assert.equal(row('login').cost?.hourly.kind, 'unknown');
		demo.clock.now += 15_000;
		assert.equal((await demo.get('gpu-1')).metrics?.cpuPercent, 46, 'two looks make a share of the processor');
	});

	test('is the same each time, and dials nobody', async () => {
		const one = demoAt();
		assert.deepEqual(await one.rows(), await demoAt().rows());
		const health = await checkHealth(one.state, one.call.signal);
		assert.equal(health.status, 'warn');
		assert.match(health.output ?? '', /old-pi/);
		await assert.rejects(async () => one.provider.connect!(one.target('gpu-1'), {}, one.call), /This is a demo/);
	});

	test('changes as machines do: one stops at once, one that is woken comes up after a while', async () => {
		const {provider, target, call, clock, get} = demoAt();
		assert.equal((await get('gpu-1')).status, 'running');
		assert.equal((await provider.stop!(target('gpu-1'), call)).status, 'stopped');
		assert.equal((await get('gpu-1')).status, 'stopped');
		assert.equal((await provider.start!(target('nas'), call)).status, 'started');
		assert.equal((await get('nas')).status, 'stopped');
		clock.now += 5000;
		assert.equal((await get('nas')).status, 'running');
		assert.equal((await get('nas')).metrics?.uptimeMs, 0);
		assert.equal((await get('gpu-1')).status, 'stopped');
	});

	test('shows in a tab what a row has no room for', async () => {
		const {state, call, rows} = demoAt();
		await rows();
		const pane = async (name: string) => {
			const view = await machinePane(state, {...call, ref: `ssh/-/-/machine/${name}`});
			return view.kind === 'keyValue'
				? view.entries.map(({key, value}) => `${key}: ${typeof value === 'object' ? value.text : value}`)
				: [];
		};
		const gpu = await pane('gpu-2');
		assert.ok(gpu.includes('through: gate.lab.example.org'));
		assert.ok(gpu.includes('gpu 0: NVIDIA L40S · 12 % busy · 8.9 GB of 45 GB'), gpu.join('\n'));
		assert.ok(gpu.includes('logged in: emmy (1 session)'));
		assert.ok((await pane('storage-1')).includes('logged in: nobody'));
		const refused = await pane('old-pi');
		assert.ok(refused.includes('login: refused') && refused.some(line => line.startsWith('fix: ')), refused.join('\n'));
		assert.ok((await pane('reinstalled')).includes('login: not tried, the host key comes first'));
		await assert.rejects(async () => pane('nobody'), /no such machine/);
	});

	test('has a log that goes on until nobody listens', async () => {
		const {provider, target, call} = demoAt();
		const lines: string[] = [];
		for await (const chunk of provider.logs!(target('gpu-1'), {follow: false, tail: 2}, call)) {
			lines.push(...chunk.map(({text}) => text));
		}

		assert.deepEqual(lines, ['epoch 119: loss 0.4127, 8.1 samples/s', 'epoch 120: loss 0.4119, 8.2 samples/s']);
		const cancel = new AbortController();
		for await (const chunk of provider.logs!(target('login'), {follow: true, tail: 1}, {...call, signal: cancel.signal})) {
			assert.equal(chunk.length, 1);
			cancel.abort();
		}

		await assert.rejects(async () => {
			for await (const chunk of provider.logs!(target('edge-7'), {follow: true, tail: 1}, call)) {
				assert.fail(JSON.stringify(chunk));
			}
		}, /cannot be read/);
	});
});
