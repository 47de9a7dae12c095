import {type Estimate} from '../core/money/estimate.ts';
import {failure, type Failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type ProviderPlan} from '../core/plan.ts';
import {type Choice, type Connection, type LogLine} from '../core/plugin.ts';
import {parseRef, type ResourceRef} from '../core/reference.ts';
import {type Resource, type ResourceMetrics, type ResourceOperation} from '../core/resource.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {type ResourceTarget} from '../sdk/provider.ts';
import {contributionsOf, sourceKey} from './contributions/resource-types.ts';
import {type Engine} from './engine.ts';
import {type Inventory, type InventorySource} from './inventory/inventory.ts';
import {type ReadBack} from './inventory/read-back.ts';
import {targetOf} from './operations/resource-target.ts';
import {obstacleOf} from './selectors/disabled-reason.ts';
import {type StateStore} from './state-store.ts';

type ResourceCalls = Pick<Engine, 'read' | 'logs' | 'connect' | 'attach' | 'metrics' | 'choices' | 'estimate'>;

type Options = {readonly host: PluginHost; readonly state: StateStore; readonly inventory: Inventory; readonly readBack: ReadBack};

type Found = {readonly source: InventorySource; readonly target: ResourceTarget; readonly row?: Resource};

/** Questions to a provider that change nothing. */
export function createResourceCalls({host, state, inventory, readBack}: Options): ResourceCalls {
	const find = (ref: ResourceRef, operation: ResourceOperation): Outcome<Found> => {
		const parts = parseRef(ref);
		const source = parts && inventory.source(parts.provider, parts.type);
		if (parts === undefined || source === undefined) {
			return failed(unknownProvider(ref, parts?.provider));
		}

		const row = inventory.get(ref);
		const obstacle = row && operation !== 'get' ? obstacleOf(state.get(), row, operation) : undefined;
		if (obstacle) {
			return failed(
				failure(obstacle.code, {
					message: `No ${operation} of \`${row!.name}\`: ${obstacle.reason}.`,
					...(obstacle.fix !== undefined && {fix: obstacle.fix}),
				}),
			);
		}

		const {provider, type, id, account, region} = parts;
		const target = row
			? targetOf(row)
			: {provider, type, id, name: id, ...(account !== undefined && {account}), ...(region !== undefined && {region})};
		return ok({source, target, row});
	};

	const ask = async <Result>(
		ref: ResourceRef,
		operation: ResourceOperation,
		extra: readonly unknown[],
		signal?: AbortSignal,
	): Promise<Outcome<Result>> => {
		const found = find(ref, operation);
		if (!found.ok) {
			return found;
		}

		const {source, target} = found.value;
		return host.call<Result>({plugin: source.contribution.plugin.id, method: `provider.${operation}`, args: [target, ...extra], signal});
	};

	return {
		async read(ref, signal) {
			const found = find(ref, 'get');
			if (!found.ok) {
				return found;
			}

			const {source, target, row} = found.value;
			const answer = await readBack(source, target, signal);
			if (!answer.ok) {
				return answer;
			}

			if (answer.value === undefined) {
				inventory.remove(ref);
				return failed(failure('CWS_NOT_FOUND', {message: `\`${row?.name ?? target.id}\` is gone from \`${target.provider}\`.`}));
			}

			return ok(inventory.get(answer.value.ref) ?? answer.value);
		},
		async *logs(ref, {follow, tail, signal}) {
			const found = find(ref, 'logs');
			if (!found.ok) {
				yield found;
				return;
			}

			const {source, target} = found.value;
			yield* host.stream<LogLine>({plugin: source.contribution.plugin.id, method: 'provider.logs', args: [target, {follow, tail}], signal});
		},
		connect: (ref, {command, signal}) => ask<Connection>(ref, 'connect', [command ? {command} : {}], signal),
		async *attach(ref, {input, signal, ...terminal}) {
			const found = find(ref, 'connect');
			if (!found.ok) {
				yield found;
				return;
			}

			const {source, target} = found.value;
			yield* host.attach({plugin: source.contribution.plugin.id, method: 'provider.attach', args: [target, terminal], input, signal});
		},
		metrics: (ref, signal) => ask<ResourceMetrics>(ref, 'metrics', [], signal),
		async choices(provider, type, signal) {
			const contribution = contributionsOf(state.get().plugins).get(sourceKey(provider, type));
			if (contribution === undefined) {
				return failed(unknownProvider(sourceKey(provider, type), provider));
			}

			const answer = await host.call<Readonly<Record<string, readonly Choice[]>>>({
				plugin: contribution.plugin.id,
				method: 'provider.choices',
				args: [{provider, type}],
				signal,
			});
			return !answer.ok && answer.error.code === 'CWS_NOT_SUPPORTED' ? ok({}) : answer;
		},
		async estimate({provider, token = crypto.randomUUID(), ...spec}, signal) {
			const contribution = contributionsOf(state.get().plugins).get(sourceKey(provider, spec.type));
			if (contribution === undefined) {
				return failed(unknownProvider(sourceKey(provider, spec.type), provider));
			}

			const call = {plugin: contribution.plugin.id, args: [provider, {...spec, token}], signal};
			const answer = await host.call<Estimate>({...call, method: 'provider.estimateCost'});
			if (answer.ok || answer.error.code !== 'CWS_NOT_SUPPORTED') {
				return answer;
			}

			// A provider that has no price list of its own may still say in a plan what it would cost.
			const plan = await host.call<ProviderPlan>({...call, method: 'provider.plan'});
			return plan.ok ? (plan.value.estimate ? ok(plan.value.estimate) : answer) : plan;
		},
	};
}

const unknownProvider = (what: string, provider?: string): Failure =>
	failure('CWS_NO_PROVIDER', {message: provider === undefined ? `\`${what}\` is not a reference.` : `No plugin provides \`${what}\`.`});
