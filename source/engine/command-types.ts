import {type LoginFlow} from '../core/login.ts';
import {type DeploySpec} from '../core/plan.ts';
import {type JsonSchema} from '../core/schema/json.ts';
import {type Operation, type Origin} from '../core/operation.ts';
import {type PermissionItem} from '../core/permissions/permission-item.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {type SecretEntry} from '../core/ports/secrets.ts';
import {type ResourceRef} from '../core/reference.ts';
import {type FlagValue} from './contributions/command-flags.ts';
import {type LoginTalk} from './logins/log-in.ts';
import {type LoginRecord} from './logins/login-commands.ts';
import {type InstallResult} from './run/install-plugin.ts';
import {type PluginCommandResult} from './contributions/read-command-output.ts';

/** Input of every engine command. */
export type CommandInputs = {
	/** With `template`, what the template says under what is given here, its `parameters` filled in. */
	readonly deploy: Omit<DeploySpec, 'token'> & {
		readonly provider: string;
		readonly token?: string;
		readonly parameters?: Readonly<Record<string, string | number | boolean>>;
	};
	readonly start: {readonly ref: ResourceRef};
	readonly stop: {readonly ref: ResourceRef};
	readonly restart: {readonly ref: ResourceRef};
	readonly hibernate: {readonly ref: ResourceRef};
	readonly resume: {readonly ref: ResourceRef};
	/**
	`confirm` must equal the resource's name. With `undoSeconds` > 0 the destroy waits that long as `scheduled`
	and the resource is stopped meanwhile where it can be.
	*/
	readonly destroy: {readonly ref: ResourceRef; readonly confirm: string; readonly undoSeconds?: number};
	/** Takes back a scheduled operation, by default the newest; starts again what was stopped for it. */
	readonly undo: {readonly operation?: string};
	readonly cancelOperation: {readonly operation: string};
	readonly retryOperation: {readonly operation: string};
	readonly refresh: {readonly provider?: string; readonly type?: string};
	readonly pauseRefresh: {readonly isPaused: boolean};
	readonly enablePlugin: {readonly plugin: string};
	readonly disablePlugin: {readonly plugin: string};
	readonly reloadPlugin: {readonly plugin: string};
	/** Allows all that it waits for; a plugin that waits starts, an update takes over. */
	readonly grantPlugin: {
		readonly plugin: string;
		/** What the person saw; nothing else is allowed. */ readonly needed?: readonly PermissionItem[];
	};
	/** Refuses what it waits for and takes back what it had. */
	readonly denyPlugin: {readonly plugin: string};
	/** Starts it now, or ends it until it is loaded again; the next cws starts it as its activation says. */
	readonly loadPlugin: {readonly plugin: string};
	readonly unloadPlugin: {readonly plugin: string};
	/** Runs a task of a plugin now and waits for its end. */
	readonly runTask: {readonly plugin: string; readonly task: string};
	/** Ends the run of a task of a plugin that is on its way. */
	readonly cancelTask: {readonly plugin: string; readonly task: string};
	readonly pauseTask: {readonly plugin: string; readonly task: string};
	readonly resumeTask: {readonly plugin: string; readonly task: string};
	/** A command that a plugin contributes, by all its words; what is not given has the default of the manifest. */
	readonly runPluginCommand: {
		readonly plugin: string;
		readonly command: string;
		readonly args?: readonly string[];
		readonly flags?: Readonly<Record<string, FlagValue>>;
	};
	/**
	Puts a plugin into the person's own folder. `source` is the path of a package, a folder or a plugin in one file; `accepts` is the
	digest of the preview whose permissions the person allowed. Without it a new plugin stays blocked, and an update that asks for
	more does not happen.
	*/
	readonly installPlugin: {readonly source: string; readonly accepts?: string};
	/** Takes a plugin away with its grants, its secrets and all it kept; `confirm` must equal its id. */
	readonly removePlugin: {readonly plugin: string; readonly confirm: string};
	/** Looks for plugins again. */
	readonly rescanPlugins: Readonly<Record<string, never>>;
	/** Whether the plugins of a folder may run; also with a link to it. */
	readonly trustFolder: {readonly folder: string; readonly isTrusted: boolean};
	readonly checkHealth: {readonly plugin?: string; readonly start?: boolean};
	/** `plugin` is an id, `name` one that its manifest asks for. */
	readonly setSecret: {readonly plugin: string; readonly name: string; readonly value: string};
	readonly deleteSecret: {readonly plugin: string; readonly name: string};
	/** `login` is the name of a login that a plugin brings, `plugin/id`, or the plugin's id; left out where there is only one. */
	readonly login: {readonly login?: string; readonly flow?: LoginFlow};
	readonly loginStatus: {readonly login?: string};
	/** A new token for one that runs out. */
	readonly refreshLogin: {readonly login?: string};
	/** Revokes the token where that is possible, and deletes it here. */
	readonly logout: {readonly login?: string};
	/** Options of one plugin by their names; those in `unset` have their default, or what another source says; those that are not named stay. */
	readonly setPluginConfig: {
		readonly plugin: string;
		readonly values: Readonly<Record<string, unknown>>;
		readonly unset?: readonly string[];
	};
};

export type CommandId = keyof CommandInputs;

/** Commands that become an operation row and have a plan. */
export type OperationCommandId = 'deploy' | 'start' | 'stop' | 'restart' | 'hibernate' | 'resume' | 'destroy';

/** Commands about the life of one plugin. */
export type ManageId = 'enablePlugin' | 'disablePlugin' | 'reloadPlugin' | 'grantPlugin' | 'denyPlugin' | 'loadPlugin' | 'unloadPlugin';

/** Commands about one login. */
export type LoginCommandId = 'login' | 'loginStatus' | 'refreshLogin' | 'logout';

/** Commands about one task of a plugin. */
export type TaskCommandId = 'runTask' | 'cancelTask' | 'pauseTask' | 'resumeTask';

export type CommandResults = {
	readonly [Id in CommandId]: Id extends OperationCommandId | 'undo' | 'cancelOperation' | 'retryOperation'
		? Operation
		: Id extends ManageId | 'setPluginConfig'
			? PluginRecord
			: Id extends LoginCommandId
				? LoginRecord
				: Id extends 'setSecret'
					? SecretEntry
					: Id extends 'installPlugin'
						? InstallResult
						: Id extends 'trustFolder'
							? {readonly folder: string; readonly isTrusted: boolean}
							: Id extends 'rescanPlugins'
								? readonly PluginRecord[]
								: Id extends 'runPluginCommand'
									? PluginCommandResult
									: undefined;
};

export type Permission = 'resource.write' | 'resource.destroy' | 'plugin.manage' | 'plugin.use' | 'view';

export type CommandRecord = {
	readonly id: CommandId;
	readonly title: string;
	readonly permission: Permission;
	/** JSON Schema of the input; every face validates through it. */
	readonly schema: JsonSchema;
	/** Whether it changes something outside cws, so that read-only mode refuses it and the audit log has a line. */
	readonly isAudited: boolean;
};

export type RunOptions = {
	readonly origin: Origin;
	readonly signal?: AbortSignal;
	/** Who talks with the person where a command needs them. */
	readonly talk?: LoginTalk;
};
