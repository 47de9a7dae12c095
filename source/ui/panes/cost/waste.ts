import {hourlyOf} from '../../../core/money/cost.ts';
import {type Money} from '../../../core/money/money.ts';
import {type Resource} from '../../../core/resource.ts';
import {type SourceState} from '../../../engine/state.ts';

/** Something that is stopped and still costs money. */
export type Waste = {readonly resource: Resource; readonly hourly: Money; readonly nanos: number};

const memo = new WeakMap<readonly Resource[], Waste | 'none'>();

/** The dearest of what is stopped and still billed; looked for once per list. */
export const dearestWaste = (sources: readonly SourceState[]): Waste | undefined =>
	sources.reduce<Waste | undefined>((dearest, {resources}) => dearer(dearest, wasteOf(resources)), undefined);

function wasteOf(resources: readonly Resource[]): Waste | undefined {
	let waste = memo.get(resources);
	if (waste === undefined) {
		waste = resources.reduce<Waste | undefined>((dearest, resource) => dearer(dearest, stoppedCost(resource)), undefined) ?? 'none';
		memo.set(resources, waste);
	}

	return waste === 'none' ? undefined : waste;
}

function stoppedCost(resource: Resource): Waste | undefined {
	if (resource.status !== 'stopped' && resource.status !== 'hibernated') {
		return undefined;
	}

	const hourly = hourlyOf(resource);
	return hourly.kind === 'known' && hourly.nanos > 0 ? {resource, hourly, nanos: hourly.nanos} : undefined;
}

const dearer = (a: Waste | undefined, b: Waste | undefined): Waste | undefined =>
	a === undefined || (b !== undefined && b.nanos > a.nanos) ? b : a;
