import {type DeploySpec, type ProviderPlan} from 'cws/sdk';
import {accountOf} from '../account.ts';
import {pairs, text} from '../container/deploy/fields.ts';
import {estimateStorage} from '../cost.ts';
import {imageToPull} from '../image/images.ts';
import {type DockerState} from '../state.ts';

/** The dry run of a volume or of a pull; no engine is asked. */
export function planStorage({endpoints}: DockerState, type: 'volume' | 'image', spec: DeploySpec): ProviderPlan {
	const account = accountOf(spec);
	const [client] = endpoints.among(account);
	const options = type === 'volume' ? Object.entries(pairs(spec.fields, 'options', /^[^=\s]+$/)) : [];
	const engine = client?.endpoint.account ?? account;
	return {
		lines: [
			type === 'volume'
				? {label: 'driver', value: text(spec.fields, 'driver') ?? 'local'}
				: {label: 'image', value: `${imageToPull(spec).full} (what is there is not fetched again)`},
			...(engine === undefined ? [] : [{label: 'engine', value: engine}]),
			...options.map(([name, value]) => ({label: 'option', value: `${name}=${value}`})),
		],
		warnings: client === undefined ? ['no Docker or Podman was found yet'] : [],
		...(client !== undefined && {estimate: estimateStorage(client.endpoint)}),
	};
}
