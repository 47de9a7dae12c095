import {failure} from '../../core/failure/failure.ts';
import {offeredTypes} from '../../engine/contributions/resource-types.ts';
import {type EngineState} from '../../engine/state.ts';
import {deployFlags, deployRunFlags, runDeploy} from './deploy.ts';
import {templateInput} from '../shared/template-input.ts';
import {stringFlag, type Verb} from '../shared/verb.ts';
import {withInventory} from '../shared/with-inventory.ts';

export const launch: Verb = {
	name: 'launch',
	usage: '<template> <name> [--provider P] [--param K=V …] [--set K=V …]',
	short: 'deploy through a template',
	minimum: 2,
	maximum: 2,
	flags: {...deployFlags, ...deployRunFlags},
	examples: ['cws launch slurm-python-job train-1 --param nodes=2', 'cws launch python-http web-1 --set port=8080'],
	async run(context) {
		const [template, name] = context.input as readonly [string, string];
		const {engine: own} = await context.app();
		await own.load();
		const begin = await templateInput(own, context.flags, template);
		if (!begin.ok) {
			return context.print.failure(begin.error);
		}

		if (begin.value !== undefined) {
			return runDeploy(context, {type: begin.value.type, name, begin: begin.value});
		}

		const engine = await withInventory(context, {provider: stringFlag(context.flags, 'provider')});
		const provider = stringFlag(context.flags, 'provider');
		const found: {readonly provider: string; readonly type: string; readonly unavailable?: string}[] = [];
		const known: string[] = [];
		for (const {plugin, type, provider: owner} of templatedTypes(engine.getState())) {
			if (provider === undefined || provider === owner) {
				const choices = await engine.choices(owner, type, context.signal);
				const templates = (choices.ok && choices.value.template) || [];
				known.push(...templates.map(choice => choice.value));
				const choice = templates.find(one => one.value === template);
				if (choice) {
					found.push({provider: owner, type, unavailable: choice.unavailable});
				}

				if (!choices.ok) {
					context.print.note(`${plugin.id}: ${choices.error.message}`);
				}
			}
		}

		const [offer, second] = found;
		if (!offer) {
			return context.print.failure(
				failure('CWS_NOT_FOUND', {
					message: `No provider has a template \`${template}\`.`,
					fix: known.length > 0 ? `one of ${known.join(', ')}` : 'see cws providers',
				}),
			);
		}

		if (second) {
			return context.print.failure(
				failure('CWS_AMBIGUOUS', {
					message: `More than one provider has a template \`${template}\`.`,
					fix: `add --provider ${found.map(one => one.provider).join(' or --provider ')}`,
				}),
			);
		}

		if (offer.unavailable) {
			return context.print.failure(
				failure('CWS_COMMAND_NOT_FOUND', {message: `The template \`${template}\` cannot be used here.`, cause: offer.unavailable}),
			);
		}

		return runDeploy(context, {type: offer.type, name, template, provider: offer.provider});
	},
};

const templatedTypes = ({plugins}: EngineState) => offeredTypes(plugins).filter(({form}) => form?.properties?.template !== undefined);
