import {isEnded, type Operation} from '../../../core/operation.ts';
import {type Clock} from '../../../core/ports/clock.ts';
import {type EventLog} from '../../records/event-log.ts';
import {type StateStore} from '../../state-store.ts';
import {type InventorySource} from '../inventory.ts';
import {type SeenChange} from '../poll/poller.ts';
import {mostSeen, seenEvents} from './seen-events.ts';

// A provider's list may lag behind its own answer to an operation: for a moment it shows again what was before,
// and later what the operation brought about.
const lagMs = 5000;
const effectMs = 30_000;

export type ReportSeen = (source: InventorySource, changes: readonly SeenChange[]) => void;

/** Tells of what changed without this cws. Only the recorder tells, or each of several dashboards would say it again. */
export function createSeenReporter({state, clock, events}: {state: StateStore; clock: Clock; events: EventLog}): ReportSeen {
	const isOwn = ({contribution: {provider, type}}: InventorySource, {before, after}: SeenChange): boolean => {
		const row = (after ?? before)!;
		return state
			.get()
			.operations.some(
				operation =>
					(operation.ref === row.ref || (operation.name === row.name && operation.provider === provider && operation.type === type)) &&
					(!isEnded(operation.state) || isEffect(operation, {before, after}, clock.now())),
			);
	};

	return (source, changes) => {
		if (!state.get().recorder.isMine || changes.length === 0) {
			return;
		}

		// A fleet that changes is not what one operation did.
		const foreign = changes.length > 10 * mostSeen ? changes : changes.filter(change => !isOwn(source, change));
		events.emit(...seenEvents(source.contribution, foreign));
	};
}

function isEffect({action, expects, endedAt = 0}: Operation, {before, after}: SeenChange, now: number): boolean {
	const isExpected = after === undefined ? action === 'destroy' : expects.includes(after.status);
	return endedAt >= now - lagMs || (isExpected && endedAt >= Math.min(before?.seenAt ?? 0, now - effectMs));
}
