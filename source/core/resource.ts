import {type Estimate} from './money/estimate.ts';
import {type ResourceRef} from './reference.ts';

export const resourceStatuses = [
	'pending',
	'creating',
	'running',
	'stopping',
	'stopped',
	'hibernating',
	'hibernated',
	'resuming',
	'deleting',
	'deleted',
	'failed',
	'unknown',
] as const;

/** The one list of states. A plugin maps to it and keeps the provider's own word in `rawStatus`. */
export type ResourceStatus = (typeof resourceStatuses)[number];

/** What can be done to a resource; a type declares its own subset in the manifest. */
export const resourceOperations = [
	'deploy',
	'list',
	'get',
	'start',
	'stop',
	'restart',
	'hibernate',
	'resume',
	'destroy',
	'logs',
	'connect',
	'metrics',
] as const;

/** What can be done with a resource type. */
export type ResourceOperation = (typeof resourceOperations)[number];

/** Where a resource can be reached. */
export type Endpoint = {
	readonly label?: string;
	/** Full URL when the endpoint has a scheme, else `host:port`. */
	readonly address: string;
	readonly isReachable?: boolean;
};

/** What a provider's `list` and `get` give. */
export type ProviderResource = {
	/** The provider's stable key, unique for (account, region, type). */
	readonly id: string;
	readonly type: string;
	readonly name: string;
	readonly account?: string;
	readonly region?: string;
	/** Shown where account and region would be, when there are none: `this machine`. */
	readonly where?: string;
	readonly status: ResourceStatus;
	/** The provider's own word. */
	readonly rawStatus: string;
	/** Why it is in this state, for example the last log line of a program that died. */
	readonly statusReason?: string;
	/** Short and human, for example `g5.xlarge` or `256 MB`. */
	readonly size?: string;
	/** Epoch milliseconds. */
	readonly createdAt?: number;
	readonly tags?: Readonly<Record<string, string>>;
	readonly owner?: string;
	readonly endpoints?: readonly Endpoint[];
	/** Id of the resource this one hangs on, for example the instance of a volume. */
	readonly attachedTo?: string;
	readonly cost?: Estimate;
	/** A reason why it may not be destroyed; absent when it may. */
	readonly protected?: string;
	/** Operations that are off right now, with the reason a person reads. */
	readonly disabled?: Readonly<Partial<Record<ResourceOperation, string>>>;
	/** Live figures, already coarse: the host shows them as they are. */
	readonly metrics?: ResourceMetrics;
	/** Anything else, for describe and YAML; JSON only. */
	readonly meta?: Readonly<Record<string, unknown>>;
};

/** What a resource uses now; absent is what nobody knows. */
export type ResourceMetrics = {
	readonly cpuPercent?: number;
	readonly memoryBytes?: number;
	readonly memoryTotalBytes?: number;
	readonly diskBytes?: number;
	readonly diskTotalBytes?: number;
	readonly uptimeMs?: number;
	readonly load1?: number;
};

/** A resource in the inventory: the provider's answer plus what the host knows. */
export type Resource = ProviderResource & {
	readonly ref: ResourceRef;
	/** Provider id, the plugin's `provider` name. */
	readonly provider: string;
	/** Epoch milliseconds of the answer it came with. */
	readonly seenAt: number;
};

const transitional: ReadonlySet<ResourceStatus> = new Set(['pending', 'creating', 'stopping', 'hibernating', 'resuming', 'deleting']);

export const isTransitional = (status: ResourceStatus): boolean => transitional.has(status);

/** Whether the machine runs, so that its compute is billed. */
export const isRunning = (status: ResourceStatus): boolean =>
	status === 'running' || status === 'stopping' || status === 'hibernating' || status === 'resuming';

/** Where a resource is, for a column: `prod/us-east-1`, `this machine`; empty when nobody knows. */
export const placeOf = ({account, region, where}: Pick<ProviderResource, 'account' | 'region' | 'where'>): string =>
	[account, region].filter(Boolean).join('/') || (where ?? '');
