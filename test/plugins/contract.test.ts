import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {after, before, suite, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type Manifest} from '../../source/core/manifest.ts';
import {type LogLine} from '../../source/core/plugin.ts';
import {type OperationResult} from '../../source/core/operation.ts';
import {type ProviderPlan} from '../../source/core/plan.ts';
import {resourceStatuses, type ProviderResource} from '../../source/core/resource.ts';
import {type ResourceTarget} from '../../source/sdk/provider.ts';
import {type PluginUnderTest, startPlugin} from './plugin-under-test.ts';
import {processesUnder} from './processes-under.ts';
import {type Sample, samples} from './samples.ts';

const folder = fileURLToPath(new URL('../../plugins/', import.meta.url));
const plugins = readdirSync(folder).filter(name => existsSync(`${folder}${name}/plugin.json`));
const canDeploy = (plugin: string) =>
	(JSON.parse(readFileSync(`${folder}${plugin}/plugin.json`, 'utf8')) as Manifest).contributes?.resourceTypes?.some(({operations}) =>
		operations.includes('deploy'),
	) === true;

test('every plugin that can deploy has a sample here', () => {
	assert.deepEqual(
		plugins.filter(plugin => canDeploy(plugin) && samples[plugin] === undefined),
		[],
	);
});

for (const plugin of plugins) {
	const sample = samples[plugin];
	if (sample !== undefined) {
		suite(plugin, () => {
			contractOf(plugin, sample);
		});
	}
}

function contractOf(plugin: string, {options, provider, world, spec, secret, malformed, slow}: Sample) {
	let running: PluginUnderTest;
	let outside: AsyncDisposable | undefined;
	before(async () => {
		outside = await world?.();
		running = await startPlugin(plugin, options);
	});
	after(async () => {
		await running[Symbol.asyncDispose]();
		await outside?.[Symbol.asyncDispose]();
	});

	const types = () => (running.record().manifest.contributes?.resourceTypes ?? []).map(one => ({...one, provider: one.provider ?? plugin}));
	const deploy = async (token: string, more: object = {}) =>
		running.call<OperationResult>('provider.deploy', [provider, {...spec, ...more, token}]);
	const get = async (target: ResourceTarget) => running.value<ProviderResource | null>('provider.get', [target]);
	const act = async (name: string, target: ResourceTarget) => running.value<OperationResult>(`provider.${name}`, [target]);
	const rows = async (type: string, of = provider) => (await running.list(of, type)).flatMap(({resources}) => resources);

	test('its manifest is valid and names what it can do', () => {
		assert.equal(running.record().state, 'active', JSON.stringify(running.record().error));
		assert.ok(types().length > 0);
		for (const {type, operations} of types()) {
			assert.ok(operations.includes('list') && operations.includes('get'), `${type} cannot be listed and read`);
		}
	});

	test('its health is honest: it passes only when every check does, and says why otherwise', async () => {
		const health = await running.host.checkHealth(plugin);
		assert.ok(health.ok, JSON.stringify(health));
		const {status, checks = [], output} = health.value;
		assert.notEqual(status, 'unknown');
		assert.ok(status === 'pass' ? checks.every(check => check.status === 'pass' || check.status === 'unknown') : output !== undefined);
	});

	test('its lists are well-formed, of the type asked for, and have every id once', async () => {
		for (const {type, provider} of types()) {
			const resources = await rows(type, provider);
			for (const resource of resources) {
				assertWellFormed(resource, type);
			}

			const keys = resources.map(({account, region, id}) => JSON.stringify([account, region, id]));
			assert.equal(new Set(keys).size, keys.length);
		}
	});

	test('a list of a type it does not have is empty', async () => {
		assert.deepEqual(await rows('spaceship'), []);
	});

	test('a deploy or a plan of a type it does not have fails and names the provider and the type', async () => {
		for (const method of ['provider.deploy', 'provider.plan']) {
			const outcome = await running.call(method, [provider, {...spec, type: 'spaceship', token: 'spaceship'}]);
			assert.ok(!outcome.ok);
			assert.match(outcome.error.code, /^CWS_(NOT_SUPPORTED|NO_PROVIDER)$/);
			assert.ok(outcome.error.message.includes(provider) && outcome.error.message.includes('spaceship'), outcome.error.message);
		}
	});

	test('a plan is the same twice and changes nothing', async () => {
		const before = await rows(spec.type);
		const plan = async () => running.value<ProviderPlan>('provider.plan', [provider, {...spec, token: 'plan'}]);
		const first = await plan();
		assert.ok(first.lines.length > 0);
		assert.notEqual(first.estimate, undefined);
		assert.deepEqual(await plan(), first);
		assert.deepEqual(namesOf(await rows(spec.type)), namesOf(before));
	});

	test('what it deploys can be read, stopped, started and destroyed, and each answer is what then is', async () => {
		const deployed = await deploy('life');
		assert.ok(deployed.ok, JSON.stringify(deployed));
		assert.equal(deployed.value.status, 'created');
		const target = await running.targetOf(provider, spec.type, deployed.value.id!);
		assert.equal(target.name, spec.name);
		assert.equal((await get(target))?.status, 'running');
		assertWellFormed((await get(target))!, spec.type);
		assert.ok(namesOf(await rows(spec.type)).includes(spec.name));

		const again = await deploy('life');
		assert.ok(again.ok && again.value.id === deployed.value.id, 'the same token gives the same resource');
		const taken = await deploy('another token');
		assert.ok(!taken.ok && taken.error.code === 'CWS_NAME_TAKEN', 'another token finds the name taken');

		assert.equal((await act('stop', target)).status, 'stopped');
		assert.equal((await get(target))?.status, 'stopped');
		assert.equal((await act('start', target)).status, 'started');
		assert.equal((await get(target))?.status, 'running');
		assert.equal((await act('hibernate', target)).status, 'stopped');
		assert.equal((await get(target))?.status, 'hibernated');
		assert.equal((await act('resume', target)).status, 'started');
		assert.equal((await get(target))?.status, 'running');

		assert.equal((await act('destroy', target)).status, 'deleted');
		assert.equal(await get(target), null);
		assert.ok(!namesOf(await rows(spec.type)).includes(spec.name));
		assert.equal((await act('destroy', target)).status, 'not_found');
	});

	test('malformed input is refused before anything is created, and is never a bug of the plugin', async () => {
		const before = namesOf(await rows(spec.type));
		for (const [index, more] of malformed.entries()) {
			const outcome = await deploy(`malformed-${index}`, more);
			assert.ok(!outcome.ok, `accepted ${JSON.stringify(more)}`);
			assert.match(outcome.error.code, /^CWS_INVALID_/, JSON.stringify([more, outcome.error]));
		}

		assert.deepEqual(namesOf(await rows(spec.type)), before);
	});

	test('a target that cannot be is not found, whatever is in its id', async () => {
		for (const id of ['nothing-here', '../../etc', '/etc/passwd', '-', '.', '..', '__proto__', 'a\0b', 'x'.repeat(5000)]) {
			const target = {provider, type: spec.type, id, name: 'nothing'};
			assert.equal(await get(target), null, id);
			assert.equal((await act('destroy', target)).status, 'not_found', id);
			const stopped = await running.call('provider.stop', [target]);
			assert.ok(!stopped.ok && stopped.error.code === 'CWS_NOT_FOUND', JSON.stringify([id, stopped]));
		}
	});

	test('a call that is cancelled already does not run', async () => {
		const outcome = await running.call('provider.deploy', [provider, {...spec, token: 'cancelled'}], {signal: AbortSignal.abort()});
		assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED', JSON.stringify(outcome));
		assert.ok(!namesOf(await rows(spec.type)).includes(spec.name));
	});

	test('a log that is followed ends when nobody wants it any more', async () => {
		const deployed = await deploy('logs');
		assert.ok(deployed.ok);
		const target = await running.targetOf(provider, spec.type, deployed.value.id!);
		const cancel = new AbortController();
		const following = running.host.stream<LogLine | readonly LogLine[]>({
			plugin,
			method: 'provider.logs',
			args: [target, {follow: true, tail: 10}],
			signal: cancel.signal,
		});
		setImmediate(() => cancel.abort());
		for await (const chunk of following) {
			assert.ok(chunk.ok || chunk.error.code === 'CWS_CANCELLED', JSON.stringify(chunk));
		}

		assert.equal((await act('destroy', target)).status, 'deleted');
	});

	test('a cancelled deploy comes back at once, leaves a working plugin and nothing that cannot be destroyed', async () => {
		await using other = await startPlugin(plugin, slow.options);
		const slowSpec = await slow.spec();
		const cancel = new AbortController();
		const {generation} = other.record();
		const outcome = await other.call<OperationResult>('provider.deploy', [provider, {...slowSpec, token: 'slow'}], {
			signal: cancel.signal,
			onProgress: () => cancel.abort(),
		});
		assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED', JSON.stringify(outcome));
		const left = (await other.list(provider, slowSpec.type)).flatMap(({resources}) => resources).filter(({name}) => name === slowSpec.name);
		for (const {id, name} of left) {
			await other.value('provider.destroy', [{provider, type: slowSpec.type, id, name}]);
		}

		assert.equal(other.record().generation, generation);
		assert.equal(other.record().state, 'active');
	});

	test('nothing secret is in its log', () => {
		assert.doesNotMatch(JSON.stringify(running.host.logs(plugin)), new RegExp(secret));
	});

	test('stopping it leaves no process behind', {skip: !existsSync('/proc')}, async () => {
		const other = await startPlugin(plugin, options);
		const deployed = await other.value<OperationResult>('provider.deploy', [provider, {...spec, token: 'stop'}]);
		await other.value('provider.destroy', [await other.targetOf(provider, spec.type, deployed.id!)]);
		await other[Symbol.asyncDispose]();
		assert.deepEqual(processesUnder(other.home), []);
		assert.equal(existsSync(other.home), false);
	});
}

const namesOf = (resources: readonly ProviderResource[]) => resources.map(({name}) => name);

function assertWellFormed(resource: ProviderResource, type: string) {
	const {id, name, status, rawStatus, createdAt, cost, account, region, tags = {}} = resource;
	const text = JSON.stringify(resource);
	assert.ok(typeof id === 'string' && id !== '', text);
	assert.ok(typeof name === 'string' && name !== '', text);
	assert.equal(resource.type, type, text);
	assert.ok(resourceStatuses.includes(status), text);
	assert.ok(typeof rawStatus === 'string' && rawStatus !== '', text);
	assert.ok(createdAt === undefined || (Number.isFinite(createdAt) && createdAt <= Date.now() + 1000), text);
	assert.ok(account !== '' && region !== '', text);
	assert.ok(
		Object.values(tags).every(value => typeof value === 'string'),
		text,
	);
	if (cost?.hourly.kind === 'known') {
		assert.ok(Number.isSafeInteger(cost.hourly.nanos), text);
		const components = cost.components.map(({hourly}) => (hourly.kind === 'known' ? hourly.nanos : 0));
		assert.equal(
			components.reduce((sum, nanos) => sum + nanos, 0),
			cost.hourly.nanos,
			text,
		);
	}
}
