import {failure, type Failure} from '../../core/failure/failure.ts';
import {type JsonSchema} from '../../core/schema/json.ts';
import {checkName} from '../../core/name.ts';
import {nearest} from '../../core/text/nearest.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {isAbsent} from '../../core/plugin.ts';
import {type DeploySpec} from '../../core/plan.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {type CommandInputs} from '../command-types.ts';
import {type Contribution, contributionsOf, offeredTypes, sourceKey} from '../contributions/resource-types.ts';
import {offFailure} from '../contributions/off-failure.ts';
import {sleepingFailure} from '../contributions/sleeping-failure.ts';
import {type Inventory, type InventorySource} from '../inventory/inventory.ts';
import {type EngineState} from '../state.ts';

type Options = {
	readonly state: EngineState;
	readonly inventory: Inventory;
	readonly validate: Validate;
	readonly input: CommandInputs['deploy'];
};

/** Everything that can be known to be wrong before a provider is asked; fills in what the form says by default. */
export function prepareDeploy({
	state,
	inventory,
	validate,
	input,
}: Options): Outcome<{readonly source: InventorySource; readonly spec: DeploySpec}> {
	const {provider, token = crypto.randomUUID(), ...rest} = input;
	const contribution = contributionsOf(state.plugins).get(sourceKey(provider, input.type));
	if (contribution === undefined) {
		return failed(notOffered(offeredTypes(state.plugins), provider, input.type));
	}

	const source = inventory.source(provider, input.type);
	if (isAbsent(contribution.plugin)) {
		return failed(sleepingFailure(provider, contribution.plugin));
	}

	if (source === undefined) {
		return failed(offFailure(contribution.plugin));
	}

	if (!contribution.operations.includes('deploy')) {
		return failed(
			failure('CWS_NOT_SUPPORTED', {
				message: `\`${provider}\` cannot deploy \`${input.type}\`.`,
				fix: 'see `cws providers` for what it can',
			}),
		);
	}

	const name = checkName(input.name);
	if (!name.ok) {
		return name;
	}

	const taken = source.table.values().find(row => row.name === input.name && row.status !== 'deleted');
	if (taken) {
		return failed(
			failure('CWS_NAME_TAKEN', {
				message: `A ${input.type} \`${input.name}\` exists already in \`${provider}\`.`,
				details: {field: 'name', reference: taken.ref},
			}),
		);
	}

	const {regions = [], sizes = [], form} = contribution;
	const fields = withDefaults(form, input.fields);
	const problem =
		notOneOf('region', input.region, regions) ??
		notOneOf(
			'size',
			input.size,
			sizes.map(size => size.name),
		) ??
		formProblem(validate, form, fields);
	return problem ? failed(problem) : ok({source, spec: {...rest, fields, token}});
}

function notOffered(offered: readonly Contribution[], provider: string, type: string): Failure {
	const own = offered.filter(one => one.provider === provider).map(one => one.type);
	if (own.length > 0) {
		const guess = nearest(type, own);
		return failure('CWS_NO_PROVIDER', {
			message: `\`${provider}\` has no type \`${type}\`.`,
			cause: `it has ${own.join(', ')}`,
			...(guess !== undefined && {fix: `did you mean \`${guess}\`?`}),
			details: {field: 'type', provider, type},
		});
	}

	const guess = nearest(
		provider,
		offered.map(one => one.provider),
	);
	return failure('CWS_NO_PROVIDER', {
		message: `No plugin provides \`${provider}\` for \`${type}\`.`,
		...(guess !== undefined && {fix: `did you mean \`${guess}\`? See \`cws providers\``}),
		details: {field: 'provider', provider, type},
	});
}

function notOneOf(field: string, value: string | undefined, options: readonly string[]): Failure | undefined {
	if (value === undefined || options.length === 0 || options.includes(value)) {
		return undefined;
	}

	const guess = nearest(value, options);
	return failure('CWS_INVALID_INPUT', {
		message: `\`${field}\` must be one of ${options.join(', ')}, not \`${value}\`.`,
		...(guess !== undefined && {fix: `did you mean \`${guess}\`?`}),
		details: {field, problems: [{field, message: `must be one of ${options.join(', ')}`}]},
	});
}

function withDefaults(form: JsonSchema | undefined, fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
	const defaults = Object.entries(form?.properties ?? {}).flatMap(([field, {default: value}]) =>
		value === undefined ? [] : [[field, value] as const],
	);
	return {...Object.fromEntries(defaults), ...given};
}

function formProblem(validate: Validate, form: JsonSchema | undefined, fields: Readonly<Record<string, unknown>>): Failure | undefined {
	const problems = form ? validate(form, fields) : [];
	const [first] = problems;
	if (first === undefined) {
		return undefined;
	}

	const guess = Object.hasOwn(form?.properties ?? {}, first.field) ? undefined : nearest(first.field, Object.keys(form?.properties ?? {}));
	return failure('CWS_INVALID_INPUT', {
		message: `\`${first.field || 'fields'}\` ${first.message}.`,
		...(guess !== undefined && guess !== first.field && {fix: `did you mean \`${guess}\`?`}),
		details: {field: first.field, problems},
	});
}
