import {setTimeout as sleep} from 'node:timers/promises';
import {
	type Choice,
	type DeploySpec,
	type ListPage,
	type Provider,
	type ProviderResource,
	providerError,
	type ResourceMetrics,
	type ResourceTarget,
} from 'cws/sdk';
import {type LocalContext} from './context.ts';
import {estimateWorkstation} from './cost.ts';
import {connectMachine, machineId, machineResource} from './machine/machine.ts';
import {machineMetrics, sampleMachine} from './machine/machine-metrics.ts';
import {createMetrics, type Metrics} from './process/create-metrics.ts';
import {metricsBetween, sampleRuns} from './process/group-metrics.ts';
import {leaderOf} from './process/members.ts';
import {readAllStored, readStored} from './storage/records.ts';
import {toProviderError} from './system-error.ts';
import {type Watched, watchWorkstations} from './watch.ts';
import {connect} from './workstation/run/connect.ts';
import {deploy} from './workstation/deploy/deploy.ts';
import {findWorkstation} from './workstation/find.ts';
import {readLogs} from './workstation/logs/logs.ts';
import {type Observation, observe} from './workstation/observe.ts';
import {destroy, hibernate, restart, resume, start, stop} from './workstation/run/operations.ts';
import {planAction, planDeploy} from './workstation/deploy/plan.ts';
import {mendLogger} from './workstation/run/start-processes.ts';
import {templateChoices} from './workstation/deploy/templates.ts';
import {toResource} from './workstation/to-resource.ts';

const pageSize = 100;
const measureMs = 250;

/** What every call works with; there is none before `initialize`. */
export type LocalState = {readonly context: LocalContext; readonly metrics: Metrics};

export const createState = (context: LocalContext): LocalState => ({context, metrics: createMetrics(context)});

export const createProvider = (state: () => LocalState): Provider => ({
	async *list({type}) {
		if (type === 'host') {
			yield {resources: [machineRow(state().metrics)]};
		} else if (type === 'vm') {
			yield* listWorkstations(state());
		}
	},
	get: async target => (target.type === 'host' ? getMachine(state(), target) : getWorkstation(state(), target)),
	watch: ({signal}) => watchWorkstations(state().context, {look: async () => lookAround(state())}, signal),
	plan: async (_provider, spec) => planDeploy(state().context, deployable(spec)),
	planAction: async (action, target, call) => planAction(state().context, {action, target: workstation(target)}, call),
	choices: async ({type}): Promise<Readonly<Record<string, readonly Choice[]>>> =>
		type === 'vm' ? {template: templateChoices(state().context.env.PATH)} : {},
	estimateCost: async () => estimateWorkstation(state().context.config),
	deploy: async (_provider, spec, call) => deploy(state().context, deployable(spec), call),
	start: async (target, call) => start(state().context, workstation(target), call),
	stop: async (target, call) => stop(state().context, workstation(target), call),
	restart: async (target, call) => restart(state().context, workstation(target), call),
	hibernate: async (target, call) => hibernate(state().context, workstation(target), call),
	resume: async (target, call) => resume(state().context, workstation(target), call),
	destroy: async (target, call) => destroy(state().context, workstation(target), call),
	async *logs(target, options, {signal}) {
		const {context} = state();
		findWorkstation(context, workstation(target));
		yield* readLogs(context, target.id, options, signal);
	},
	connect: async (target, {command}) =>
		target.type === 'host' ? connectMachine(state().context, command) : connect(state().context, workstation(target), command),
	metrics: async (target, {signal}) =>
		target.type === 'host' ? measureMachine(state().context, signal) : measure(state().context, workstation(target), signal),
});

const notSupported = (message: string) => providerError('CWS_NOT_SUPPORTED', {message, fix: 'see `cws providers`'});

// The machine's row has fewer operations; a call that comes anyway is refused here too.
function workstation(target: ResourceTarget): ResourceTarget {
	if (target.type !== 'vm') {
		throw target.type === 'host'
			? notSupported('This machine runs cws; that cannot be done to it.')
			: notSupported(`\`local\` has no \`${target.type}\`.`);
	}

	return target;
}

function deployable(spec: DeploySpec): DeploySpec {
	if (spec.type !== 'vm') {
		throw notSupported(`\`local\` cannot create a \`${spec.type}\`.`);
	}

	return spec;
}

const getMachine = ({metrics}: LocalState, {id}: ResourceTarget): ProviderResource | null =>
	id === machineId() ? machineRow(metrics) : null;

async function getWorkstation({context, metrics}: LocalState, {id}: ResourceTarget): Promise<ProviderResource | null> {
	const stored = readStored(context, id);
	const [observation] = typeof stored === 'object' ? await observe(context, [stored]) : [];
	return observation === undefined ? null : toResource(context, observation, metrics.of(id));
}

async function* listWorkstations({context, metrics}: LocalState): AsyncGenerator<ListPage> {
	const {observations, skipped} = await observeAll(context);
	metrics.refresh(observations);
	const resources = observations.map(observation => toResource(context, observation, metrics.of(observation.stored.record.id)));
	for (let first = 0; first === 0 || first < resources.length; first += pageSize) {
		yield {resources: resources.slice(first, first + pageSize), ...(first === 0 && skipped > 0 && {skipped})};
	}
}

async function observeAll(context: LocalContext): Promise<{readonly observations: readonly Observation[]; readonly skipped: number}> {
	try {
		const {workstations, skipped} = readAllStored(context);
		return {observations: await observe(context, workstations), skipped};
	} catch (error) {
		throw toProviderError(error, `read ${context.root}`);
	}
}

function machineRow(metrics: Metrics): ProviderResource {
	metrics.refreshMachine();
	return machineResource(metrics.ofMachine());
}

const moving: ReadonlySet<string> = new Set(['creating', 'pending', 'stopping']);

async function lookAround({context, metrics}: LocalState): ReturnType<Watched['look']> {
	const {observations} = await observeAll(context);
	metrics.refresh(observations);
	for (const {stored, leader} of observations) {
		if (leader !== undefined) {
			await mendLogger(context, stored);
		}
	}

	return {
		resources: [
			machineRow(metrics),
			...observations.map(observation => toResource(context, observation, metrics.of(observation.stored.record.id))),
		],
		runs: observations.filter(({leader}) => leader !== undefined).map(({stored}) => stored.run!),
		isMoving:
			observations.some(({status, raw}) => moving.has(status) || raw === 'detached') || metrics.ofMachine()?.cpuPercent === undefined,
	};
}

async function measureMachine({root}: LocalContext, signal: AbortSignal): Promise<ResourceMetrics> {
	const before = sampleMachine();
	await sleep(measureMs, undefined, {signal});
	return machineMetrics(root, before, sampleMachine());
}

async function measure(context: LocalContext, target: ResourceTarget, signal: AbortSignal): Promise<ResourceMetrics> {
	const {record, run} = findWorkstation(context, target);
	if (run === undefined || leaderOf(context, run) === undefined) {
		throw providerError('CWS_INVALID_STATE', {message: `\`${target.name}\` is not running.`, fix: 'start it'});
	}

	const before = sampleRuns(context, [run]).get(run.run);
	await sleep(measureMs, undefined, {signal});
	const now = sampleRuns(context, [run]).get(run.run)!;
	return metricsBetween(before, now, Date.now() - (record.start?.at ?? record.createdAt));
}
