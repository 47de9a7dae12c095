import {free, amount, total, unknown, type Money} from '../../../source/core/money/money.ts';
import {type CwsEvent} from '../../../source/core/event.ts';
import {type Operation} from '../../../source/core/operation.ts';
import {type PluginRecord, type PluginState} from '../../../source/core/plugin.ts';
import {formatRef} from '../../../source/core/reference.ts';
import {resourceOperations, type Resource} from '../../../source/core/resource.ts';
import {failure} from '../../../source/core/failure/failure.ts';
import {type EngineState, type SourceState} from '../../../source/engine/state.ts';

export const now = Date.UTC(2026, 10, 21, 10, 24, 5);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A resource of `aws`, running, unless the parts say something else. */
export function sampleResource({id, name = id ?? 'web-1', ...parts}: Partial<Omit<Resource, 'ref'>> & {readonly hourly?: Money}): Resource {
	const {hourly, ...rest} = parts;
	const resource = {
		id: id ?? `i-${name}`,
		name,
		provider: 'aws',
		type: 'vm',
		status: 'running' as const,
		rawStatus: 'running',
		createdAt: now - 2 * hour,
		seenAt: now - 4000,
		...(hourly === undefined ? {} : {cost: {hourly, stoppedHourly: hourly, components: [], confidence: 'exact' as const, notCounted: []}}),
		...rest,
	};
	return {...resource, ref: formatRef(resource)};
}

export const sampleSource = (resources: readonly Resource[], parts: Partial<SourceState> = {}): SourceState => {
	const provider = parts.provider ?? resources[0]?.provider ?? 'aws';
	const type = parts.type ?? resources[0]?.type ?? 'vm';
	return {
		key: `${provider}/${type}`,
		plugin: provider,
		provider,
		type,
		phase: 'live',
		resources,
		seenAt: now - 4000,
		isStale: false,
		isRefreshing: false,
		missing: [],
		skipped: 0,
		...parts,
	};
};

export const samplePlugin = (
	id: string,
	parts: Partial<PluginRecord> & {readonly latencyMs?: number; readonly state?: PluginState} = {},
): PluginRecord => {
	const {latencyMs, ...rest} = parts;
	return {
		id,
		manifest: {
			id,
			version: '1.0.0',
			title: id,
			kind: 'provider',
			api: 1,
			main: 'index.ts',
			contributes: {resourceTypes: ['vm', 'job', 'host', 'db', 'ctr'].map(type => ({type, operations: resourceOperations}))},
		},
		origin: 'bundled',
		directory: `/plugins/${id}`,
		state: 'active',
		generation: 1,
		health: {status: 'pass', ...(latencyMs === undefined ? {} : {latencyMs})},
		healthHistory: [],
		strikes: 0,
		tasks: [],
		hooks: [],
		services: [],
		requires: [],
		denied: {count: 0},
		...rest,
	};
};

export const sampleOperation = (parts: Partial<Operation>): Operation => ({
	id: 'op-1',
	action: 'deploy',
	provider: 'aws',
	type: 'vm',
	name: 'web-1',
	state: 'requested',
	expects: ['running'],
	requestedAt: now - 12_000,
	updatedAt: now - 1000,
	cli: 'cws deploy vm web-1 --provider aws',
	origin: 'tui',
	pid: 1,
	input: {},
	...parts,
});

const sampleEvent = (
	seq: number,
	at: number,
	type: string,
	level: CwsEvent['level'],
	subject: string,
	provider: string,
	message: string,
): CwsEvent => ({
	seq,
	at,
	type,
	level,
	subject,
	provider,
	message,
});

export const sampleState = (parts: Partial<EngineState> = {}): EngineState => ({
	phase: 'ready',
	isDemo: false,
	isReadOnly: false,
	isPaused: false,
	plugins: [samplePlugin('local', {latencyMs: 1})],
	sources: [],
	operations: [],
	events: [],
	logs: [],
	notices: [],
	spend: {today: total([]), monthToDate: total([]), forecast: total([]), history: [], hasGaps: false, byRef: new Map(), computedAt: now},
	recorder: {isMine: true},
	hoursPerMonth: 720,
	...parts,
});

/** The state of the design's picture: several providers, one failed, one thing of each kind. */
export function pictureState(): EngineState {
	const aws = [
		sampleResource({
			name: 'genomics-gpu',
			account: 'prod',
			region: 'us-east-1',
			size: 'g5.xlarge',
			createdAt: now - 12 * day,
			hourly: amount(1.006),
		}),
		sampleResource({
			name: 'train-llama-3',
			account: 'prod',
			region: 'us-east-1',
			size: 'g5.xlarge',
			status: 'creating',
			createdAt: now - 12_000,
			hourly: amount(1.006),
		}),
		sampleResource({
			name: 'notebook-17',
			account: 'lab',
			region: 'eu-west-1',
			size: 't3.large',
			status: 'hibernated',
			createdAt: now - 9 * day,
			hourly: amount(0.011),
		}),
		sampleResource({
			name: 'old-notebook',
			account: 'lab',
			region: 'eu-west-1',
			size: 't3.large',
			status: 'stopped',
			createdAt: now - 88 * day,
			hourly: amount(0.0111),
		}),
	];
	const slurm = [
		sampleResource({
			provider: 'slurm',
			type: 'job',
			name: 'fold-17',
			account: 'main',
			region: 'gpu',
			size: '2 × A100',
			createdAt: now - 2 * hour,
			hourly: amount(0.94),
		}),
		sampleResource({
			provider: 'slurm',
			type: 'job',
			name: 'assembly-array',
			account: 'main',
			region: 'compute',
			size: '64 cpu',
			createdAt: now - 5 * hour,
			hourly: unknown('no rate'),
		}),
	];
	const ssh = [
		sampleResource({
			provider: 'ssh',
			type: 'host',
			name: 'render-box',
			region: 'workshop',
			size: '32 cpu',
			createdAt: now - 140 * day,
			hourly: unknown('no rate'),
		}),
	];
	const local = [
		sampleResource({
			provider: 'local',
			name: 'web-1',
			region: 'this machine',
			size: '256 MB',
			createdAt: now - 4 * minute,
			hourly: free('this machine'),
		}),
	];
	const docker = [
		sampleResource({
			provider: 'docker',
			type: 'ctr',
			name: 'scratch',
			region: 'this machine',
			size: 'alpine',
			createdAt: now - 2 * day,
			hourly: free('x'),
		}),
		sampleResource({
			provider: 'docker',
			type: 'ctr',
			name: 'bad-image',
			region: 'this machine',
			size: 'nope:1',
			status: 'failed',
			createdAt: now - minute,
			hourly: free('x'),
		}),
	];
	const gcp = [
		sampleResource({
			provider: 'gcp',
			name: 'old-vm-1',
			account: 'demo',
			region: 'us-central',
			size: 'e2-medium',
			createdAt: now - 31 * day,
			hourly: amount(0.0335),
		}),
		sampleResource({
			provider: 'gcp',
			name: 'old-vm-2',
			account: 'demo',
			region: 'us-central',
			size: 'e2-medium',
			status: 'stopped',
			createdAt: now - 31 * day,
			hourly: amount(0.0056),
		}),
	];
	const scheduled = sampleOperation({
		id: 'op-2',
		action: 'destroy',
		name: 'scratch',
		provider: 'docker',
		type: 'ctr',
		ref: docker[0]!.ref,
		state: 'scheduled',
		dueAt: now + 8000,
		requestedAt: now - 2000,
	});
	return sampleState({
		plugins: [
			samplePlugin('local', {latencyMs: 1}),
			samplePlugin('docker', {latencyMs: 6}),
			samplePlugin('aws', {latencyMs: 212}),
			samplePlugin('slurm', {health: {status: 'warn', latencyMs: 2100, output: 'slow'}}),
			samplePlugin('gcp', {health: {status: 'fail', needsLogin: true, output: 'not logged in'}}),
			samplePlugin('azure', {state: 'disabled', health: {status: 'unknown'}}),
		],
		sources: [
			sampleSource(local),
			sampleSource(docker),
			sampleSource(aws),
			sampleSource(slurm),
			sampleSource(ssh),
			sampleSource(gcp, {
				phase: 'failed',
				isStale: true,
				seenAt: now - 3 * hour,
				error: failure('CWS_NEEDS_LOGIN', {message: 'not logged in', fix: 'run `gcloud auth login`'}),
			}),
		],
		operations: [scheduled, sampleOperation({name: 'train-llama-3', ref: aws[1]!.ref, progress: 0.7, stage: 'starting instance'})],
		events: [
			sampleEvent(6, now - 7000, 'instance.launched', 'info', 'web-1', 'local', 'running after 0.4 s, port 8080 answers'),
			sampleEvent(5, now - 24_000, 'plugin.health.changed', 'warn', 'slurm', 'slurm', 'pass → warn: slurmctld answered in 2.1 s'),
			sampleEvent(4, now - 115_000, 'instance.failed', 'error', 'bad-image', 'docker', 'image `nope:1` not found'),
			sampleEvent(3, now - 5 * minute, 'instance.hibernated', 'info', 'notebook-17', 'aws', 'idle for 3 h, saves $59.90/mo'),
		],
		spend: {
			today: total([amount(62.1)]),
			monthToDate: total([amount(1904)]),
			forecast: total([amount(3120)]),
			history: [1, 2, 2, 3, 4, 5, 5, 6, 7, 8],
			hasGaps: false,
			byRef: new Map(),
			computedAt: now,
		},
	});
}
