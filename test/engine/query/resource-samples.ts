import {formatRef} from '../../../source/core/reference.ts';
import {type Resource} from '../../../source/core/resource.ts';
import {type SourceState} from '../../../source/engine/state.ts';

/** A running machine of `aws`, changed where the test cares. */
export function resource(name: string, more: Partial<Resource> = {}): Resource {
	const base = {id: `id-${name}`, provider: 'aws', type: 'vm', ...more};
	return {
		name,
		status: 'running',
		rawStatus: 'running',
		seenAt: 0,
		...base,
		ref: formatRef(base),
	};
}

export const source = (resources: readonly Resource[], more: Partial<SourceState> = {}): SourceState => ({
	key: 'aws/vm',
	plugin: 'aws',
	provider: 'aws',
	type: 'vm',
	phase: 'live',
	resources,
	isStale: false,
	isRefreshing: false,
	missing: [],
	skipped: 0,
	...more,
});
