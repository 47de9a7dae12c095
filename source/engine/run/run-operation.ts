import {failure} from '../../core/failure/failure.ts';
import {isEnded, type Operation} from '../../core/operation.ts';
import {failed, mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Plan} from '../../core/plan.ts';
import {type ResourceRef} from '../../core/reference.ts';
import {type Resource} from '../../core/resource.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {type CommandInputs, type OperationCommandId, type RunOptions} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {isCommandAction} from '../operations/action-facts.ts';
import {actionLine, deployLine} from '../operations/words/cli-line.ts';
import {planAction} from '../plans/plan-action.ts';
import {planDeploy} from '../plans/plan-deploy.ts';
import {expandTemplate} from '../templates/expand-template.ts';
import {withTemplateCost} from '../templates/template-cost.ts';
import {askPlugins} from './ask-plugins.ts';
import {prepareAction} from './prepare-action.ts';
import {prepareDeploy} from './prepare-deploy.ts';

type Request<Id extends OperationCommandId = OperationCommandId> = {
	readonly id: Id;
	readonly input: CommandInputs[Id];
	readonly options: RunOptions;
	readonly validate: Validate;
};

/** Begins an operation; it is returned as soon as its row exists. */
export async function runOperation(parts: EngineParts, {id, input, options, validate}: Request): Promise<Outcome<Operation>> {
	const {inventory, operations, state} = parts;
	const {origin} = options;
	if (id === 'deploy') {
		const expanded = await expandTemplate(parts.templates, input as CommandInputs['deploy']);
		if (!expanded.ok) {
			return expanded;
		}

		const asked = await askPlugins({host: parts.host, state: state.flush(), inventory, validate, input: expanded.value.input});
		const prepared = prepareDeploy({state: state.flush(), inventory, validate, input: asked});
		if (!prepared.ok) {
			return prepared;
		}

		const {source, spec} = prepared.value;
		return operations.begin({
			action: id,
			source,
			spec,
			input: {...asked, token: spec.token},
			cli: deployLine(asked.provider, {...spec, fields: asked.fields}),
			origin,
		});
	}

	const found = await find(parts, input as CommandInputs['start'], options.signal);
	if (!found.ok) {
		return found;
	}

	const resource = found.value;
	const {confirm, undoSeconds} = input as CommandInputs['destroy'];
	const source = prepareAction({state: state.flush(), inventory, action: id, resource, ...(id === 'destroy' && {confirm})});
	if (!source.ok) {
		return source;
	}

	const cli = actionLine(id, resource, shortName(source.value.table.values(), resource));
	return operations.begin({action: id, source: source.value, resource, input, cli, origin, ...(id === 'destroy' && {undoSeconds})});
}

/** The dry run of an operation: the same checks, and no change. */
export async function planOperation(parts: EngineParts, {id, input, options, validate}: Request): Promise<Outcome<Plan>> {
	const {inventory, state, host} = parts;
	const current = {...state.flush(), isReadOnly: false};
	const {hoursPerMonth} = current;
	if (id === 'deploy') {
		const expanded = await expandTemplate(parts.templates, input as CommandInputs['deploy']);
		if (!expanded.ok) {
			return expanded;
		}

		const asked = await askPlugins({host, state: current, inventory, validate, input: expanded.value.input});
		const prepared = prepareDeploy({state: current, inventory, validate, input: asked});
		if (!prepared.ok) {
			return prepared;
		}

		const cli = deployLine(asked.provider, {...prepared.value.spec, fields: asked.fields});
		const planned = await planDeploy({host, ...prepared.value, cli, hoursPerMonth, signal: options.signal});
		return mapOutcome(planned, plan => {
			const estimate = withTemplateCost(plan.estimate, expanded.value.cost);
			return estimate === plan.estimate || estimate === undefined ? plan : {...plan, estimate};
		});
	}

	const found = await find(parts, input as CommandInputs['start'], options.signal);
	if (!found.ok) {
		return found;
	}

	const resource = found.value;
	const source = prepareAction({state: current, inventory, action: id, resource});
	if (!source.ok) {
		return source;
	}

	const others = current.sources.filter(({provider}) => provider === resource.provider).flatMap(({resources}) => resources);
	const cli = actionLine(id, resource, shortName(source.value.table.values(), resource));
	return planAction({host, source: source.value, action: id, resource, others, cli, hoursPerMonth, signal: options.signal});
}

/** Does again what has ended, with the same input and a new token. */
export async function retryOperation(
	parts: EngineParts,
	operation: string,
	request: Pick<Request, 'options' | 'validate'>,
): Promise<Outcome<Operation>> {
	const known = parts.log.get(operation) ?? (await stored(parts, operation));
	if (known === undefined) {
		return failed(failure('CWS_NO_TASK', {message: `No operation \`${operation}\`.`}));
	}

	const {state, action, name, input} = known;
	if (!isEnded(state) || state === 'verified' || !isCommandAction(action)) {
		const why = state === 'verified' ? 'it is done' : 'it is still running';
		return failed(failure('CWS_INVALID_STATE', {message: `The ${action} of \`${name}\` cannot be retried: ${why}.`}));
	}

	const {token: _, ...rest} = input;
	return runOperation(parts, {id: action, input: rest as CommandInputs[OperationCommandId], ...request});
}

async function stored({database}: EngineParts, id: string): Promise<Operation | undefined> {
	const rows = await database(store => store.readOperations({limit: 1000}));
	return rows.ok ? rows.value.find(row => row.id === id) : undefined;
}

/** The row as the list shows it, or as the provider does where no list has been read. */
async function find({inventory, read}: EngineParts, {ref}: {readonly ref: ResourceRef}, signal?: AbortSignal): Promise<Outcome<Resource>> {
	const row = inventory.get(ref);
	return row ? ok(row) : read(ref, signal);
}

// A name is nicer to read than a reference, where it is enough.
const shortName = (rows: readonly Resource[], {provider, name, ref}: Resource): string =>
	rows.some(row => row.name === name && row.ref !== ref) ? ref : `${provider}/${name}`;
