import {type ResourceStatus} from 'cws/sdk';

const statuses: Readonly<Record<string, ResourceStatus>> = {
	PENDING: 'pending',
	RUNNING: 'running',
	SUSPENDED: 'hibernated',
	COMPLETED: 'stopped',
	CANCELLED: 'deleted',
	FAILED: 'failed',
	TIMEOUT: 'failed',
	NODE_FAIL: 'failed',
	PREEMPTED: 'stopped',
	BOOT_FAIL: 'failed',
	DEADLINE: 'failed',
	OUT_OF_MEMORY: 'failed',
	LAUNCH_FAILED: 'failed',
	RECONFIG_FAIL: 'failed',
	// What newer versions write beside one of those above.
	COMPLETING: 'stopping',
	CONFIGURING: 'creating',
	RESIZING: 'running',
	REQUEUED: 'pending',
	REQUEUE_FED: 'pending',
	REQUEUE_HOLD: 'stopped',
	SPECIAL_EXIT: 'stopped',
	STOPPED: 'hibernated',
	SIGNALING: 'running',
	STAGE_OUT: 'stopping',
	REVOKED: 'deleted',
	POWER_UP_NODE: 'creating',
	RESV_DEL_HOLD: 'stopped',
	EXPEDITING: 'pending',
};

const flagsFirst = ['COMPLETING', 'REQUEUE_HOLD', 'SPECIAL_EXIT', 'CONFIGURING', 'POWER_UP_NODE', 'STOPPED'] as const;

/** A job waits and will not start by itself. */
export const isHeldReason = (reason: string | undefined): boolean =>
	reason !== undefined && /^(JobHeldUser|JobHeldAdmin|JobHoldMaxRequeue)$/.test(reason);

/** What a state, or a state with flags, is in the words of cws. */
export function statusOf(states: readonly string[], reason: string | undefined): ResourceStatus {
	const flag = flagsFirst.find(name => states.includes(name));
	const state = flag ?? states[0];
	const status = state !== undefined && Object.hasOwn(statuses, state) ? statuses[state]! : 'unknown';
	return status === 'pending' && isHeldReason(reason) ? 'stopped' : status;
}

const ended: ReadonlySet<string> = new Set([
	'COMPLETED',
	'CANCELLED',
	'FAILED',
	'TIMEOUT',
	'NODE_FAIL',
	'PREEMPTED',
	'BOOT_FAIL',
	'DEADLINE',
	'OUT_OF_MEMORY',
	'REVOKED',
]);

export const hasEnded = (states: readonly string[]): boolean => states.some(state => ended.has(state)) && !states.includes('COMPLETING');
