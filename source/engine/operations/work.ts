import {type DeploySpec} from '../../core/plan.ts';
import {type Resource} from '../../core/resource.ts';
import {type OperationCommandId} from '../command-types.ts';
import {type InventorySource} from '../inventory/inventory.ts';

/** One operation that this process carries out. */
export type Work = {
	readonly id: string;
	readonly action: OperationCommandId;
	readonly source: InventorySource;
	readonly controller: AbortController;
	/** The resource as it was before; absent for a deploy. */
	readonly resource?: Resource;
	readonly spec?: DeploySpec;
	/** The row that stands for a deploy until the real one is read. */
	readonly placeholder?: Resource;
};
