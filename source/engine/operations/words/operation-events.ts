import {type NewEvent} from '../../../core/event.ts';
import {formatElapsed} from '../../../core/text/duration.ts';
import {type Operation} from '../../../core/operation.ts';
import {type Resource} from '../../../core/resource.ts';
import {type Contribution} from '../../contributions/resource-types.ts';
import {isInstance} from '../../inventory/seen/seen-events.ts';
import {actionFacts, isCommandAction} from '../action-facts.ts';

/** What the end of an operation is in the activity pane. */
export function endEvent(operation: Operation, contribution: Contribution, row: Resource | undefined): NewEvent {
	const {action, error, state} = operation;
	const about = aboutOf(operation);
	switch (state) {
		case 'verified': {
			return {...about, type: doneType(operation, contribution), level: 'info', message: doneMessage(operation, row)};
		}

		case 'cancelled': {
			return {...about, type: 'action.cancelled', level: 'info', message: error?.message ?? `${action} cancelled`};
		}

		case 'diverged': {
			return {...about, type: 'task.diverged', level: 'warn', message: error?.message ?? `${action} did not converge`};
		}

		default: {
			const cause = error?.cause === undefined ? '' : ` (${error.cause})`;
			return {...about, type: 'task.failed', level: 'error', message: `${action} failed: ${error?.message ?? 'no reason given'}${cause}`};
		}
	}
}

export const aboutOf = ({provider, name, ref, id}: Operation): Pick<NewEvent, 'subject' | 'provider' | 'ref' | 'data'> => ({
	subject: `${provider}/${name}`,
	provider,
	...(ref !== undefined && {ref}),
	data: {operation: id},
});

function doneType({action}: Operation, contribution: Contribution): string {
	if (!isInstance(contribution) && (action === 'deploy' || action === 'destroy')) {
		return action === 'deploy' ? 'resource.created' : 'resource.deleted';
	}

	return isCommandAction(action) ? actionFacts[action].event : 'task.completed';
}

function doneMessage({action, result, requestedAt, endedAt, dueAt}: Operation, row: Resource | undefined): string {
	if (result?.status === 'not_found') {
		return 'was gone already (not_found)';
	}

	if (result?.status === 'skipped') {
		return result.message ?? `${action} was not needed`;
	}

	const took = formatElapsed(Math.max(0, (endedAt ?? requestedAt) - (dueAt ?? requestedAt)));
	const done = action === 'deploy' && row ? row.status : isCommandAction(action) ? actionFacts[action].done : 'done';
	return `${done} after ${took}`;
}
