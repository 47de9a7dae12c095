import {type EngineState} from '../state.ts';
import {attentionOf} from './attention.ts';
import {summaryOf} from './source-summary.ts';

export type Counts = {readonly resources: number; readonly running: number; readonly needAttention: number};

/** The figures of the header. */
export function countResources(state: EngineState): Counts {
	const summaries = state.sources.map(source => summaryOf(source));
	return {
		resources: summaries.reduce((sum, {resources}) => sum + resources, 0),
		running: summaries.reduce((sum, {running}) => sum + running, 0),
		needAttention: attentionOf(state).length,
	};
}
