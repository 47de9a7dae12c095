import {type CwsEvent} from '../../core/event.ts';
import {type LogRecord} from '../../core/plugin.ts';
import {type EngineState} from '../state.ts';

const keep = 500;

/** Adds events, newest first. Those whose number is known already are not new. */
export function addEvents(state: EngineState, events: readonly CwsEvent[]): EngineState {
	const known = new Set(state.events.map(({seq}) => seq));
	const fresh = events.filter(({seq}) => !known.has(seq));
	if (fresh.length === 0) {
		return state;
	}

	return {...state, events: [...fresh, ...state.events].toSorted((a, b) => b.at - a.at || order(b) - order(a)).slice(0, keep)};
}

/** Gives events their stored numbers; `from[n]` was stored as `to[n]`. */
export function numberEvents(state: EngineState, from: readonly CwsEvent[], to: readonly CwsEvent[]): EngineState {
	const stored = new Map(from.map(({seq}, index) => [seq, to[index]?.seq]));
	const taken = new Set(state.events.map(({seq}) => seq));
	const events = state.events.flatMap(event => {
		const seq = stored.get(event.seq);
		// The reload of another process's events may have been faster.
		return seq === undefined ? [event] : taken.has(seq) ? [] : [{...event, seq}];
	});
	return {...state, events};
}

export const addLogs = (state: EngineState, logs: readonly LogRecord[]): EngineState =>
	logs.length === 0 ? state : {...state, logs: [...logs.toReversed(), ...state.logs].slice(0, keep)};

// Numbers not yet stored count down from -1 and are newer than any stored one.
const order = ({seq}: CwsEvent): number => (seq < 0 ? Number.MAX_SAFE_INTEGER / 2 - seq : seq);
