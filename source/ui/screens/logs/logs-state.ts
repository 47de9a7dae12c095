import {type Failure} from '../../../core/failure/failure.ts';
import {type LogLine} from '../../../core/plugin.ts';
import {type ResourceRef} from '../../../core/reference.ts';
import {type TextSearch} from '../../components/scroll-text/text-search.ts';

/** Older lines than these are let go. */
export const logCapacity = 10_000;

export type LogsScreen = {
	readonly kind: 'logs';
	readonly title: string;
	/** A resource's own log is a stream; a plugin's is in the engine's state. */
	readonly source: {readonly type: 'resource'; readonly ref: ResourceRef} | {readonly type: 'plugin'; readonly plugin: string};
	readonly lines: readonly LogLine[];
	/** How many were let go at the start. */
	readonly dropped: number;
	readonly phase: 'waiting' | 'streaming' | 'ended' | 'failed';
	readonly error?: Failure;
	/** Stays at the end as lines come. */
	readonly isFollowing: boolean;
	/** Index of the first line in sight while not following. */
	readonly top: number;
	readonly isWrapped: boolean;
	readonly hasTimes: boolean;
	readonly search: TextSearch;
};

/** Adds lines at the end, within the capacity; what is in sight stays in sight. */
export function appendLines(state: LogsScreen, lines: readonly LogLine[]): LogsScreen {
	if (lines.length === 0) {
		return state;
	}

	const all = [...state.lines, ...lines];
	const over = Math.max(0, all.length - logCapacity);
	return {...state, lines: over === 0 ? all : all.slice(over), dropped: state.dropped + over, top: Math.max(0, state.top - over)};
}
