import assert from 'node:assert/strict';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type ResourceTypeContribution} from '../../core/manifest/contributions.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type OperationResult} from '../../core/operation.ts';
import {type DeploySpec} from '../../core/plan.ts';
import {type PluginCall} from '../../core/ports/plugin-host.ts';
import {type ProviderResource, resourceStatuses} from '../../core/resource.ts';
import {type ListPage, type ResourceTarget} from '../../sdk/provider.ts';
import {type ContractSample, type ContractSubject} from './contract.ts';

/** The calls the checks make, by the names a person would use. */
export function callsOf(subject: ContractSubject, {provider = subject.plugin, spec}: ContractSample) {
	const {host, plugin} = subject;

	const call = async <Result>(method: string, args: readonly unknown[], more?: Partial<PluginCall>): Promise<Outcome<Result>> =>
		host.call<Result>({plugin, method, args, ...more});

	/** The value of a call that has to succeed. */
	const value = async <Result>(method: string, args: readonly unknown[]): Promise<Result> => {
		const outcome = await call<Result>(method, args);
		assert.ok(outcome.ok, outcome.ok ? '' : `${method}: ${outcome.error.code} ${outcome.error.message} ${outcome.error.cause ?? ''}`);
		return outcome.value;
	};

	const rows = async (type: string, of = provider): Promise<readonly ProviderResource[]> => {
		const pages: ListPage[] = [];
		for await (const chunk of host.stream<ListPage>({plugin, method: 'provider.list', args: [{provider: of, type}]})) {
			assert.ok(chunk.ok, JSON.stringify(chunk));
			pages.push(...chunk.value);
		}

		return pages.flatMap(({resources}) => resources);
	};

	return {
		provider,
		call,
		value,
		rows,
		/** With a token: the same gives the same resource. */
		deploy: async (token: string, more: Partial<DeploySpec> = {}) =>
			call<OperationResult>('provider.deploy', [provider, {...spec!, ...more, token}]),
		get: async (target: ResourceTarget) => value<ProviderResource | null>('provider.get', [target]),
		act: async (name: string, target: ResourceTarget) => value<OperationResult>(`provider.${name}`, [target]),
		targetOf: async (id: string): Promise<ResourceTarget> => {
			const {type} = spec!;
			const {name, account, region} = await value<ProviderResource>('provider.get', [{provider, type, id, name: ''}]);
			return {provider, type, id, name, ...(account !== undefined && {account}), ...(region !== undefined && {region})};
		},
	};
}

export const typesOf = ({id, contributes}: Manifest): readonly (ResourceTypeContribution & {readonly provider: string})[] =>
	(contributes?.resourceTypes ?? []).map(type => ({...type, provider: type.provider ?? id}));

/** What the type of the sample can do. */
export const can = (manifest: Manifest, {spec, provider = manifest.id}: ContractSample, ...operations: readonly string[]): boolean => {
	const type = typesOf(manifest).find(one => one.type === spec?.type && one.provider === provider);
	return operations.every(operation => (type?.operations as readonly string[] | undefined)?.includes(operation) === true);
};

export const namesOf = (resources: readonly ProviderResource[]): readonly string[] => resources.map(({name}) => name);

export function assertWellFormed(resource: ProviderResource, type: string): void {
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
