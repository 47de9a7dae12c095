import {type ErrorCode} from '../../core/failure/error-codes.ts';
import {type Resource, type ResourceOperation} from '../../core/resource.ts';
import {type PluginState} from '../../core/plugin.ts';
import {contributionsOf, sourceKey} from '../contributions/resource-types.ts';
import {actionFacts, beginsFrom, isCommandAction} from '../operations/action-facts.ts';
import {type EngineState} from '../state.ts';
import {operationsByRef} from './operations-by-ref.ts';

export type Obstacle = {readonly code: ErrorCode; readonly reason: string; readonly fix?: string};

type KnownState = Pick<EngineState, 'plugins' | 'operations' | 'isReadOnly'>;

/** Why the operation cannot be done to the resource now, for the actions menu; undefined when it can. */
export const disabledReason = (state: KnownState, resource: Resource, operation: ResourceOperation): string | undefined =>
	obstacleOf(state, resource, operation)?.reason;

/** The same with the code of the error that doing it anyway would give. */
export function obstacleOf(state: KnownState, resource: Resource, operation: ResourceOperation): Obstacle | undefined {
	const {provider, type, status} = resource;
	const contribution = contributionsOf(state.plugins).get(sourceKey(provider, type));
	if (contribution === undefined) {
		return {code: 'CWS_NO_PROVIDER', reason: `no plugin manages ${type} of ${provider}`};
	}

	if (!contribution.operations.includes(operation)) {
		return {
			code: 'CWS_NOT_SUPPORTED',
			reason: (operation === 'destroy' ? resource.protected : undefined) ?? unsupported(resource, operation),
		};
	}

	const isWrite = isCommandAction(operation);
	if (state.isReadOnly && (isWrite || operation === 'connect')) {
		return {code: 'CWS_DENIED', reason: 'read-only mode'};
	}

	if (operation === 'destroy' && resource.protected !== undefined) {
		return {code: 'CWS_DENIED', reason: resource.protected};
	}

	const off = resource.disabled?.[operation];
	if (off !== undefined) {
		return {code: 'CWS_NOT_SUPPORTED', reason: off};
	}

	const plugin = pluginObstacle(contribution.plugin.id, contribution.plugin.state);
	if (plugin) {
		return plugin;
	}

	if (resource.meta?.['operation'] !== undefined && resource.rawStatus === 'requested') {
		return {code: 'CWS_CONFLICT', reason: 'it is being created'};
	}

	const running = isWrite ? operationsByRef(state).get(resource.ref) : undefined;
	if (running) {
		return {
			code: 'CWS_CONFLICT',
			reason: running.state === 'scheduled' ? `${running.action} is scheduled` : `${running.action} is running`,
		};
	}

	if (status === 'deleted' || (status === 'deleting' && isWrite)) {
		return {code: 'CWS_INVALID_STATE', reason: `it is ${status}`};
	}

	const from = isWrite ? beginsFrom(operation, contribution) : operation === 'connect' ? actionFacts.stop.from : undefined;
	return from === undefined || from.includes(status) ? undefined : {code: 'CWS_INVALID_STATE', reason: `it is ${status}`};
}

// What is only looked at is something the resource has; the rest is something its provider does.
const views: Readonly<Partial<Record<ResourceOperation, string>>> = {logs: 'log', connect: 'shell', metrics: 'metrics'};

const unsupported = ({provider, type}: Resource, operation: ResourceOperation): string =>
	views[operation] === undefined
		? `${provider} cannot ${operation} ${withArticle(type)}`
		: `${withArticle(type)} has no ${views[operation]}`;

const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

// A plugin that has only not been started yet starts with the call.
function pluginObstacle(id: string, state: PluginState): Obstacle | undefined {
	switch (state) {
		case 'disabled': {
			return {code: 'CWS_PLUGIN_DISABLED', reason: `plugin ${id} is disabled`, fix: `run \`cws plugin enable ${id}\``};
		}

		case 'stopped':
		case 'stopping': {
			return {code: 'CWS_PLUGIN_DISABLED', reason: `plugin ${id} is unloaded`, fix: `run \`cws plugin load ${id}\``};
		}

		case 'quarantined': {
			return {code: 'CWS_PLUGIN_QUARANTINED', reason: `plugin ${id} is quarantined`, fix: `run \`cws plugin reload ${id}\``};
		}

		case 'blocked':
		case 'failed':
		case 'backoff': {
			return {code: 'CWS_PROVIDER_UNAVAILABLE', reason: `plugin ${id} is not active: ${state}`};
		}

		default: {
			return undefined;
		}
	}
}
