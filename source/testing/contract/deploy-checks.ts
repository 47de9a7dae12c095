import assert from 'node:assert/strict';
import {type OperationResult} from '../../core/operation.ts';
import {type ProviderPlan} from '../../core/plan.ts';
import {type LogLine} from '../../core/plugin.ts';
import {assertWellFormed, callsOf, can, namesOf} from './calls.ts';
import {type ContractCheck} from './contract.ts';

/** What a provider promises that can create something. */
export const deployChecks: readonly ContractCheck[] = [
	{
		title: 'a deploy or a plan of a type it does not have fails and names the provider and the type',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy'),
		async run(subject, sample) {
			const {call, provider} = callsOf(subject, sample);
			for (const method of ['provider.deploy', 'provider.plan']) {
				const outcome = await call(method, [provider, {...sample.spec, type: 'spaceship', token: 'spaceship'}]);
				assert.ok(!outcome.ok);
				assert.match(outcome.error.code, /^CWS_(NOT_SUPPORTED|NO_PROVIDER)$/);
				assert.ok(outcome.error.message.includes(provider) && outcome.error.message.includes('spaceship'), outcome.error.message);
			}
		},
	},
	{
		title: 'a plan is the same twice and changes nothing',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy'),
		async run(subject, sample) {
			const {value, rows, provider} = callsOf(subject, sample);
			const {type} = sample.spec!;
			const before = await rows(type);
			const plan = async () => value<ProviderPlan>('provider.plan', [provider, {...sample.spec, token: 'plan'}]);
			const first = await plan();
			assert.ok(first.lines.length > 0);
			assert.notEqual(first.estimate, undefined);
			assert.deepEqual(await plan(), first);
			assert.deepEqual(namesOf(await rows(type)), namesOf(before));
		},
	},
	{
		title: 'a plan needs no secret',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy') && sample.secrets !== undefined,
		async run(subject, sample) {
			const {world} = subject;
			if (world === undefined) {
				return;
			}

			const before = world.secrets;
			try {
				world.secrets = {};
				const {value, provider} = callsOf(subject, sample);
				await value<ProviderPlan>('provider.plan', [provider, {...sample.spec, token: 'plan'}]);
			} finally {
				world.secrets = before;
			}
		},
	},
	{
		title: 'what it deploys can be read, stopped, started and destroyed, and each answer is what then is',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy', 'destroy'),
		async run(subject, sample) {
			const {rows, deploy, get, act, targetOf} = callsOf(subject, sample);
			const {type, name} = sample.spec!;
			const does = (...operations: readonly string[]) => can(subject.record().manifest, sample, ...operations);
			const deployed = await deploy('life');
			assert.ok(deployed.ok, JSON.stringify(deployed));
			assert.equal(deployed.value.status, 'created');
			const target = await targetOf(deployed.value.id!);
			assert.equal(target.name, name);
			assert.equal((await get(target))?.status, 'running');
			assertWellFormed((await get(target))!, type);
			assert.ok(namesOf(await rows(type)).includes(name));

			const again = await deploy('life');
			assert.ok(again.ok && again.value.id === deployed.value.id, 'the same token gives the same resource');
			const taken = await deploy('another token');
			assert.ok(!taken.ok && taken.error.code === 'CWS_NAME_TAKEN', 'another token finds the name taken');

			if (does('stop', 'start')) {
				assert.equal((await act('stop', target)).status, 'stopped');
				assert.equal((await get(target))?.status, 'stopped');
				assert.equal((await act('start', target)).status, 'started');
				assert.equal((await get(target))?.status, 'running');
			}

			if (does('hibernate', 'resume')) {
				assert.equal((await act('hibernate', target)).status, 'stopped');
				assert.equal((await get(target))?.status, 'hibernated');
				assert.equal((await act('resume', target)).status, 'started');
				assert.equal((await get(target))?.status, 'running');
			}

			assert.equal((await act('destroy', target)).status, 'deleted');
			assert.equal(await get(target), null);
			assert.ok(!namesOf(await rows(type)).includes(name));
			assert.equal((await act('destroy', target)).status, 'not_found');
		},
	},
	{
		title: 'malformed input is refused before anything is created, and is never a bug of the plugin',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy') && (sample.malformed ?? []).length > 0,
		async run(subject, sample) {
			const {rows, deploy} = callsOf(subject, sample);
			const {type} = sample.spec!;
			const before = namesOf(await rows(type));
			for (const [index, more] of (sample.malformed ?? []).entries()) {
				const outcome = await deploy(`malformed-${index}`, more);
				assert.ok(!outcome.ok, `accepted ${JSON.stringify(more)}`);
				assert.match(outcome.error.code, /^CWS_INVALID_/, JSON.stringify([more, outcome.error]));
			}

			assert.deepEqual(namesOf(await rows(type)), before);
		},
	},
	{
		title: 'a target that cannot be is not found, whatever is in its id',
		appliesTo: (manifest, sample) => can(manifest, sample, 'destroy'),
		async run(subject, sample) {
			const {call, get, act, provider} = callsOf(subject, sample);
			const {type} = sample.spec!;
			for (const id of ['nothing-here', '../../etc', '/etc/passwd', '-', '.', '..', '__proto__', 'a\0b', 'x'.repeat(5000)]) {
				const target = {provider, type, id, name: 'nothing'};
				assert.equal(await get(target), null, id);
				assert.equal((await act('destroy', target)).status, 'not_found', id);
				if (can(subject.record().manifest, sample, 'stop')) {
					const stopped = await call('provider.stop', [target]);
					assert.ok(!stopped.ok && stopped.error.code === 'CWS_NOT_FOUND', JSON.stringify([id, stopped]));
				}
			}
		},
	},
	{
		title: 'a call that is cancelled already does not run',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy'),
		async run(subject, sample) {
			const {call, rows, provider} = callsOf(subject, sample);
			const {spec} = sample;
			const outcome = await call('provider.deploy', [provider, {...spec, token: 'cancelled'}], {signal: AbortSignal.abort()});
			assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED', JSON.stringify(outcome));
			assert.ok(!namesOf(await rows(spec!.type)).includes(spec!.name));
		},
	},
	{
		title: 'a log that is followed ends when nobody wants it any more',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy', 'destroy', 'logs'),
		async run(subject, sample) {
			const {deploy, act, targetOf} = callsOf(subject, sample);
			const deployed = await deploy('logs');
			assert.ok(deployed.ok, JSON.stringify(deployed));
			const target = await targetOf(deployed.value.id!);
			const cancel = new AbortController();
			const following = subject.host.stream<LogLine | readonly LogLine[]>({
				plugin: subject.plugin,
				method: 'provider.logs',
				args: [target, {follow: true, tail: 10}],
				signal: cancel.signal,
			});
			setImmediate(() => cancel.abort());
			for await (const chunk of following) {
				assert.ok(chunk.ok || chunk.error.code === 'CWS_CANCELLED', JSON.stringify(chunk));
			}

			assert.equal((await act('destroy', target)).status, 'deleted');
		},
	},
	{
		title: 'a cancelled deploy comes back at once, leaves a working plugin and nothing that cannot be destroyed',
		appliesTo: (manifest, sample) => can(manifest, sample, 'deploy', 'destroy') && sample.slow !== undefined,
		async run(subject, sample) {
			const {options = sample.options ?? {}, spec} = sample.slow!;
			await using other = await subject.another(options);
			const {call, value, rows, provider} = callsOf(other, sample);
			const slow = await spec();
			const cancel = new AbortController();
			const {generation} = other.record();
			const outcome = await call<OperationResult>('provider.deploy', [provider, {...slow, token: 'slow'}], {
				signal: cancel.signal,
				onProgress: () => cancel.abort(),
			});
			assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED', JSON.stringify(outcome));
			for (const {id, name} of (await rows(slow.type)).filter(row => row.name === slow.name)) {
				await value('provider.destroy', [{provider, type: slow.type, id, name}]);
			}

			assert.deepEqual([other.record().state, other.record().generation], ['active', generation]);
		},
	},
];
