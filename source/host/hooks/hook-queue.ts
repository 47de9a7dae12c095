import {eventKind} from '../../core/event-catalogue.ts';
import {type CwsEvent} from '../../core/event.ts';

export type HookEvent = Omit<CwsEvent, 'seq'>;

/** Events that wait for one handler, oldest first. */
export type HookQueue = {
	readonly push: (event: HookEvent) => void;
	readonly shift: () => HookEvent | undefined;
	/** Lost because there was no room. */
	readonly dropped: () => number;
};

/** Keeps the newest when it is full, and of what is only worth its latest state the latest. */
export function createHookQueue(capacity: number): HookQueue {
	const waiting: HookEvent[] = [];
	let dropped = 0;
	return {
		push(event) {
			const isLatestOnly = eventKind(event.type)?.isLatestOnly === true;
			const same = isLatestOnly ? waiting.findIndex(other => isAboutTheSame(other, event)) : -1;
			if (same !== -1) {
				waiting[same] = event;
				return;
			}

			if (waiting.length >= capacity) {
				waiting.shift();
				dropped++;
			}

			waiting.push(event);
		},
		shift: () => waiting.shift(),
		dropped: () => dropped,
	};
}

const isAboutTheSame = (one: HookEvent, other: HookEvent): boolean =>
	one.type === other.type && one.subject === other.subject && one.ref === other.ref;
