import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type ProviderResource} from 'cws/sdk';
import {checkHealth} from '../health.ts';
import {createProvider} from '../provider.ts';
import {createState} from '../state.ts';
import {call, defaultConfig, quiet} from './aws-for-test.ts';
import {collect} from './collect.ts';

/** The demo at a time of its own, without anything of this machine. */
function demoAt() {
	const clock = {now: Date.UTC(2026, 0, 15)};
	const state = createState({config: {...defaultConfig, demo: true}, world: {env: {}, now: () => clock.now}, log: quiet});
	const provider = createProvider(() => state);
	const rows = async (type: string): Promise<readonly ProviderResource[]> =>
		(await collect(provider.list({provider: 'aws', type}, call()))).flatMap(({resources}) => resources);
	return {clock, state, provider, rows};
}

suite('the recorded fleet', () => {
	test('has two accounts in two regions, in every state, with prices that say how sure they are', async () => {
		const demo = demoAt();
		const rows = [...(await demo.rows('vm')), ...(await demo.rows('volume')), ...(await demo.rows('database'))];
		const of = (value: (row: ProviderResource) => string | undefined) =>
			[...new Set(rows.map(row => value(row) ?? ''))].toSorted((a, b) => a.localeCompare(b));
		assert.deepEqual(
			of(({account, region}) => `${account}/${region}`),
			['demo-lab/eu-central-1', 'demo-lab/us-east-1', 'demo-prod/eu-central-1', 'demo-prod/us-east-1'],
		);
		assert.deepEqual(
			of(({status}) => status),
			['hibernated', 'pending', 'running', 'stopped'],
		);
		assert.deepEqual(
			of(({cost}) => cost?.confidence),
			['estimated', 'unknown'],
		);
		const named = (name: string) => rows.find(row => row.name === name);
		assert.equal(named('nightly-etl')?.cost?.components.find(({name}) => name === 'compute')?.source, 'live', 'a spot price');
		assert.equal(named('licence-server')?.cost?.hourly.kind, 'unknown', 'Windows');
		assert.equal(named('wiki-before-upgrade')?.statusReason, 'nothing uses it, and it costs all the same');
		assert.ok(rows.every(({id}) => /^(?:i-|vol-)[0-9a-f]{17}$|^[a-z0-9-]+$/.test(id)));
	});

	test('is the same each time, and dials nobody', async () => {
		const one = demoAt();
		const two = demoAt();
		assert.deepEqual(await one.rows('vm'), await two.rows('vm'));
		assert.equal((await checkHealth(one.state, call().signal)).status, 'pass');
	});

	test('changes as AWS does: an instance stops after a while, a new one comes up, a destroyed one takes its disk along', async () => {
		const {provider, rows, clock} = demoAt();
		const byName = async (name: string) => (await rows('vm')).find(row => row.name === name);
		const target = async (name: string) => ({...(await byName(name))!, provider: 'aws'});
		assert.equal((await provider.stop!(await target('queue'), call())).status, 'stopped');
		assert.equal((await byName('queue'))?.status, 'stopping');
		clock.now += 5000;
		assert.equal((await byName('queue'))?.status, 'stopped');
		const spec = {type: 'vm', name: 'mine', fields: {}, token: 'one'};
		const plan = await provider.plan('aws', spec, call());
		assert.match(plan.lines[0]?.value ?? '', /^acme-production \(111122223333\)/);
		await provider.deploy!('aws', spec, call());
		await provider.deploy!('aws', spec, call());
		clock.now += 5000;
		assert.deepEqual(
			(await rows('vm')).filter(({name}) => name === 'mine').map(({status}) => status),
			['running'],
		);
		const disks = (await rows('volume')).length;
		await provider.destroy!(await target('web-2'), call());
		clock.now += 5000;
		assert.equal(await byName('web-2'), undefined);
		assert.equal((await rows('volume')).length, disks - 1);
		await assert.rejects(async () => provider.connect!(await target('web-1'), {}, call()), /This is a demo/);
	});
});
