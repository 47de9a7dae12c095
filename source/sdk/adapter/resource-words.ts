import {resourceStatuses, type ResourceStatus} from '../../core/resource.ts';

const words: Readonly<Record<string, ResourceStatus>> = {
	active: 'running',
	available: 'running',
	online: 'running',
	ready: 'running',
	started: 'running',
	up: 'running',
	queued: 'pending',
	scheduling: 'pending',
	booting: 'creating',
	building: 'creating',
	created: 'creating',
	initializing: 'creating',
	launching: 'creating',
	provisioning: 'creating',
	starting: 'creating',
	halting: 'stopping',
	'shutting-down': 'stopping',
	halted: 'stopped',
	inactive: 'stopped',
	off: 'stopped',
	offline: 'stopped',
	paused: 'stopped',
	suspended: 'hibernated',
	deprovisioning: 'deleting',
	destroying: 'deleting',
	terminating: 'deleting',
	destroyed: 'deleted',
	terminated: 'deleted',
	crashed: 'failed',
	error: 'failed',
	errored: 'failed',
};

/** A provider's word for a state as one of ours; `unknown` when it is none that anybody uses. */
export function statusOf(word: string): ResourceStatus {
	const plain = word.toLowerCase().replaceAll(/[_\s]/g, '-');
	return (resourceStatuses as readonly string[]).includes(plain) ? (plain as ResourceStatus) : (words[plain] ?? 'unknown');
}
