import {type ViewState} from '../state.ts';
import {type PaneReading} from './pane-reading.ts';

/** Whether the views differ in nothing but the time, and in when panes of plugins were read that say the same. A screen shows more of both. */
export function isSameButPanes(before: ViewState, after: ViewState): boolean {
	const keys = Object.keys(after) as (keyof ViewState)[];
	return (
		after.screens.length + after.overlays.length === 0 &&
		keys.length === Object.keys(before).length &&
		keys.every(key => key === 'now' || key === 'panes' || before[key] === after[key]) &&
		before.panes !== after.panes &&
		isSameReadings(before.panes, after.panes)
	);
}

function isSameReadings(before: ViewState['panes'], after: ViewState['panes']): boolean {
	const entries = Object.entries(after);
	return entries.length === Object.keys(before).length && entries.every(([key, reading]) => isSameReading(before[key], reading));
}

const isSameReading = (before: PaneReading | undefined, after: PaneReading): boolean =>
	before?.view === after.view && before?.error === after.error && before?.generation === after.generation;
