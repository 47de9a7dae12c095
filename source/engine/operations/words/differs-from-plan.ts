import {type NewEvent} from '../../../core/event.ts';
import {type OperationResult} from '../../../core/operation.ts';
import {type DeploySpec} from '../../../core/plan.ts';
import {type Resource} from '../../../core/resource.ts';
import {type Contribution} from '../../contributions/resource-types.ts';

/** An alarm when what was created is not what was approved. */
export function differsFromPlan(
	{sizes = []}: Contribution,
	spec: DeploySpec,
	row: Resource,
	result: OperationResult | undefined,
): Pick<NewEvent, 'type' | 'level' | 'message' | 'data'> | undefined {
	// A row's size is for people; it can be compared only where it is the name of a size.
	const size = result?.size ?? (sizes.some(({name}) => name === row.size) ? row.size : undefined);
	const region = row.region ?? result?.region;
	const differences = [
		...(spec.size !== undefined && size !== undefined && size !== spec.size ? [`size ${size} instead of ${spec.size}`] : []),
		...(spec.region !== undefined && region !== undefined && region !== spec.region ? [`region ${region} instead of ${spec.region}`] : []),
	];
	return differences.length === 0
		? undefined
		: {
				type: 'instance.differs',
				level: 'warn',
				message: `created with ${differences.join(' and ')}; stop it if that is not what you want`,
				data: {differences},
			};
}
