import {contributionsOf} from '../../../engine/contributions/resource-types.ts';
import {type EngineState, type SourceState} from '../../../engine/state.ts';
import {answerAge, untilNextAnswerAge} from './ages.ts';

const usualMs = 10_000;
const longestMs = 60_000;

/** How old the answer of a source is; `live` as long as it is as fresh as that source is asked for. */
export const sourceAge = (source: SourceState, engine: EngineState, now: number): string =>
	answerAge(now - (source.seenAt ?? now), paceOf(source, engine));

/** Milliseconds until `sourceAge` says something else. */
export const untilNextSourceAge = (source: SourceState, engine: EngineState, now: number): number =>
	untilNextAnswerAge(now - (source.seenAt ?? now), paceOf(source, engine));

function paceOf({key}: SourceState, {plugins}: EngineState): number {
	const seconds = contributionsOf(plugins).get(key)?.pollSeconds;
	return seconds === undefined ? usualMs : Math.min(longestMs, Math.max(usualMs, seconds * 1000));
}
