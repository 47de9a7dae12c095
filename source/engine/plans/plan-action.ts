import {hourlyOf} from '../../core/money/cost.ts';
import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Plan, previewNote, type ProviderPlan} from '../../core/plan.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type Resource} from '../../core/resource.ts';
import {type OperationCommandId} from '../command-types.ts';
import {type InventorySource} from '../inventory/inventory.ts';
import {targetOf} from '../operations/resource-target.ts';

type Options = {
	readonly host: PluginHost;
	readonly source: InventorySource;
	readonly action: OperationCommandId;
	readonly resource: Resource;
	/** Resources of the same provider, for those that hang on this one. */
	readonly others: readonly Resource[];
	readonly cli: string;
	readonly hoursPerMonth: number;
	readonly signal?: AbortSignal;
};

/** The dry run of everything but a deploy; a provider that has none, or does not answer, leaves a plain one. */
export async function planAction(options: Options): Promise<Outcome<Plan>> {
	const {host, source, action, resource, others, cli, hoursPerMonth, signal} = options;
	const {provider, type, name, account, region, size, ref, id} = resource;
	const answer = await host.call<ProviderPlan>({
		plugin: source.contribution.plugin.id,
		method: 'provider.planAction',
		args: [action, targetOf(resource)],
		signal,
	});
	if (!answer.ok && answer.error.code === 'CWS_CANCELLED') {
		return answer;
	}

	const own = answer.ok ? answer.value : plainPlan(action, resource);
	const attached = others.filter(other => other.attachedTo === id).map(other => `${other.type} ${other.name} hangs on it`);
	const silence = answer.ok || answer.error.code === 'CWS_NOT_SUPPORTED' ? [] : [`${provider} did not plan it: ${answer.error.message}`];
	const warnings = [...(own.warnings ?? []), ...(action === 'destroy' ? attached : []), ...silence];
	return ok({
		...own,
		...(warnings.length > 0 && {warnings}),
		...(own.estimate === undefined && resource.cost && {estimate: resource.cost}),
		action,
		provider,
		type,
		name,
		account,
		region,
		size,
		ref,
		cli,
		note: previewNote,
		hoursPerMonth,
	});
}

function plainPlan(action: OperationCommandId, resource: Resource): ProviderPlan {
	const {name, status, type, provider} = resource;
	const lines = [
		{label: action, value: `${type} ${name} of ${provider}`},
		{label: 'now', value: status},
	];
	if (action !== 'destroy') {
		return {lines};
	}

	const hourly = hourlyOf(resource);
	return {
		lines,
		takes: [`${type} ${name}`],
		...(hourly.kind === 'unknown' && {warnings: [`what it costs is not known: ${hourly.reason}`]}),
	};
}
