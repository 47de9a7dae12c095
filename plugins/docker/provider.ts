import {
	type CallContext,
	type Choice,
	type DeploySpec,
	type Estimate,
	type OperationResult,
	type Provider,
	providerError,
	type ProviderPlan,
	type ProviderResource,
	type ResourceOperation,
	type ResourceTarget,
} from 'cws/sdk';
import {accountOf} from './account.ts';
import {attachContainer, connectContainer} from './container/attach.ts';
import {deployContainer} from './container/deploy/deploy.ts';
import {planContainer} from './container/deploy/plan.ts';
import {readLogs} from './container/logs.ts';
import {measureContainer} from './container/metrics.ts';
import {
	destroyContainer,
	hibernateContainer,
	planContainerAction,
	restartContainer,
	resumeContainer,
	startContainer,
	stopContainer,
} from './container/operations.ts';
import {findContainer, withDetails} from './container/read.ts';
import {estimateContainer, estimateStorage} from './cost.ts';
import {formatAddress} from './endpoint/address.ts';
import {deployImage, destroyImage, findImage, imageToPull} from './image/images.ts';
import {type DockerType, isDockerType, list} from './list.ts';
import {type DockerState} from './state.ts';
import {deployVolume, destroyVolume, findVolume} from './volume/volumes.ts';
import {planStorage} from './volume/plan.ts';
import {watch} from './watch/watch.ts';

export const createProvider = (state: () => DockerState): Provider => ({
	async *list({type}, {signal}) {
		if (isDockerType(type)) {
			yield* list(state(), type, signal);
		}
	},
	get: async (target, call) => (isDockerType(target.type) ? get(state(), target, call) : null),
	watch: ({signal}) => watch(state(), signal),
	plan: async (_provider, spec) => plan(state(), spec),
	planAction: async (action, target, call) => planAction(state(), action, target, call),
	choices: async (): Promise<Readonly<Record<string, readonly Choice[]>>> => ({engine: engineChoices(state())}),
	estimateCost: async (_provider, spec) => estimate(state(), spec),
	deploy: async (_provider, spec, call) => deploy(state(), spec, call),
	start: async (target, call) => startContainer(state(), container(target), call),
	stop: async (target, call) => stopContainer(state(), container(target), call),
	restart: async (target, call) => restartContainer(state(), container(target), call),
	hibernate: async (target, call) => hibernateContainer(state(), container(target), call),
	resume: async (target, call) => resumeContainer(state(), container(target), call),
	destroy: async (target, call) => destroy(state(), target, call),
	logs: (target, options, call) => readLogs(state(), container(target), options, call),
	connect: async (target, _options, call) => connectContainer(state(), container(target), call),
	attach: (target, options, call) => attachContainer(state(), container(target), options, call),
	metrics: async (target, call) => measureContainer(state(), container(target), call),
});

const notSupported = (message: string) => providerError('CWS_NOT_SUPPORTED', {message, fix: 'see `cws providers`'});

function container(target: ResourceTarget): ResourceTarget {
	if (target.type !== 'container') {
		throw notSupported(`\`docker\` cannot do that to a \`${target.type}\`.`);
	}

	return target;
}

function typeOf({type}: DeploySpec): DockerType {
	if (!isDockerType(type)) {
		throw notSupported(`\`docker\` cannot create a \`${type}\`.`);
	}

	return type;
}

async function get(state: DockerState, target: ResourceTarget, {signal}: CallContext): Promise<ProviderResource | null> {
	switch (target.type as DockerType) {
		case 'container': {
			const found = await findContainer(state, target, signal);
			return found === undefined ? null : withDetails(found);
		}

		case 'volume': {
			return (await findVolume(state, target, signal))?.resource ?? null;
		}

		case 'image': {
			return (await findImage(state, target, signal))?.resource ?? null;
		}
	}
}

function plan(state: DockerState, spec: DeploySpec): ProviderPlan {
	const type = typeOf(spec);
	return type === 'container' ? planContainer(state, spec) : planStorage(state, type, spec);
}

async function planAction(state: DockerState, action: ResourceOperation, target: ResourceTarget, call: CallContext): Promise<ProviderPlan> {
	return target.type === 'container'
		? planContainerAction(state, action, target, call)
		: {lines: [{label: action, value: `${target.type} ${target.name}`}], takes: [`${target.type} ${target.name} and what is in it`]};
}

function engineChoices({endpoints}: DockerState): readonly Choice[] {
	return endpoints.all().map(({endpoint: {account, address}}) => ({value: account, description: formatAddress(address)}));
}

function estimate({context, endpoints}: DockerState, spec: DeploySpec): Estimate {
	const {endpoint} = endpoints.of(accountOf(spec));
	return typeOf(spec) === 'container' ? estimateContainer(endpoint, context.config) : estimateStorage(endpoint);
}

async function deploy(state: DockerState, spec: DeploySpec, call: CallContext): Promise<OperationResult> {
	switch (typeOf(spec)) {
		case 'container': {
			return deployContainer(state, spec, call);
		}

		case 'volume': {
			return deployVolume(state, spec, call);
		}

		case 'image': {
			imageToPull(spec);
			return deployImage(state, spec, call);
		}
	}
}

async function destroy(state: DockerState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	switch (target.type) {
		case 'container': {
			return destroyContainer(state, target, call);
		}

		case 'volume': {
			return destroyVolume(state, target, call);
		}

		case 'image': {
			return destroyImage(state, target, call);
		}

		default: {
			return {status: 'not_found', id: target.id};
		}
	}
}
