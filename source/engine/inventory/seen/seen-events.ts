import {type EventLevel, type NewEvent} from '../../../core/event.ts';
import {isTransitional, type Resource} from '../../../core/resource.ts';
import {type Contribution} from '../../contributions/resource-types.ts';
import {type SeenChange} from '../poll/poller.ts';

/** More changes than this in one list are told together. */
export const mostSeen = 20;

/**
What changes in lists mean to a person: something started, stopped, appeared or went without cws. Many at once are one event,
so that a fleet coming up does not push everything else out.
*/
export function seenEvents(contribution: Contribution, changes: readonly SeenChange[]): readonly NewEvent[] {
	const settled = changes.filter(({after}) => after === undefined || !isTransitional(after.status));
	if (settled.length <= mostSeen) {
		return settled.map(change => eventOf(contribution, change));
	}

	const {key, provider} = contribution;
	return [{type: 'inventory.changed', level: 'info', subject: key, provider, message: `${settled.length} changes seen in ${key}`}];
}

/** Whether the type is something that runs, or something that is just there, like a volume. */
export const isInstance = ({operations}: Contribution): boolean => operations.includes('start') || operations.includes('stop');

function eventOf(contribution: Contribution, {before, after}: SeenChange): NewEvent {
	const {provider, name, ref} = (after ?? before)!;
	const [type, message, level = 'info'] = wordsOf(contribution, before, after);
	return {type, level, subject: `${provider}/${name}`, ref, provider, message};
}

function wordsOf(contribution: Contribution, before: Resource | undefined, after: Resource | undefined): [string, string, EventLevel?] {
	const created = isInstance(contribution) ? 'instance.launched' : 'resource.created';
	const gone = isInstance(contribution) ? 'instance.terminated' : 'resource.deleted';
	if (after === undefined || after.status === 'deleted') {
		return [gone, 'is gone from the provider'];
	}

	if (before === undefined) {
		return [created, `appeared, ${after.status}`];
	}

	const reason = after.statusReason === undefined ? '' : `: ${after.statusReason}`;
	switch (after.status) {
		case 'running': {
			const isNew = before.status === 'creating' || before.status === 'pending';
			return isNew
				? [created, 'running']
				: before.status === 'resuming' || before.status === 'hibernated'
					? ['instance.resumed', 'resumed']
					: ['instance.started', `${before.status} → running`];
		}

		case 'stopped': {
			return ['instance.stopped', `${before.status} → stopped${reason}`];
		}

		case 'hibernated': {
			return ['instance.hibernated', `${before.status} → hibernated`];
		}

		default: {
			const type = isInstance(contribution) ? 'instance.state.changed' : 'resource.state.changed';
			return [type, `${before.status} → ${after.status}${reason}`, after.status === 'failed' ? 'error' : 'warn'];
		}
	}
}
