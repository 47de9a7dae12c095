import {amount, type Estimate, formatBytes, type ProviderResource, type ResourceMetrics, type ResourceOperation, unknown} from 'cws/sdk';
import {type SshPluginConfig} from './config.ts';
import {type Machine} from './hosts/machines.ts';
import {type Probe} from './probe/parse-probe.ts';
import {type Answer} from './probe/probe.ts';

/** A machine as the list shows it, with the last answer it gave. */
export function toResource(
	machine: Machine,
	answer: Answer | undefined,
	metrics: ResourceMetrics | undefined,
	{currency}: Pick<SshPluginConfig, 'currency'>,
): ProviderResource {
	const {name, config, resolved} = machine;
	const probe = answer !== undefined && 'probe' in answer ? answer.probe : undefined;
	const size = probe === undefined ? undefined : sizeOf(probe);
	return {
		id: name,
		type: 'machine',
		name,
		...stateOf(machine, answer),
		where: whereOf(machine),
		...(size !== undefined && {size}),
		...(config?.tags && {tags: config.tags}),
		endpoints:
			resolved === undefined ? [] : [{label: 'ssh', address: `${resolved.address}:${resolved.port}`, isReachable: probe !== undefined}],
		cost: costOf(machine, currency),
		protected: 'cws did not make this machine and cannot destroy it',
		disabled: disabledOf(machine, answer),
		...(metrics !== undefined && {metrics}),
		meta: metaOf(machine, answer, probe),
	};
}

function stateOf(machine: Machine, answer: Answer | undefined): Pick<ProviderResource, 'status' | 'rawStatus' | 'statusReason'> {
	if (machine.problem !== undefined) {
		return {status: 'unknown', rawStatus: 'not understood', statusReason: machine.problem};
	}

	if (answer === undefined) {
		return {
			status: 'unknown',
			rawStatus: 'not asked',
			statusReason: machine.isProbed
				? 'not asked yet'
				: 'cws dials no machine you did not name; `cws config set plugins.ssh.probe all` looks at every one',
		};
	}

	if ('probe' in answer) {
		return {status: 'running', rawStatus: 'reachable'};
	}

	const {kind, reason, fix} = answer.trouble;
	return {
		// Silence means off only of a machine that somebody told us how to switch.
		status: kind === 'unreachable' && canSwitch(machine) ? 'stopped' : 'unknown',
		rawStatus: kind,
		statusReason: fix === undefined ? reason : `${reason}; ${fix}`,
	};
}

export const canSwitch = ({config}: Machine): boolean => canStart({config}) || config?.stopCommand !== undefined;

export const canStart = ({config}: Pick<Machine, 'config'>): boolean => config?.startCommand !== undefined || config?.mac !== undefined;

function whereOf({resolved, name}: Machine): string {
	if (resolved === undefined) {
		return '';
	}

	const {user, address, port} = resolved;
	return `${user === '' ? '' : `${user}@`}${address === name ? name : address}${port === 22 ? '' : `:${port}`}`;
}

function sizeOf({cores, memoryTotalBytes, gpus}: Probe): string | undefined {
	const parts = [
		// First what is scarce: the column is narrow.
		...(gpus === undefined ? [] : [`${gpus.length} gpu`]),
		...(cores === undefined ? [] : [`${cores} cpu`]),
		...(memoryTotalBytes === undefined ? [] : [formatBytes(memoryTotalBytes)]),
	];
	return parts.length === 0 ? undefined : parts.join(' ');
}

function costOf({config}: Machine, currency: string): Estimate {
	if (config?.ratePerHour === undefined) {
		return {
			hourly: unknown('no price is set for this machine'),
			components: [],
			confidence: 'unknown',
			notCounted: [],
		};
	}

	const hourly = amount(config.ratePerHour, currency);
	// What stands in a rack costs the same when it is off; whoever pays by the hour says so.
	const stoppedHourly = amount(config.stoppedRatePerHour ?? config.ratePerHour, currency);
	return {
		hourly,
		stoppedHourly,
		components: [
			{
				name: 'machine',
				description: 'rate per hour of the configuration',
				hourly,
				source: 'override',
				billsWhenStopped: config.stoppedRatePerHour !== 0,
			},
		],
		confidence: 'estimated',
		notCounted: [],
	};
}

function disabledOf(machine: Machine, answer: Answer | undefined): Readonly<Partial<Record<ResourceOperation, string>>> {
	const isUp = answer !== undefined && 'probe' in answer;
	const set = (field: string) => `set \`${field}\` for it under \`plugins.ssh.hosts\``;
	return {
		...(canStart(machine) ? isUp && {start: 'it is running'} : {start: set('startCommand` or `mac')}),
		...(machine.config?.stopCommand === undefined
			? {stop: set('stopCommand')}
			: !isUp && answer !== undefined && {stop: 'it cannot be reached'}),
		...(machine.config?.restartCommand === undefined
			? {restart: set('restartCommand')}
			: !isUp && answer !== undefined && {restart: 'it cannot be reached'}),
	};
}

function metaOf({config, resolved}: Machine, answer: Answer | undefined, probe: Probe | undefined): Readonly<Record<string, unknown>> {
	const facts = {
		source: config === undefined ? '~/.ssh/config' : 'configuration',
		address: resolved?.address,
		user: resolved?.user,
		port: resolved?.port,
		gateway: resolved !== undefined && resolved.gateway !== `${resolved.address}:${resolved.port}` ? resolved.gateway : undefined,
		system: probe?.system,
		kernel: probe?.kernel,
		sessions: probe?.sessions,
		users: probe?.users,
		gpus: probe?.gpus,
		trouble: answer !== undefined && 'trouble' in answer ? answer.trouble : undefined,
	};
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''));
}
