import {type Operation} from '../../core/operation.ts';
import {type EngineState} from '../state.ts';

const keep = 200;

/** Puts an operation in its place, a new one first. */
export function putOperation(state: EngineState, operation: Operation): EngineState {
	const index = state.operations.findIndex(({id}) => id === operation.id);
	if (index === -1) {
		return {...state, operations: [operation, ...state.operations].slice(0, keep)};
	}

	return state.operations[index] === operation ? state : {...state, operations: state.operations.with(index, operation)};
}

/** Takes in what the database has: rows of other processes replace ours unless ours are newer. */
export function mergeOperations(state: EngineState, stored: readonly Operation[]): EngineState {
	const byId = new Map(state.operations.map(operation => [operation.id, operation]));
	let isChanged = false;
	for (const operation of stored) {
		const mine = byId.get(operation.id);
		if (mine === undefined || mine.updatedAt < operation.updatedAt) {
			byId.set(operation.id, operation);
			isChanged = true;
		}
	}

	return isChanged ? {...state, operations: [...byId.values()].toSorted((a, b) => b.requestedAt - a.requestedAt).slice(0, keep)} : state;
}
