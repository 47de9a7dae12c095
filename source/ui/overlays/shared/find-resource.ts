import {parseRef, type ResourceRef} from '../../../core/reference.ts';
import {type Resource} from '../../../core/resource.ts';
import {sourceKey} from '../../../engine/contributions.ts';
import {type EngineState} from '../../../engine/state.ts';

/** The resource as it is now, by identity; undefined when it is gone. Only its own source is searched. */
export function findResource({sources}: EngineState, ref: ResourceRef): Resource | undefined {
	const parts = parseRef(ref);
	const key = parts === undefined ? undefined : sourceKey(parts.provider, parts.type);
	return sources.find(source => source.key === key)?.resources.find(resource => resource.ref === ref);
}
