import {isTransitional, type Resource} from '../../../core/resource.ts';
import {contributionsOf, sourceKey} from '../../../engine/contributions/resource-types.ts';
import {type EngineState} from '../../../engine/state.ts';

/** Whether its spinner turns. What waits in a queue may do so for days: it stands still, and so does the screen. */
export const isTurning = ({status, provider, type}: Resource, {plugins}: Pick<EngineState, 'plugins'>): boolean =>
	isTransitional(status) && !(status === 'pending' && contributionsOf(plugins).get(sourceKey(provider, type))?.isQueued === true);
