import {hoursInMonth} from '../core/money/cost.ts';
import {total} from '../core/money/money.ts';
import {type EnginePorts} from './engine.ts';
import {type EngineState} from './state.ts';

export function initialState({host, clock, settings, notices, isDemo}: EnginePorts): EngineState {
	const nothing = total([]);
	return {
		phase: 'starting',
		isDemo,
		isReadOnly: settings.readOnly,
		isPaused: false,
		plugins: host.records(),
		sources: [],
		operations: [],
		events: [],
		logs: [],
		notices,
		spend: {
			today: nothing,
			monthToDate: nothing,
			forecast: nothing,
			history: [],
			hasGaps: false,
			byRef: new Map(),
			computedAt: 0,
		},
		recorder: {isMine: false},
		hoursPerMonth: hoursInMonth(settings.cost.hoursPerMonth, clock.now()),
	};
}
