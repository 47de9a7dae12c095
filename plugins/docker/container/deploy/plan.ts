import {type DeploySpec, type PlanLine, type ProviderPlan} from 'cws/sdk';
import {estimateContainer} from '../../cost.ts';
import {accountOf} from '../../account.ts';
import {type DockerState} from '../../state.ts';
import {formatMount} from './mounts.ts';
import {formatPort} from './ports.ts';
import {type ContainerSpec, resolveContainer} from './resolve-spec.ts';
import {formatLimits} from './size.ts';

/** The dry run of a deploy: the same checks as the deploy itself. No engine is asked, so that it works without one. */
export function planContainer({context, endpoints}: DockerState, deploy: DeploySpec): ProviderPlan {
	const spec = resolveContainer(deploy);
	const account = accountOf(deploy);
	const [client] = endpoints.among(account);
	return {
		lines: linesOf(spec, client?.endpoint.account ?? account),
		warnings: [
			...(client === undefined
				? [account === undefined ? 'no Docker or Podman was found yet' : `there is no Docker or Podman \`${account}\` yet`]
				: []),
			...spec.ports
				.filter(({ip, outside}) => ip === undefined && outside !== undefined)
				.map(({outside}) => `port ${outside} is open to the whole network; \`127.0.0.1:${outside}:…\` keeps it on the machine`),
			...(deploy.region === undefined ? [] : [`region \`${deploy.region}\` is not used: an engine is one machine`]),
		],
		estimate:
			client === undefined
				? estimateContainer({account: account ?? 'default', address: {kind: 'unix', path: ''}, from: '', isAskedFor: false}, context.config)
				: estimateContainer(client.endpoint, context.config),
	};
}

function linesOf(spec: ContainerSpec, account: string | undefined): readonly PlanLine[] {
	const {image, pull, command, ports, mounts, env, restart, healthCommand, healthSeconds, network, user, directory} = spec;
	const line = (label: string, value: string | undefined): readonly PlanLine[] => (value === undefined ? [] : [{label, value}]);
	return [
		...line('image', `${image.full} (${pulls[pull]})`),
		...line('engine', account),
		...line('command', command?.join(' ')),
		...ports.map(port => ({label: 'port', value: formatPort(port)})),
		...mounts.map(mount => ({label: 'mount', value: formatMount(mount)})),
		...line('environment', Object.keys(env).length === 0 ? undefined : Object.keys(env).join(', ')),
		...line('limits', formatLimits(spec)),
		...line('restart', restart === 'no' ? undefined : restart),
		...line('health check', healthCommand === undefined ? undefined : `${healthCommand} every ${healthSeconds} s`),
		...line('network', network),
		...line('user', user),
		...line('directory', directory),
	];
}

const pulls: Readonly<Record<ContainerSpec['pull'], string>> = {
	missing: 'pulled when it is not there',
	always: 'pulled anew',
	never: 'has to be there',
};
