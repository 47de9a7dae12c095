import {hourlyOf} from '../../../core/money/cost.ts';
import {type Money} from '../../../core/money/money.ts';
import {type Resource} from '../../../core/resource.ts';
import {type SourceState} from '../../../engine/state.ts';

/** Something that is stopped and still costs money. */
export type Waste = {readonly resource: Resource; readonly hourly: Money; readonly nanos: number};

type Found = {readonly resources: readonly Resource[]; readonly waste: (Waste & {readonly at: number}) | undefined};

// By source: what was found in its list the last time.
const found = new Map<string, Found>();

/** The dearest of what is stopped and still billed; looked for once per list, and only among what changed since the one before. */
export const dearestWaste = (sources: readonly SourceState[]): Waste | undefined =>
	sources.reduce<Waste | undefined>((dearest, source) => {
		const waste = wasteOf(source);
		return dearest === undefined || (waste !== undefined && waste.nanos > dearest.nanos) ? waste : dearest;
	}, undefined);

function wasteOf({key, resources}: SourceState): Waste | undefined {
	const before = found.get(key);
	if (before?.resources === resources) {
		return before.waste;
	}

	// Once the dearest itself changed, any other may be next.
	const isKept = before?.waste === undefined || resources[before.waste.at] === before.waste.resource;
	const known = isKept && before !== undefined ? before : {resources: [], waste: undefined};
	let {waste} = known;
	for (const [at, resource] of resources.entries()) {
		const hourly = resource === known.resources[at] ? undefined : stoppedCost(resource);
		if (hourly !== undefined && (waste === undefined || hourly.nanos > waste.nanos || (hourly.nanos === waste.nanos && at < waste.at))) {
			waste = {resource, hourly, nanos: hourly.nanos, at};
		}
	}

	found.set(key, {resources, waste});
	return waste;
}

function stoppedCost(resource: Resource): Extract<Money, {readonly kind: 'known'}> | undefined {
	if (resource.status !== 'stopped' && resource.status !== 'hibernated') {
		return undefined;
	}

	const hourly = hourlyOf(resource);
	return hourly.kind === 'known' && hourly.nanos > 0 ? hourly : undefined;
}
