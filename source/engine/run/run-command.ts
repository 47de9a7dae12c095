import {failure} from '../../core/failure/failure.ts';
import {type Operation} from '../../core/operation.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Plan} from '../../core/plan.ts';
import {loadValidator, type Validate} from '../../core/schema/validate.ts';
import {type CommandId, type CommandInputs, type CommandResults, type OperationCommandId, type RunOptions} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {runLoginCommand} from '../logins/login-commands.ts';
import {isCommandAction} from '../operations/action-facts.ts';
import {runPluginCommand} from '../contributions/run-plugin-command.ts';
import {invalidInput} from './prepare-action.ts';
import {commandRecords} from './records.ts';
import {managePlugin, manageTask} from './manage-plugin.ts';
import {installPlugin} from './install-plugin.ts';
import {removePlugin} from './remove-plugin.ts';
import {deleteSecret, setSecret} from './manage-secrets.ts';
import {setPluginConfig} from './configure-plugin.ts';
import {rescanPlugins, trustFolder} from './trust-folder.ts';
import {planOperation, retryOperation, runOperation} from './run-operation.ts';
import {checkHealth, pauseRefresh, refresh} from './view-commands.ts';

export type RunCommand = <Id extends CommandId>(
	id: Id,
	input: CommandInputs[Id],
	options: RunOptions,
) => Promise<Outcome<CommandResults[Id]>>;

export type PlanCommand = <Id extends OperationCommandId>(id: Id, input: CommandInputs[Id], options: RunOptions) => Promise<Outcome<Plan>>;

/** One way for all faces: validate, permit, run, audit. */
export function createCommands(parts: EngineParts): {readonly run: RunCommand; readonly plan: PlanCommand} {
	const {state, audit} = parts;
	let loading: Promise<Validate> | undefined;
	const validator = () => (loading ??= loadValidator());

	const targetOf = (input: Readonly<Record<string, unknown>>): {readonly target?: string} => {
		const {ref, plugin, operation, folder, source, login, provider, name} = input as Readonly<Record<string, string | undefined>>;
		const target =
			ref ??
			plugin ??
			operation ??
			folder ??
			source ??
			login ??
			(provider === undefined || name === undefined ? undefined : `${provider}/${name}`);
		return target === undefined ? {} : {target};
	};

	return {
		async run(id, input, options) {
			const {isAudited, schema} = commandRecords[id];
			const validate = await validator();
			const problems = validate(schema, input);
			const outcome: Outcome<unknown> =
				problems.length > 0
					? failed(invalidInput(id, problems))
					: isAudited && state.get().isReadOnly
						? failed(
								failure('CWS_DENIED', {
									message: `\`${id}\` changes something and cws is read-only.`,
									fix: 'set `readOnly = false` in the configuration',
								}),
							)
						: await handle(parts, {id, input, options, validate});
			// An operation that has begun is audited at its end, when it is known how it went.
			const isOperation = isCommandAction(id) || id === 'retryOperation';
			if (isAudited && !(isOperation && outcome.ok)) {
				audit.write({
					command: id,
					origin: options.origin,
					...targetOf(input),
					input: auditedInput(id, input),
					...(!outcome.ok && {error: outcome.error}),
				});
			}

			return outcome as Outcome<never>;
		},
		async plan(id, input, options) {
			const validate = await validator();
			const problems = validate(commandRecords[id].schema, input);
			const outcome = problems.length > 0 ? failed(invalidInput(id, problems)) : await planOperation(parts, {id, input, options, validate});
			audit.write({
				command: id,
				origin: options.origin,
				...targetOf(input),
				input,
				outcome: 'preview',
				...(!outcome.ok && {error: outcome.error}),
			});
			return outcome;
		},
	};
}

// Who changed what is worth a line; the value of a secret is not, and options of plugins may hold one.
function auditedInput(id: CommandId, input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const {plugin, name, values, unset} = input;
	switch (id) {
		case 'setSecret': {
			return {plugin, name};
		}

		case 'setPluginConfig': {
			return {plugin, fields: Object.keys(values ?? {}), ...(unset !== undefined && {unset})};
		}

		default: {
			return input;
		}
	}
}

type Handled = {
	readonly id: CommandId;
	readonly input: CommandInputs[CommandId];
	readonly options: RunOptions;
	readonly validate: Validate;
};

async function handle(parts: EngineParts, {id, input, options, validate}: Handled): Promise<Outcome<unknown>> {
	if (isCommandAction(id)) {
		return runOperation(parts, {id, input: input as CommandInputs[OperationCommandId], options, validate});
	}

	switch (id) {
		case 'undo': {
			return parts.operations.undo((input as CommandInputs['undo']).operation, options.origin);
		}

		case 'cancelOperation': {
			return parts.operations.cancel((input as CommandInputs['cancelOperation']).operation, options.origin);
		}

		case 'retryOperation': {
			return retryOperation(parts, (input as CommandInputs['retryOperation']).operation, {options, validate}) satisfies Promise<
				Outcome<Operation>
			>;
		}

		case 'refresh': {
			refresh(parts, input as CommandInputs['refresh']);
			return ok(undefined);
		}

		case 'pauseRefresh': {
			pauseRefresh(parts, input as CommandInputs['pauseRefresh']);
			return ok(undefined);
		}

		case 'checkHealth': {
			return checkHealth(parts, input as CommandInputs['checkHealth']);
		}

		case 'runPluginCommand': {
			return runPluginCommand(parts, input as CommandInputs['runPluginCommand'], {options, validate});
		}

		case 'installPlugin': {
			return installPlugin(parts, input as CommandInputs['installPlugin'], options.signal);
		}

		case 'removePlugin': {
			return removePlugin(parts, input as CommandInputs['removePlugin']);
		}

		case 'rescanPlugins': {
			return rescanPlugins(parts);
		}

		case 'trustFolder': {
			return trustFolder(parts, input as CommandInputs['trustFolder']);
		}

		case 'setSecret': {
			return setSecret(parts, input as CommandInputs['setSecret']);
		}

		case 'deleteSecret': {
			return deleteSecret(parts, input as CommandInputs['deleteSecret']);
		}

		case 'setPluginConfig': {
			return setPluginConfig(parts, input as CommandInputs['setPluginConfig'], validate);
		}

		case 'login':
		case 'loginStatus':
		case 'refreshLogin':
		case 'logout': {
			return runLoginCommand(parts, id, input as CommandInputs['login'], options);
		}

		case 'runTask':
		case 'cancelTask':
		case 'pauseTask':
		case 'resumeTask': {
			return manageTask(parts, id, input as CommandInputs['runTask'], options.signal);
		}

		default: {
			return managePlugin(parts, id, input as CommandInputs['enablePlugin']);
		}
	}
}
