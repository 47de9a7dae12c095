import {type EngineState} from '../../../engine/state.ts';

/** Nothing is known yet, which is not the same as nothing being there. */
export const isFirstListing = ({phase, sources}: Pick<EngineState, 'phase' | 'sources'>): boolean =>
	sources.every(({resources}) => resources.length === 0) &&
	(sources.length === 0 ? phase === 'starting' : sources.some(source => source.phase === 'loading'));
