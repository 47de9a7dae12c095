import {type EngineState, type SourceState} from '../state.ts';

/** Changes one source; the same state when every value is what it was. */
export function patchSource(state: EngineState, key: string, patch: Partial<SourceState>): EngineState {
	const index = state.sources.findIndex(source => source.key === key);
	const source = state.sources[index];
	if (source === undefined || isSame(source, patch)) {
		return state;
	}

	return {...state, sources: state.sources.with(index, {...source, ...patch})};
}

function isSame(source: SourceState, patch: Partial<SourceState>): boolean {
	return (Object.keys(patch) as (keyof SourceState)[]).every(name => {
		const value = patch[name];
		return value === source[name] || (Array.isArray(value) && value.length === 0 && (source[name] as readonly unknown[]).length === 0);
	});
}
