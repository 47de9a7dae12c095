import {failure} from '../../core/failure/failure.ts';
import {parseFieldValue} from '../../core/schema/field-value.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type CommandInputs} from '../../engine/command-types.ts';
import {type Contribution, contributionsOf, offeredTypes, sourceKey} from '../../engine/contributions/resource-types.ts';
import {type EngineState} from '../../engine/state.ts';
import {confirm} from '../../platform/prompt.ts';
import {type LaunchInput} from '../../engine/templates/launch-template.ts';
import {followOperation} from '../shared/follow.ts';
import {printPlan, renderPlan} from '../shared/plan-text.ts';
import {givenParameters, paramFlag, templateInput} from '../shared/template-input.ts';
import {type FlagSpec, type Flags, listFlag, stringFlag, type Verb, type VerbContext} from '../shared/verb.ts';
import {withInventory} from '../shared/with-inventory.ts';

export const deployFlags: Readonly<Record<string, FlagSpec>> = {
	provider: {type: 'string', alias: 'p', value: 'P', short: 'where to deploy; the configured default otherwise'},
	account: {type: 'string', value: 'A', short: 'account of the provider'},
	region: {type: 'string', value: 'R', short: 'region of the provider'},
	size: {type: 'string', value: 'S', short: 'size, see cws providers'},
	set: {type: 'string', value: 'K=V', isMultiple: true, short: 'a field of the type'},
	template: {type: 'string', value: 'T', short: 'template to begin with'},
	param: paramFlag,
	tag: {type: 'string', value: 'K=V', isMultiple: true, short: 'a tag'},
};

export const deployRunFlags: Readonly<Record<string, FlagSpec>> = {
	dryRun: {type: 'boolean', short: 'show the plan and change nothing'},
	yes: {type: 'boolean', alias: 'y', short: 'do not ask'},
	wait: {type: 'boolean', short: 'follow it until it is verified, which is what happens anyway'},
};

export const deploy: Verb = {
	name: 'deploy',
	usage: '<type> <name> [--provider P] [--set K=V …]',
	short: 'plan, confirm, create and follow until it runs',
	minimum: 2,
	maximum: 2,
	flags: {...deployFlags, ...deployRunFlags},
	examples: [
		"cws deploy vm web-1 --provider local --set command='python3 -m http.server 8080' --set port=8080",
		'cws deploy vm web-1 --provider local --template python-http --dry-run --json',
	],
	run: context => runDeploy(context, {type: context.input[0]!, name: context.input[1]!, template: stringFlag(context.flags, 'template')}),
};

/** The whole way of a deploy, also for `cws launch`. */
export async function runDeploy(
	context: VerbContext,
	wanted: {
		readonly type: string;
		readonly name: string;
		readonly template?: string;
		readonly provider?: string;
		readonly begin?: LaunchInput;
	},
) {
	const {print, flags} = context;
	const {settings, engine: own} = await context.app();
	const begun =
		wanted.begin !== undefined || wanted.template === undefined ? ok(wanted.begin) : await templateInput(own, flags, wanted.template);
	if (!begun.ok) {
		return print.failure(begun.error);
	}

	const begin = begun.value;
	const provider = wanted.provider ?? stringFlag(flags, 'provider') ?? begin?.provider ?? settings.settings.defaults.provider;
	const engine = await withInventory(context, {provider, type: wanted.type});
	const read = readDeployInput(engine.getState(), flags, {
		...wanted,
		...(begin !== undefined && {template: undefined}),
		provider: provider ?? onlyProviderOf(engine.getState(), wanted.type),
	});
	if (!read.ok) {
		return print.failure(read.error);
	}

	const input = begin === undefined ? read.value : {...read.value, template: begin.template, parameters: givenParameters(flags)};
	const plan = await engine.plan('deploy', input, {origin: 'cli', signal: context.signal});
	if (!plan.ok) {
		return print.failure(plan.error);
	}

	if (flags.dryRun) {
		return printPlan(print, plan.value);
	}

	if (!flags.yes) {
		if (!context.isInteractive) {
			return print.failure(
				failure('CWS_DENIED', {
					message: `\`${wanted.name}\` was not deployed: nobody confirmed it.`,
					fix: 'add `--yes`, or `--dry-run` to look first',
				}),
			);
		}

		renderPlan(plan.value).forEach(line => print.note(line));
		if (!(await confirm('Deploy?', context.signal))) {
			return print.failure(failure('CWS_CANCELLED', {message: 'Nothing was deployed.'}));
		}
	}

	const started = await engine.run('deploy', input, {origin: 'cli', signal: context.signal});
	if (!started.ok) {
		return print.failure(started.error);
	}

	return followOperation(context, engine, started.value);
}

/** The engine's input from flags; `cws estimate` reads the same ones. */
export function readDeployInput(
	state: EngineState,
	flags: Flags,
	{type, name, provider, template}: {readonly type: string; readonly name: string; readonly provider?: string; readonly template?: string},
): Outcome<CommandInputs['deploy']> {
	if (provider === undefined) {
		return failed(
			failure('CWS_USAGE', {message: `No provider was named for \`${type}\`.`, fix: 'add `--provider P`; cws providers lists them'}),
		);
	}

	const form = formOf(state, provider, type);
	const fields: Record<string, unknown> = template === undefined ? {} : {template};
	for (const pair of listFlag(flags, 'set')) {
		const at = pair.indexOf('=');
		const key = pair.slice(0, at);
		if (at <= 0) {
			return failed(failure('CWS_USAGE', {message: `\`--set ${pair}\` has no \`key=value\`.`, fix: 'write `--set port=8080`'}));
		}

		const value = parseFieldValue(key, form?.[key], pair.slice(at + 1));
		if (!value.ok) {
			return value;
		}

		fields[key] = value.value;
	}

	return ok({
		provider,
		type,
		name,
		fields,
		account: stringFlag(flags, 'account'),
		region: stringFlag(flags, 'region'),
		size: stringFlag(flags, 'size'),
		tags: Object.fromEntries(listFlag(flags, 'tag').map(tag => [tag.split('=')[0]!, tag.split('=').slice(1).join('=')])),
	});
}

const formOf = (state: EngineState, provider: string, type: string) =>
	contributionsOf(state.plugins).get(sourceKey(provider, type))?.form?.properties;

// Where only one provider deploys the type, nobody has to name it.
function onlyProviderOf(state: EngineState, type: string): string | undefined {
	const fits = (one: Contribution) => one.type === type && one.operations.includes('deploy');
	const offers = offeredTypes(state.plugins).filter(fits);
	// Where the only one is off, the error says so and names what turns it on.
	const all = offers.length > 0 ? offers : [...contributionsOf(state.plugins).values()].filter(fits);
	return all.length === 1 ? all[0]!.provider : undefined;
}
