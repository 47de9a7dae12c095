import {type EngineState, type SourceState} from '../state.ts';

/** Changes one source; the same state when every value is what it was. */
export function patchSource(state: EngineState, key: string, patch: Partial<SourceState>): EngineState {
	const index = state.sources.findIndex(source => source.key === key);
	const source = state.sources[index];
	if (source === undefined) {
		return state;
	}

	const names = (Object.keys(patch) as (keyof SourceState)[]).filter(name => !isSame(source[name], patch[name]));
	const changed = Object.fromEntries(names.map(name => [name, patch[name]]));
	return names.length === 0 ? state : {...state, sources: state.sources.with(index, {...source, ...changed})};
}

// One empty list is as good as another, and who compares references need not look again.
const isSame = (a: unknown, b: unknown): boolean => a === b || (Array.isArray(a) && Array.isArray(b) && a.length === 0 && b.length === 0);
