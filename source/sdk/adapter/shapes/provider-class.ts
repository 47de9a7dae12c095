import {amount, unknown as unpriced} from '../../../core/money/money.ts';
import {type Estimate} from '../../../core/money/estimate.ts';
import {type OperationResult, resultStatuses, type ResultStatus} from '../../../core/operation.ts';
import {type ProviderPlan} from '../../../core/plan.ts';
import {type ProviderResource, resourceOperations, type ResourceOperation} from '../../../core/resource.ts';
import {providerError} from '../../provider-error.ts';
import {type PluginContext} from '../../plugin.ts';
import {type Provider} from '../../provider.ts';
import {type Shape} from '../adapt-plugin.ts';
import {coreServices} from '../core-services.ts';
import {hasMember, isRecord, listOf, member, method, numberOf, quietly, text, texts} from '../member.ts';
import {dashed, titleOf} from '../names.ts';
import {statusOf} from '../resource-words.ts';
import {findRegistered, type ProviderClass} from './registered.ts';

// The month of the program these come from, and of cws.
const hoursPerMonth = 720;
const operations: readonly ResourceOperation[] = ['deploy', 'list', 'get', 'destroy'];

/** CloudCTL's provider in one file: `new Provider(config, dryRun)` with `deploy`, `list`, `destroy` and `estimate_cost`. */
export const adaptProviderClass: Shape = module => {
	const found = findRegistered(module);
	if (found === undefined) {
		return undefined;
	}

	const {name, type} = found;
	const id = dashed(name);
	const types = typesOf(type);
	const extra = (['start', 'stop', 'restart'] as const).filter(action => hasMember(type.prototype, action));
	const instances = createInstances(type, id);
	const provider: Provider = {
		async *list({type: wanted}) {
			const answer = await instances.real(one => method(one, 'list')?.(wanted, {}));
			const entries = Array.isArray(answer) ? answer : listOf(answer, 'items');
			const resources = entries.flatMap(entry => resourceOf(entry, wanted));
			yield {resources, ...(entries.length > resources.length && {skipped: entries.length - resources.length})};
		},
		async get(target) {
			const answer = await instances.real(one => method(one, 'list')?.(target.type, {}));
			const entries = Array.isArray(answer) ? answer : [];
			return entries.flatMap(entry => resourceOf(entry, target.type)).find(one => one.id === target.id) ?? null;
		},
		plan: async (_provider, spec) => planOf(await instances.dry(one => method(one, 'deploy')?.(spec.type, optionsOf(spec)))),
		planAction: async (action, target) =>
			action === 'destroy' ? planOf(await instances.dry(one => method(one, 'destroy')?.(target.id))) : {lines: []},
		...(hasMember(type.prototype, 'estimate_cost') && {
			estimateCost: async (_provider, spec) =>
				estimateOf(await instances.dry(one => method(one, 'estimate_cost')?.(spec.type, optionsOf(spec)))),
		}),
		deploy: async (_provider, spec) =>
			resultOf(await instances.real(one => method(one, 'deploy')?.(spec.type, optionsOf(spec))), 'created'),
		destroy: async target => resultOf(await instances.real(one => method(one, 'destroy')?.(target.id)), 'deleted'),
		...Object.fromEntries(
			extra.map(action => [
				action,
				async (target: {readonly id: string}) =>
					resultOf(await instances.real(one => method(one, action)?.(target.id)), action === 'stop' ? 'stopped' : 'started'),
			]),
		),
	};
	const own: ReadonlySet<ResourceOperation> = new Set([...operations, ...extra]);
	return {
		manifest: {
			id,
			version: '0.0.0',
			title: titleOf(id),
			kind: 'provider',
			api: 1,
			contributes: {
				resourceTypes: types.map(one => ({type: one, operations: resourceOperations.filter(operation => own.has(operation))})),
			},
		},
		plugin: {
			initialize(context) {
				instances.begin(context);
			},
			provider,
		},
	};
};

/** The types it declares on its class; a provider that declares none speaks of machines. */
function typesOf(type: ProviderClass): readonly string[] {
	const declared: unknown = member(type, 'resource_types') ?? quietly(() => member(new type({}, true), 'resource_types'), undefined);
	const names = Array.isArray(declared) ? texts(declared) : isRecord(declared) ? Object.keys(declared) : [];
	return names.length > 0 ? names : ['vm'];
}

/** One instance for real and one for dry runs, each made when it is first needed: a dry run needs no credentials. */
function createInstances(type: ProviderClass, id: string) {
	const made = new Map<boolean, object>();
	let context: PluginContext | undefined;
	const onInstance = (isDry: boolean) => async (work: (instance: object) => unknown) => {
		try {
			const instance = made.get(isDry) ?? new type(context?.config ?? {}, isDry, context === undefined ? {} : coreServices(context));
			made.set(isDry, instance);
			return await work(instance);
		} catch (error) {
			throw failureOf(error, id);
		}
	};

	return {
		begin(own: PluginContext) {
			context = own;
			made.clear();
		},
		real: onInstance(false),
		dry: onInstance(true),
	};
}

/** Its words name the fix: `Run: cloudctl secrets my-plugin api_key`. */
function failureOf(error: unknown, id: string): unknown {
	if (!(error instanceof Error) || hasMember(error, 'failure')) {
		return error;
	}

	const {message} = error;
	const [, key] = /\bsecrets (?:set )?[\w-]+ ([\w-]+)/.exec(message) ?? [];
	return key === undefined
		? providerError(/does not support/i.test(message) ? 'CWS_NOT_SUPPORTED' : 'CWS_PROVIDER_FAILED', {message})
		: providerError('CWS_NEEDS_LOGIN', {message: message.replace(/\s*Run: .*$/s, ''), fix: `cws secrets set ${id} ${key}`});
}

/** What the older program gave as keyword arguments. */
const optionsOf = (spec: Parameters<Provider['plan']>[1]): Readonly<Record<string, unknown>> => ({
	...spec.fields,
	name: spec.name,
	...(spec.region !== undefined && {region: spec.region}),
	...(spec.size !== undefined && {type: spec.size, size: spec.size}),
	...(spec.tags !== undefined && {tags: spec.tags}),
});

function resourceOf(entry: unknown, type: string): readonly ProviderResource[] {
	const id = isRecord(entry) ? (text(entry, 'id') ?? numberOf(entry, 'id')?.toString()) : undefined;
	if (!isRecord(entry) || id === undefined) {
		return [];
	}

	const {id: _id, name: _name, status: _status, region: _region, ...meta} = entry;
	const rawStatus = text(entry, 'status') ?? 'unknown';
	const region = text(entry, 'region');
	return [
		{
			id,
			type,
			name: text(entry, 'name') ?? id,
			...(region !== undefined && {region}),
			status: statusOf(rawStatus),
			rawStatus,
			...(Object.keys(meta).length > 0 && {meta}),
		},
	];
}

function resultOf(answer: unknown, otherwise: ResultStatus): OperationResult {
	const word = text(answer, 'status');
	const status = (resultStatuses as readonly string[]).includes(word ?? '') ? (word as ResultStatus) : otherwise;
	const fields = ['id', 'region', 'message'].map(field => [field, text(answer, field)] as const).filter(([, value]) => value !== undefined);
	return {status, ...(Object.fromEntries(fields) as Partial<OperationResult>)};
}

const hidden: ReadonlySet<string> = new Set(['status', 'action', 'note', 'provider']);

const planOf = (answer: unknown): ProviderPlan => ({
	lines: isRecord(answer)
		? Object.entries(answer)
				.filter(([field, value]) => !hidden.has(field) && value !== undefined)
				.map(([field, value]) => ({
					label: field.replaceAll('_', ' '),
					value: typeof value === 'string' ? value : JSON.stringify(value),
				}))
		: [],
});

function estimateOf(answer: unknown): Estimate {
	const details = member(answer, 'details');
	const monthly = numberOf(answer, 'monthly');
	const hourly = numberOf(details, 'hourly') ?? (monthly === undefined ? undefined : monthly / hoursPerMonth);
	const currency = text(answer, 'currency') ?? 'USD';
	const money = hourly === undefined ? unpriced('the provider names no price') : amount(hourly, currency);
	return {
		hourly: money,
		components: hourly === undefined ? [] : [{name: 'compute', hourly: money, source: 'rule'}],
		confidence: hourly === undefined ? 'unknown' : 'estimated',
		notCounted: [],
	};
}
