import {type Failure} from './failure/failure.ts';
import {type ResourceRef} from './reference.ts';
import {type ResourceOperation, type ResourceStatus} from './resource.ts';

export const resultStatuses = ['created', 'deleted', 'not_found', 'preview', 'started', 'stopped', 'updated', 'skipped', 'failed'] as const;

/** How a provider's operation ended; not to be confused with the status of the resource. */
export type ResultStatus = (typeof resultStatuses)[number];

/** What a provider's mutating method returns. */
export type OperationResult = {
	readonly status: ResultStatus;
	readonly id?: string;
	readonly account?: string;
	readonly region?: string;
	readonly message?: string;
	/** Read-only facts about what was made, for the comparison with the plan. */
	readonly size?: string;
};

/**
`scheduled` waits in the undo window, `requested` was handed to the provider, `accepted` is done as far as the provider says,
`verified` was read back; `diverged` was accepted but did not reach its state.
*/
export type OperationState = 'scheduled' | 'requested' | 'accepted' | 'verified' | 'diverged' | 'failed' | 'cancelled';

export type OperationAction = Exclude<ResourceOperation, 'list' | 'get' | 'logs' | 'connect' | 'metrics'>;

/** One engine command in flight or ended: a row in tasks. */
export type Operation = {
	readonly id: string;
	readonly action: OperationAction;
	readonly provider: string;
	readonly type: string;
	readonly name: string;
	/** Absent until a deploy learns the provider's id. */
	readonly ref?: ResourceRef;
	readonly state: OperationState;
	/** The status that verifies it. */
	readonly expects: readonly ResourceStatus[];
	readonly stage?: string;
	/** 0 to 1 where the provider knows. */
	readonly progress?: number;
	/** Epoch milliseconds. */
	readonly requestedAt: number;
	readonly updatedAt: number;
	readonly endedAt?: number;
	/** Epoch milliseconds at which a scheduled operation really starts. */
	readonly dueAt?: number;
	readonly result?: OperationResult;
	readonly error?: Failure;
	/** The same on the command line. */
	readonly cli: string;
	readonly origin: Origin;
	/** Process that owns it; another cws takes it over when this one is gone. */
	readonly pid: number;
	/** What it was given, so that retry repeats it exactly. */
	readonly input: Readonly<Record<string, unknown>>;
};

export type Origin = 'tui' | 'cli' | 'api';

const ended: ReadonlySet<OperationState> = new Set(['verified', 'diverged', 'failed', 'cancelled']);

export const isEnded = (state: OperationState): boolean => ended.has(state);
