import {type CallContext, type Choice, type Provider, providerError, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {clusterNameOf} from './cluster-of.ts';
import {estimateJob} from './cost.ts';
import {connectJob} from './job/connect.ts';
import {deployJob} from './job/deploy.ts';
import {findJob, needJob} from './job/find.ts';
import {resolveJob, tresOf} from './job/job-spec.ts';
import {readLogs} from './job/logs.ts';
import {measureJob} from './job/metrics.ts';
import {cancelJob, restartJob, resumeJob, startJob, stopJob, suspendJob} from './job/operations.ts';
import {planJob, planJobAction} from './job/plan.ts';
import {jobResource} from './job/to-resource.ts';
import {isSlurmType, list} from './list.ts';
import {nodeResource} from './node/to-resource.ts';
import {partitionResource} from './partition/partition.ts';
import {type SlurmState} from './state.ts';

export const createProvider = (state: () => SlurmState): Provider => ({
	async *list({type}, {signal}) {
		if (isSlurmType(type)) {
			yield* list(state(), type, signal);
		}
	},
	get: async (target, call) => get(state(), target, call),
	plan: async (_provider, spec) => planJob(state(), spec),
	planAction: async (action, target, {signal}) => planJobAction(action, (await needJob(state(), target, signal)).job),
	choices: async ({type}, {signal}) => choices(state(), type, signal),
	async estimateCost(_provider, spec) {
		const {clusters, clusterOf, config, world} = state();
		const rates = clusters.length === 0 ? config : clusterOf(clusterNameOf(spec)).rates;
		return estimateJob(tresOf(resolveJob(spec, world)), rates, config.currency);
	},
	deploy: async (_provider, spec, call) => deployJob(state(), spec, call),
	start: async (target, call) => startJob(state(), ofJob(target), call),
	stop: async (target, call) => stopJob(state(), ofJob(target), call),
	restart: async (target, call) => restartJob(state(), ofJob(target), call),
	hibernate: async (target, call) => suspendJob(state(), ofJob(target), call),
	resume: async (target, call) => resumeJob(state(), ofJob(target), call),
	destroy: async (target, call) => cancelJob(state(), target, call),
	logs: (target, options, {signal}) => readLogs(state(), ofJob(target), options, signal),
	connect: async (target, {command}, {signal}) => connectJob(await needJob(state(), ofJob(target), signal), command),
	metrics: async (target, {signal}) => measureJob(await needJob(state(), ofJob(target), signal), signal),
});

function ofJob(target: ResourceTarget): ResourceTarget {
	if (target.type !== 'job') {
		throw providerError('CWS_NOT_SUPPORTED', {message: `\`slurm\` cannot do that to a \`${target.type}\`.`, fix: 'see `cws providers`'});
	}

	return target;
}

async function get(state: SlurmState, target: ResourceTarget, {signal}: CallContext): Promise<ProviderResource | null> {
	if (target.type === 'job') {
		const found = await findJob(state, target, signal);
		return found === undefined ? null : jobResource(found.job, found.cluster, state.config.currency);
	}

	for (const cluster of state.among(target.account)) {
		if (target.type === 'node') {
			const node = (await cluster.reader.read('nodes', signal)).answer.items.find(({id}) => id === target.id);
			if (node !== undefined) {
				return nodeResource(node, cluster.name);
			}
		} else if (target.type === 'partition') {
			const partition = (await cluster.reader.read('partitions', signal)).answer.items.find(({id}) => id === target.id);
			if (partition !== undefined) {
				return partitionResource(partition, cluster.name);
			}
		}
	}

	return null;
}

/** What the form offers: the clusters, and the partitions of the first. */
async function choices(state: SlurmState, type: string, signal: AbortSignal): Promise<Readonly<Record<string, readonly Choice[]>>> {
	const [first] = state.clusters;
	if (type !== 'job' || first === undefined) {
		return {};
	}

	const cluster = state.clusters.map(({name, client}) => ({value: name, description: client.describe()}));
	try {
		const {answer} = await first.reader.read('partitions', signal);
		const partition = answer.items.map(({id, isDefault, maxTime, state, nodeCount}) => ({
			value: id,
			description: [isDefault ? 'default' : '', nodesInWords(nodeCount), limitInWords(maxTime)].filter(Boolean).join(', '),
			...(state !== 'UP' && {unavailable: `it is ${state.toLowerCase()}`}),
		}));
		return {cluster, partition};
	} catch {
		signal.throwIfAborted();
		return {cluster};
	}
}

const nodesInWords = (count: number | undefined): string => (count === undefined ? '' : `${count} ${count === 1 ? 'node' : 'nodes'}`);

const limitInWords = (maxTime: string | undefined): string =>
	maxTime === undefined || maxTime === 'UNLIMITED' ? 'no time limit' : `at most ${maxTime}`;
