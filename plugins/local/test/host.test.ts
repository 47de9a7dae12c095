import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type OperationResult, type ProviderPlan, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {hostForTest, type HostForTest} from '../../../test/helpers/host-for-test.ts';

async function call<Result>({host}: HostForTest, method: string, args: readonly unknown[]): Promise<Result> {
	const outcome = await host.call<Result>({plugin: 'local', method, args});
	assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.error));
	return outcome.value;
}

async function list({host}: HostForTest, type: string): Promise<readonly ProviderResource[]> {
	const resources: ProviderResource[] = [];
	for await (const page of host.stream<{readonly resources: readonly ProviderResource[]}>({
		plugin: 'local',
		method: 'provider.list',
		args: [{provider: 'local', type}],
	})) {
		assert.ok(page.ok, page.ok ? '' : JSON.stringify(page.error));
		resources.push(...page.value.flatMap(({resources}) => resources));
	}

	return resources;
}

test('in the real host the plugin deploys, lists, tells failures by code, and destroys', async () => {
	await using started = await hostForTest(['local']);
	const spec = {type: 'vm', name: 'web-1', fields: {command: 'exec sleep 300', cpus: 1}, token: 'one'};
	const plan = await call<ProviderPlan>(started, 'provider.plan', ['local', spec]);
	assert.equal(plan.lines[0]?.value, 'exec sleep 300');
	const created = await call<OperationResult>(started, 'provider.deploy', ['local', spec]);
	const target: ResourceTarget = {provider: 'local', type: 'vm', id: created.id!, name: 'web-1'};
	try {
		const [resource] = await list(started, 'vm');
		assert.equal(resource?.status, 'running');
		assert.equal(resource.meta?.nice, 0);
		const taken = await started.host.call({plugin: 'local', method: 'provider.deploy', args: ['local', {...spec, token: 'two'}]});
		assert.equal(taken.ok ? undefined : taken.error.code, 'CWS_NAME_TAKEN');
		await started.host.reload('local');
		assert.equal((await list(started, 'vm'))[0]?.status, 'running');
	} finally {
		assert.equal((await call<OperationResult>(started, 'provider.destroy', [target])).status, 'deleted');
	}

	assert.deepEqual(await list(started, 'vm'), []);
	const [machine] = await list(started, 'host');
	assert.equal(machine?.status, 'running');
	const refused = await started.host.call({
		plugin: 'local',
		method: 'provider.destroy',
		args: [{provider: 'local', type: 'host', id: machine.id, name: machine.name}],
	});
	assert.equal(refused.ok ? undefined : refused.error.code, 'CWS_NOT_SUPPORTED');
	const health = await started.host.checkHealth('local', {start: true});
	assert.ok(health.ok && ['pass', 'warn'].includes(health.value.status));
});
