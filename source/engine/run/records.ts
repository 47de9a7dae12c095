import {loginFlows} from '../../core/login.ts';
import {type JsonSchema} from '../../core/schema/json.ts';
import {type CommandId, type CommandRecord} from '../command-types.ts';

const text: JsonSchema = {type: 'string', minLength: 1};

const object = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema => ({
	type: 'object',
	properties,
	required,
	additionalProperties: false,
});

const onResource = object({ref: text}, ['ref']);
const onLogin = object({login: text});
const onPlugin = object({plugin: text}, ['plugin']);

const record = (id: CommandId, fields: Omit<CommandRecord, 'id'>): CommandRecord => ({id, ...fields});

const write = {permission: 'resource.write', schema: onResource, isAudited: true} as const;
const manage = {permission: 'plugin.manage', schema: onPlugin, isAudited: true} as const;
const onTask = {...manage, schema: object({plugin: text, task: text}, ['plugin', 'task'])} as const;
const onOperation = {permission: 'resource.write', schema: object({operation: text}, ['operation']), isAudited: true} as const;

/** Every command of the engine. Faces bind keys, verbs and routes to these and to nothing else. */
export const commandRecords: Readonly<Record<CommandId, CommandRecord>> = {
	deploy: record('deploy', {
		title: 'Deploy',
		permission: 'resource.write',
		isAudited: true,
		schema: object(
			{
				provider: text,
				type: text,
				// Checked by the rules of names, which say more than a pattern.
				name: {type: 'string'},
				account: text,
				region: text,
				size: text,
				template: text,
				parameters: {type: 'object'},
				fields: {type: 'object'},
				tags: {type: 'object', additionalProperties: {type: 'string'}},
				token: text,
			},
			['provider', 'type', 'name', 'fields'],
		),
	}),
	start: record('start', {title: 'Start', ...write}),
	stop: record('stop', {title: 'Stop', ...write}),
	restart: record('restart', {title: 'Restart', ...write}),
	hibernate: record('hibernate', {title: 'Hibernate', ...write}),
	resume: record('resume', {title: 'Resume', ...write}),
	destroy: record('destroy', {
		title: 'Destroy',
		permission: 'resource.destroy',
		isAudited: true,
		schema: object({ref: text, confirm: {type: 'string'}, undoSeconds: {type: 'number', minimum: 0, maximum: 3600}}, ['ref', 'confirm']),
	}),
	undo: record('undo', {title: 'Undo', ...onOperation, schema: object({operation: text})}),
	cancelOperation: record('cancelOperation', {title: 'Cancel the task', ...onOperation}),
	retryOperation: record('retryOperation', {title: 'Retry the task', ...onOperation}),
	refresh: record('refresh', {title: 'Refresh', permission: 'view', isAudited: false, schema: object({provider: text, type: text})}),
	pauseRefresh: record('pauseRefresh', {
		title: 'Pause refreshing',
		permission: 'view',
		isAudited: false,
		schema: object({isPaused: {type: 'boolean'}}, ['isPaused']),
	}),
	enablePlugin: record('enablePlugin', {title: 'Enable the plugin', ...manage}),
	disablePlugin: record('disablePlugin', {title: 'Disable the plugin', ...manage}),
	reloadPlugin: record('reloadPlugin', {title: 'Reload the plugin', ...manage}),
	grantPlugin: record('grantPlugin', {
		title: 'Allow what the plugin asks for',
		...manage,
		schema: object({plugin: text, needed: {type: 'array', items: {type: 'object'}}}, ['plugin']),
	}),
	denyPlugin: record('denyPlugin', {title: 'Refuse what the plugin asks for', ...manage}),
	loadPlugin: record('loadPlugin', {title: 'Load the plugin', ...manage}),
	unloadPlugin: record('unloadPlugin', {title: 'Unload the plugin', ...manage}),
	runTask: record('runTask', {title: 'Run the task now', ...onTask}),
	cancelTask: record('cancelTask', {title: 'Cancel the run of the task', ...onTask}),
	pauseTask: record('pauseTask', {title: 'Pause the task', ...onTask}),
	resumeTask: record('resumeTask', {title: 'Resume the task', ...onTask}),
	setSecret: record('setSecret', {
		title: 'Set a secret',
		permission: 'plugin.manage',
		isAudited: true,
		schema: object({plugin: text, name: text, value: text}, ['plugin', 'name', 'value']),
	}),
	deleteSecret: record('deleteSecret', {
		title: 'Delete a secret',
		permission: 'plugin.manage',
		isAudited: true,
		schema: object({plugin: text, name: text}, ['plugin', 'name']),
	}),
	setPluginConfig: record('setPluginConfig', {
		title: 'Set options of a plugin',
		permission: 'plugin.manage',
		isAudited: true,
		schema: object({plugin: text, values: {type: 'object'}, unset: {type: 'array', items: text}}, ['plugin', 'values']),
	}),
	login: record('login', {
		title: 'Log in',
		permission: 'plugin.manage',
		isAudited: true,
		schema: object({login: text, flow: {type: 'string', enum: loginFlows}}),
	}),
	loginStatus: record('loginStatus', {title: 'Who is logged in', permission: 'view', isAudited: false, schema: onLogin}),
	refreshLogin: record('refreshLogin', {title: 'Renew the login', permission: 'plugin.manage', isAudited: true, schema: onLogin}),
	logout: record('logout', {title: 'Log out', permission: 'plugin.manage', isAudited: true, schema: onLogin}),
	// Nobody but the plugin knows what it does, so that read-only mode refuses it.
	runPluginCommand: record('runPluginCommand', {
		title: 'Run a command of a plugin',
		permission: 'plugin.use',
		isAudited: true,
		schema: object({plugin: text, command: text, args: {type: 'array', items: {type: 'string'}}, flags: {type: 'object'}}, [
			'plugin',
			'command',
		]),
	}),
	installPlugin: record('installPlugin', {
		title: 'Install a plugin',
		permission: 'plugin.manage',
		isAudited: true,
		schema: object({source: text, accepts: text}, ['source']),
	}),
	removePlugin: record('removePlugin', {
		title: 'Remove the plugin',
		...manage,
		schema: object({plugin: text, confirm: {type: 'string'}}, ['plugin', 'confirm']),
	}),
	rescanPlugins: record('rescanPlugins', {title: 'Look for plugins again', permission: 'view', isAudited: false, schema: object({})}),
	trustFolder: record('trustFolder', {
		title: 'Trust the plugins of a folder',
		permission: 'plugin.manage',
		isAudited: true,
		schema: object({folder: text, isTrusted: {type: 'boolean'}}, ['folder', 'isTrusted']),
	}),
	checkHealth: record('checkHealth', {
		title: 'Check health',
		permission: 'view',
		isAudited: false,
		schema: object({plugin: text, start: {type: 'boolean'}}),
	}),
};
