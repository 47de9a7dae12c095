import {failure, type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Resource} from '../../core/resource.ts';
import {type SchemaProblem} from '../../core/schema/validate.ts';
import {type OperationCommandId} from '../command-types.ts';
import {type Inventory, type InventorySource} from '../inventory/inventory.ts';
import {obstacleOf} from '../selectors/disabled-reason.ts';
import {type EngineState} from '../state.ts';

type Options = {
	readonly state: EngineState;
	readonly inventory: Inventory;
	readonly action: Exclude<OperationCommandId, 'deploy'>;
	readonly resource: Resource;
	/** Absent in a dry run, which nobody has confirmed yet. */
	readonly confirm?: string;
};

/** Whether the action can be done to the resource now, by the same rules that grey it out in the menu. */
export function prepareAction({state, inventory, action, resource, confirm}: Options): Outcome<InventorySource> {
	const {provider, type, name} = resource;
	const obstacle = obstacleOf(state, resource, action);
	if (obstacle) {
		const {code, reason, fix} = obstacle;
		return failed(
			failure(code, {
				message: `Cannot ${action} \`${name}\`: ${reason}.`,
				...(fix !== undefined && {fix}),
				details: {reference: resource.ref, reason},
			}),
		);
	}

	const source = inventory.source(provider, type);
	if (source === undefined) {
		return failed(failure('CWS_NO_PROVIDER', {message: `No plugin manages ${type} of \`${provider}\`.`}));
	}

	if (action === 'destroy' && confirm !== undefined && confirm !== name) {
		return failed(
			failure('CWS_DENIED', {
				message:
					confirm === '' ? `Destroying \`${name}\` needs its name as confirmation.` : `\`${confirm}\` is not the name of \`${name}\`.`,
				fix: `confirm with the name: \`cws destroy ${provider}/${name} --confirm ${name}\``,
			}),
		);
	}

	return ok(source);
}

/** Words for a refused input of a command itself; the field is named. */
export function invalidInput(command: string, problems: readonly SchemaProblem[]): Failure {
	const {field = '', message = 'is not valid'} = problems[0] ?? {};
	return failure('CWS_INVALID_INPUT', {message: `${command}: \`${field || 'input'}\` ${message}.`, details: {field, problems}});
}
