import {parseRef, type ResourceRef} from '../../../core/reference.ts';
import {type Resource} from '../../../core/resource.ts';
import {sourceKey} from '../../../engine/contributions/resource-types.ts';
import {type EngineState} from '../../../engine/state.ts';

// Where it was found last; a list mostly keeps its positions. Forgotten whole when it is about too many.
const places = new Map<ResourceRef, number>();
const mostPlaces = 1000;

/** The resource as it is now, by identity; undefined when it is gone. Only its own source is searched. */
export function findResource({sources}: EngineState, ref: ResourceRef): Resource | undefined {
	const parts = parseRef(ref);
	const key = parts === undefined ? undefined : sourceKey(parts.provider, parts.type);
	const resources = sources.find(source => source.key === key)?.resources ?? [];
	const known = resources[places.get(ref) ?? -1];
	if (known?.ref === ref) {
		return known;
	}

	const place = resources.findIndex(resource => resource.ref === ref);
	if (places.size >= mostPlaces) {
		places.clear();
	}

	places.set(ref, place);
	return resources[place];
}
