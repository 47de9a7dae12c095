import {type PluginRecord} from '../../../core/plugin.ts';
import {type EngineState} from '../../../engine/state.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {clockTime} from '../../view/time/clock-time.ts';

const levelTokens = {debug: 'text.faint', info: 'text.default', warn: 'event.warn', error: 'event.error'} as const;

/** What it said last, the newest first; `l` has all of it. */
export function logLines({id}: PluginRecord, {logs}: EngineState, most = 100): readonly Line[] {
	const own = logs.filter(({plugin}) => plugin === id).slice(0, most);
	return own.length === 0
		? [[span('text.muted', 'It has not logged anything.')]]
		: own.map(({at, level, message}) => [span('text.faint', `${clockTime(at)} `), cell(levelTokens[level], level, 6), message]);
}
