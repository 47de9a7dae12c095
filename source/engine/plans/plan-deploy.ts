import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {type DeploySpec, type Plan, previewNote, type ProviderPlan} from '../../core/plan.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type InventorySource} from '../inventory/inventory.ts';

type Options = {
	readonly host: PluginHost;
	readonly source: InventorySource;
	readonly spec: DeploySpec;
	readonly cli: string;
	readonly hoursPerMonth: number;
	readonly signal?: AbortSignal;
};

/** The provider says what it would make and what that costs; nothing is changed. */
export async function planDeploy({host, source, spec, cli, hoursPerMonth, signal}: Options): Promise<Outcome<Plan>> {
	const {plugin, provider} = source.contribution;
	const answer = await host.call<ProviderPlan>({plugin: plugin.id, method: 'provider.plan', args: [provider, spec], signal});
	if (!answer.ok) {
		return answer;
	}

	const {type, name, account, region, size} = spec;
	return ok({...answer.value, action: 'deploy', provider, type, name, account, region, size, cli, note: previewNote, hoursPerMonth});
}
