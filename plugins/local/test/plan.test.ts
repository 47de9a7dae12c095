import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type ProviderPlan} from 'cws/sdk';
import {type LocalForTest, localForTest} from './local-for-test.ts';

const plan = async ({provider, call}: LocalForTest, fields: Readonly<Record<string, unknown>>, size?: string): Promise<ProviderPlan> =>
	provider.plan('local', {type: 'vm', name: 'web-1', fields, size, token: 'x'}, call);

const line = ({lines}: ProviderPlan, label: string) => lines.find(line => line.label === label)?.value;

test('the plan names the command, the endpoint and the limits, and creates nothing', async () => {
	await using local = localForTest();
	const result = await plan(local, {command: 'exec sleep 300', port: '38123', env: {MODE: 'test'}}, '256mb');
	assert.equal(line(result, 'command'), 'exec sleep 300');
	assert.equal(line(result, 'endpoint'), 'http://localhost:38123');
	assert.equal(line(result, 'environment'), 'MODE');
	assert.match(line(result, 'memory limit') ?? '', /^256 MB for each process \(prlimit\)$|^not limited/);
	assert.deepEqual(result.estimate?.hourly, {kind: 'free', reason: 'runs on this machine'});
	assert.deepEqual(await local.list(), []);
});

test('the plan warns when Node would not start under the memory limit', async () => {
	await using local = localForTest();
	assert.match((await plan(local, {command: 'node server.js', memoryMb: 256})).warnings?.[0] ?? '', /^Node 22 and newer may not start/);
	assert.deepEqual((await plan(local, {template: 'node-http', memoryMb: 256})).warnings, []);
});

test('a bad size says what a size is', async () => {
	await using local = localForTest();
	await assert.rejects(plan(local, {}, 'huge'), ({failure}: {failure: {code: string; fix: string}}) => {
		assert.equal(failure.code, 'CWS_INVALID_INPUT');
		assert.match(failure.fix, /256 MB/);
		return true;
	});
});

test('with a rate in the configuration an hour has a price, and nothing when stopped', async () => {
	await using local = localForTest({ratePerHour: 0.25, currency: 'EUR'});
	const {estimate} = await plan(local, {});
	assert.deepEqual(estimate?.hourly, {kind: 'known', nanos: 250_000_000, currency: 'EUR'});
	assert.equal(estimate?.stoppedHourly?.kind, 'free');
	assert.equal(estimate?.confidence, 'estimated');
});

test('the plan of a destroy names the directory and its size', async () => {
	await using local = localForTest();
	await local.deploy('web-1', {command: 'exec sleep 300'});
	const target = await local.target('web-1');
	const {meta} = await local.get('web-1');
	writeFileSync(join(String(meta?.directory), 'data'), Buffer.alloc(3 * 1024 * 1024));
	const {takes, lines} = await local.provider.planAction!('destroy', target, local.call);
	assert.match(takes?.[0] ?? '', /web-1-[0-9a-f]+ with \d+ files, 3 MB$/);
	assert.match(lines[0]?.value ?? '', /^one process ends \(TERM, then KILL after 5 s\)$/);
});

test('a template whose program is absent is offered as unavailable, and refused', async () => {
	await using local = localForTest();
	const env = {...local.context.env, PATH: '/nowhere'};
	const {templateChoices} = await import('../workstation/deploy/templates.ts');
	const python = templateChoices(env.PATH).find(({value}) => value === 'python-http');
	assert.equal(python?.unavailable, 'python3 is not installed');
	assert.equal(templateChoices(env.PATH).find(({value}) => value === 'shell')?.unavailable, undefined);
	await assert.rejects(
		plan(local, {template: 'python-http', env: {PATH: '/nowhere'}}),
		({failure}: {failure: {code: string}}) => failure.code === 'CWS_COMMAND_NOT_FOUND',
	);
});

test('a shell in a workstation starts in its directory with its environment', async () => {
	await using local = localForTest();
	await local.deploy('web-1', {command: 'exec sleep 300', env: {MODE: 'test'}});
	const target = await local.target('web-1');
	const connection = await local.provider.connect!(target, {command: ['printenv', 'MODE']}, local.call);
	assert.ok(connection.kind === 'exec');
	assert.deepEqual([connection.command, ...connection.args], ['printenv', 'MODE']);
	assert.equal(connection.env?.MODE, 'test');
	assert.equal(connection.env?.CWS_WORKSTATION_RUN, undefined);
	assert.equal(connection.cwd, (await local.get('web-1')).meta?.directory);
});

test('figures are measured over all processes of a workstation', async () => {
	await using local = localForTest();
	await local.deploy('busy', {command: 'sleep 300 & while :; do :; done'});
	const metrics = await local.provider.metrics!(await local.target('busy'), local.call);
	assert.ok(metrics.cpuPercent !== undefined && metrics.cpuPercent > 5, `${metrics.cpuPercent} %`);
	assert.ok(metrics.memoryBytes !== undefined && metrics.memoryBytes > 500_000);
});
