import {isEnded, type Operation} from '../../core/operation.ts';
import {type EngineState} from '../state.ts';

const memo = new WeakMap<readonly Operation[], ReadonlyMap<string, Operation>>();

/** Operations in flight by the reference of their resource; the countdown of a scheduled destroy is in `dueAt`. */
export function operationsByRef({operations}: Pick<EngineState, 'operations'>): ReadonlyMap<string, Operation> {
	const known = memo.get(operations);
	if (known) {
		return known;
	}

	const result = new Map(
		operations.flatMap(operation => (operation.ref === undefined || isEnded(operation.state) ? [] : [[operation.ref, operation]])),
	);
	memo.set(operations, result);
	return result;
}
