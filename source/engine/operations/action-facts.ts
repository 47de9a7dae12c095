import {type ResourceStatus} from '../../core/resource.ts';
import {type OperationCommandId} from '../command-types.ts';
import {type Contribution} from '../contributions/resource-types.ts';

type ActionFacts = {
	/** Shown from the first moment until the provider shows something itself. */
	readonly meanwhile: ResourceStatus;
	readonly expects: readonly ResourceStatus[];
	/** Statuses it can begin from; absent when any will do. */
	readonly from?: readonly ResourceStatus[];
	readonly event: string;
	readonly done: string;
};

/** What the engine knows of each action. */
export const actionFacts: Readonly<Record<OperationCommandId, ActionFacts>> = {
	deploy: {meanwhile: 'creating', expects: ['running'], event: 'instance.launched', done: 'running'},
	start: {meanwhile: 'pending', expects: ['running'], from: ['stopped', 'failed', 'unknown'], event: 'instance.started', done: 'running'},
	stop: {
		meanwhile: 'stopping',
		expects: ['stopped'],
		from: ['running', 'hibernated', 'unknown'],
		event: 'instance.stopped',
		done: 'stopped',
	},
	restart: {
		meanwhile: 'pending',
		expects: ['running'],
		from: ['running', 'failed', 'unknown'],
		event: 'instance.restarted',
		done: 'running again',
	},
	hibernate: {
		meanwhile: 'hibernating',
		expects: ['hibernated'],
		from: ['running', 'unknown'],
		event: 'instance.hibernated',
		done: 'hibernated',
	},
	resume: {meanwhile: 'resuming', expects: ['running'], from: ['hibernated', 'unknown'], event: 'instance.resumed', done: 'running'},
	destroy: {meanwhile: 'deleting', expects: ['deleted'], event: 'instance.terminated', done: 'destroyed'},
};

/** What verifies it. Something that cannot be stopped may well have ended by itself, a job for example; what is queued waits first. */
export function expectedOf(action: OperationCommandId, {operations, isQueued}: Contribution): readonly ResourceStatus[] {
	const {expects} = actionFacts[action];
	if (action === 'deploy' && (isQueued || !operations.includes('stop'))) {
		return isQueued ? ['pending', 'running', 'stopped'] : ['running', 'stopped'];
	}

	return isQueued && (action === 'start' || action === 'restart') ? ['pending', ...expects] : expects;
}

/** Statuses it can begin from; undefined when any will do. */
export const beginsFrom = (action: OperationCommandId, {isQueued}: Contribution): readonly ResourceStatus[] | undefined =>
	isQueued && action === 'stop' ? ['pending', ...actionFacts.stop.from!] : actionFacts[action].from;

export const isCommandAction = (action: string): action is OperationCommandId => Object.hasOwn(actionFacts, action);
