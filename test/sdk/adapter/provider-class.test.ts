import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type FailureError} from '../../../source/core/failure/failure.ts';
import {type ListPage} from '../../../source/sdk/provider.ts';
import {registerProvider} from '../../../source/sdk/register-provider.ts';
import {adapted, call, contextForTest} from './context-for-test.ts';

/** The older program's sample, word for word where the language allows. */
class MyCustomProvider {
	readonly dryRun: boolean;
	readonly vms = new Map<string, Record<string, unknown>>([['7', {id: '7', name: 'old', status: 'active', region: 'us-west', zone: 'b'}]]);

	constructor(config: Readonly<Record<string, unknown>>, dryRun = false) {
		this.dryRun = dryRun;
		if (!dryRun && config['api_key'] === undefined) {
			throw new Error('API key not found. Run: cloudctl secrets my-plugin api_key');
		}
	}

	deploy(resourceType: string, options: Readonly<Record<string, unknown>>) {
		if (this.dryRun) {
			return this.preview('deploy', {resource_type: resourceType, ...options});
		}

		if (resourceType !== 'vm') {
			throw new Error(`MyCustomProvider does not support '${resourceType}'`);
		}

		const {name = 'cloudctl-vm', region = 'us-west'} = options;
		this.vms.set('8', {id: '8', name, status: 'provisioning', region});
		return {id: '8', type: 'vm', name, status: 'created', region};
	}

	list(resourceType: string): unknown[] {
		return resourceType === 'vm' ? ['garbage', ...this.vms.values(), {name: 'without id'}] : [];
	}

	destroy(id: string) {
		return this.dryRun
			? this.preview('destroy', {resource_id: id})
			: this.vms.delete(id)
				? {status: 'deleted', id}
				: {status: 'not_found', id};
	}

	estimate_cost(_type: string, meta: Readonly<Record<string, unknown>>) {
		return {monthly: 36, currency: 'USD', details: {hourly: 0.05, type: meta['type'] ?? 'small'}};
	}

	preview(action: string, details: object) {
		return {status: 'preview', action, provider: 'my-plugin', note: 'This is a dry-run. No changes were made.', ...details};
	}
}

const module = {default: registerProvider('my-plugin', MyCustomProvider)};
const target = {provider: 'my-plugin', type: 'vm', id: '7', name: 'old'};
const spec = {type: 'vm', name: 'web', region: 'eu', size: 'large', fields: {port: 80}, token: 't'};

async function started(config: Readonly<Record<string, unknown>> = {api_key: 'k'}) {
	const {plugin} = await adapted(module);
	await plugin.initialize?.(contextForTest('my-plugin', config).context);
	return plugin.provider!;
}

async function pagesOf(pages: AsyncIterable<ListPage>): Promise<readonly ListPage[]> {
	const all: ListPage[] = [];
	for await (const page of pages) {
		all.push(page);
	}

	return all;
}

test('a provider class in one file gets a manifest the host takes', async () => {
	const {manifest, problems} = await adapted(module);
	assert.deepEqual(problems, []);
	assert.deepEqual(manifest, {
		id: 'my-plugin',
		version: '0.0.0',
		title: 'My plugin',
		kind: 'provider',
		api: 1,
		contributes: {resourceTypes: [{type: 'vm', operations: ['deploy', 'list', 'get', 'destroy']}]},
	});
});

test('what the file exports as its manifest wins, and is where it asks for permissions', async () => {
	const permissions = {http: [{hosts: ['api.example.com'], reason: 'its API'}]};
	const {manifest, problems, plugin} = await adapted({...module, manifest: {version: '2.1.0', title: 'Mine', permissions}});
	assert.deepEqual(problems, []);
	assert.deepEqual([manifest.id, manifest.version, manifest.title, manifest.permissions], ['my-plugin', '2.1.0', 'Mine', permissions]);
	assert.equal((plugin.services!['adapter']!['manifest'] as () => unknown)(), manifest);
});

test('a class is found under all its names, and its types where it declares them', async () => {
	class Acme extends MyCustomProvider {
		static readonly resource_types = ['vm', 'database'];
	}

	const types = async (exports: Readonly<Record<string, unknown>>) => {
		const {manifest} = await adapted(exports);
		return [manifest.id, ...(manifest.contributes?.resourceTypes ?? []).map(({type}) => type)];
	};
	assert.deepEqual(await types({provider: Acme, name: 'acme_cloud'}), ['acme-cloud', 'vm', 'database']);
	assert.deepEqual(await types({default: Acme}), ['acme', 'vm', 'database']);
	assert.deepEqual(
		await types({
			register_provider(register: (name: string, type: unknown) => void) {
				register('acme', Acme);
			},
		}),
		['acme', 'vm', 'database'],
	);
});

test('a list skips and counts what is malformed, and keeps the word of the provider', async () => {
	const provider = await started();
	const [page] = await pagesOf(provider.list({provider: 'my-plugin', type: 'vm'}, call));
	assert.equal(page!.skipped, 2);
	assert.deepEqual(page!.resources, [
		{id: '7', type: 'vm', name: 'old', region: 'us-west', status: 'running', rawStatus: 'active', meta: {zone: 'b'}},
	]);
	assert.deepEqual(await pagesOf(provider.list({provider: 'my-plugin', type: 'database'}, call)), [{resources: []}]);
});

test('deploying, reading, destroying and destroying again go through the older methods', async () => {
	const provider = await started();
	assert.deepEqual(await provider.deploy!('my-plugin', spec, call), {status: 'created', id: '8', region: 'eu'});
	assert.equal((await provider.get({...target, id: '8'}, call))?.status, 'creating');
	assert.deepEqual(await provider.destroy!({...target, id: '8'}, call), {status: 'deleted', id: '8'});
	assert.deepEqual(await provider.destroy!({...target, id: '8'}, call), {status: 'not_found', id: '8'});
	assert.equal(await provider.get({...target, id: '8'}, call), null);
});

test('a dry run shows every option and needs no credentials', async () => {
	const provider = await started({});
	const plan = await provider.plan('my-plugin', spec, call);
	assert.deepEqual(
		plan.lines.map(({label, value}) => `${label}=${value}`),
		['resource type=vm', 'port=80', 'name=web', 'region=eu', 'type=large', 'size=large'],
	);
	assert.deepEqual((await provider.planAction!('destroy', target, call)).lines, [{label: 'resource id', value: '7'}]);
	assert.deepEqual((await provider.estimateCost!('my-plugin', spec, call)).hourly, {kind: 'known', nanos: 50_000_000, currency: 'USD'});
});

test('a missing credential is an error only for a real call, and names the fix of this program', async () => {
	const provider = await started({});
	await assert.rejects(
		async () => provider.deploy!('my-plugin', spec, call),
		({failure}: FailureError) => {
			assert.deepEqual(failure, {code: 'CWS_NEEDS_LOGIN', message: 'API key not found.', fix: 'cws secrets set my-plugin api_key'});
			return true;
		},
	);
});

test('deploying a type it does not know is an error that names provider and type', async () => {
	const provider = await started();
	await assert.rejects(
		async () => provider.deploy!('my-plugin', {...spec, type: 'moon'}, call),
		({failure}: FailureError) => failure.code === 'CWS_NOT_SUPPORTED' && failure.message === "MyCustomProvider does not support 'moon'",
	);
});
