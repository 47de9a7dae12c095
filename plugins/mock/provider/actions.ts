import {
	type CallContext,
	type OperationResult,
	type ProviderResource,
	providerError,
	type ResourceStatus,
	type ResourceTarget,
	type ResultStatus,
} from 'cws/sdk';
import {type MockContext} from './context.ts';

type Step = {readonly status: ResourceStatus; readonly message: string; readonly ms: number};

type Action = {
	readonly from: readonly ResourceStatus[];
	readonly steps: readonly Step[];
	readonly to: ResourceStatus;
	readonly result: ResultStatus;
};

const starting: Step = {status: 'pending', message: 'starting', ms: 2500};
const stopping: Step = {status: 'stopping', message: 'stopping', ms: 2200};

const actions = {
	start: {from: ['stopped', 'failed'], steps: [starting], to: 'running', result: 'started'},
	stop: {from: ['running', 'pending', 'unknown', 'hibernated'], steps: [stopping], to: 'stopped', result: 'stopped'},
	restart: {from: ['running', 'failed', 'unknown'], steps: [stopping, starting], to: 'running', result: 'started'},
	hibernate: {
		from: ['running'],
		steps: [{status: 'hibernating', message: 'writing memory to disk', ms: 3000}],
		to: 'hibernated',
		result: 'stopped',
	},
	resume: {from: ['hibernated'], steps: [{status: 'resuming', message: 'reading memory back', ms: 2000}], to: 'running', result: 'started'},
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/** Runs one of the plain actions in its stages; a cancelled one goes back to where it was. */
export async function act(
	context: MockContext,
	name: ActionName,
	target: ResourceTarget,
	{signal, progress}: CallContext,
): Promise<OperationResult> {
	const {world, timing, faults} = context;
	const action: Action = actions[name];
	await timing.roundTrip(signal);
	faults.beforeCall(target.provider);
	const resource = existing(context, target);
	if (!action.from.includes(resource.status)) {
		if (resource.status === action.to) {
			return {status: 'skipped', id: target.id, message: `it is ${resource.status} already`};
		}

		throw providerError('CWS_INVALID_STATE', {message: `\`${target.name}\` is ${resource.status}, so it cannot ${name}.`});
	}

	using _hold = holdOrFail(context, target);
	if (faults.isStubborn(resource)) {
		return {status: action.result, id: target.id};
	}

	try {
		for (const [done, {status, message, ms}] of action.steps.entries()) {
			world.setStatus(target, status);
			progress({done, total: action.steps.length, message});
			await timing.stage(ms, signal);
		}
	} catch (error) {
		world.setStatus(target, resource.status, resource.statusReason);
		throw error;
	}

	world.setStatus(target, action.to);
	return {status: action.result, id: target.id};
}

export async function destroy(context: MockContext, target: ResourceTarget, {signal, progress}: CallContext): Promise<OperationResult> {
	const {world, timing, faults} = context;
	await timing.roundTrip(signal);
	faults.beforeCall(target.provider);
	const resource = world.get(target);
	if (resource === undefined) {
		return {status: 'not_found', id: target.id};
	}

	if (resource.protected !== undefined) {
		throw providerError('CWS_DENIED', {message: `\`${target.name}\` is protected.`, cause: resource.protected});
	}

	using _hold = holdOrFail(context, target);
	world.setStatus(target, 'deleting');
	progress({message: 'deleting'});
	try {
		await timing.stage(2500, signal);
	} catch (error) {
		world.setStatus(target, resource.status, resource.statusReason);
		throw error;
	}

	world.remove(target);
	return {status: 'deleted', id: target.id};
}

function existing({world}: MockContext, target: ResourceTarget): ProviderResource {
	const resource = world.get(target);
	if (resource === undefined) {
		throw providerError('CWS_NOT_FOUND', {message: `\`${target.provider}\` has no ${target.type} \`${target.name}\` any more.`});
	}

	return resource;
}

function holdOrFail({world}: MockContext, target: ResourceTarget): Disposable {
	const hold = world.hold(target);
	if (hold === undefined) {
		throw providerError('CWS_CONFLICT', {message: `Something else is being done to \`${target.name}\`.`, retryable: true});
	}

	return hold;
}
