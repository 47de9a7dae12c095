import {type Estimate} from '../../core/money/estimate.ts';
import {amount} from '../../core/money/money.ts';
import {type Template} from '../../core/template.ts';

/** What a template says an hour costs, where nobody knows better: an estimate, and said to be the template's. */
export function withTemplateCost(estimate: Estimate | undefined, cost: Template['cost']): Estimate | undefined {
	if (cost === undefined || (estimate !== undefined && estimate.hourly.kind !== 'unknown')) {
		return estimate;
	}

	const hourly = amount(cost.hourly, cost.currency ?? 'USD');
	return {
		hourly,
		components: [{name: 'template', description: 'as the template says', hourly, source: 'override'}],
		confidence: 'estimated',
		notCounted: estimate?.notCounted ?? [],
	};
}
