import {isEnded} from '../../core/operation.ts';
import {type Resource, type ResourceOperation, type ResourceStatus} from '../../core/resource.ts';
import {contributionsOf, sourceKey} from '../contributions.ts';
import {type EngineState} from '../state.ts';

const readers: ReadonlySet<ResourceOperation> = new Set(['list', 'get', 'logs', 'connect', 'metrics']);

// The states an operation makes sense in; what is not here fits every state.
const fitting: Readonly<Partial<Record<ResourceOperation, readonly ResourceStatus[]>>> = {
	start: ['stopped', 'failed', 'unknown'],
	stop: ['running', 'creating', 'hibernated', 'unknown'],
	restart: ['running', 'failed', 'unknown'],
	hibernate: ['running', 'unknown'],
	resume: ['hibernated', 'unknown'],
	connect: ['running', 'unknown'],
};

/** Why an operation cannot be done to a resource now, in words a person reads; undefined when it can. */
export function disabledReason(state: EngineState, resource: Resource, operation: ResourceOperation): string | undefined {
	const contribution = contributionsOf(state.plugins).get(sourceKey(resource.provider, resource.type));
	if (contribution === undefined) {
		return `no plugin speaks for \`${resource.provider}\` now`;
	}

	if (!contribution.operations.includes(operation)) {
		return `a ${resource.provider} ${resource.type} has no ${operation}`;
	}

	if (contribution.plugin.state === 'disabled') {
		return `the plugin \`${contribution.plugin.id}\` is disabled`;
	}

	const own = (operation === 'destroy' ? resource.protected : undefined) ?? resource.disabled?.[operation];
	if (own !== undefined) {
		return own;
	}

	if (!readers.has(operation)) {
		if (state.isReadOnly) {
			return 'cws is read-only';
		}

		const running = state.operations.find(({ref, state: phase}) => ref === resource.ref && !isEnded(phase));
		if (running !== undefined) {
			return `${running.action} is under way`;
		}
	}

	return fitting[operation]?.includes(resource.status) === false ? `it is ${resource.status}` : undefined;
}
