import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, type OperationResult, type ProviderPlan, type ResourceOperation, type ResourceTarget} from 'cws/sdk';
import {type Reply} from '../client/create-client.ts';
import {listAt, textAt} from '../read.ts';
import {type DockerState} from '../state.ts';
import {notFound} from '../answers.ts';
import {findContainer, type Found, needContainer} from './read.ts';

type Deed = {readonly doing: string; readonly path: string; readonly query?: Readonly<Record<string, string | number | boolean>>};

/** One question about a container. The container that went meanwhile is not found; the state it is in already is 304. */
async function post({client}: Found, target: ResourceTarget, {doing, path, query}: Deed, call: CallContext, extraMs = 0): Promise<Reply> {
	const reply = await client.ask({
		method: 'POST',
		path: `/containers/${target.id}/${path}`,
		...(query !== undefined && {query}),
		doing: `${doing} \`${target.name}\``,
		signal: call.signal,
		timeoutMs: 60_000 + extraMs,
		accept: [404],
	});
	if (reply.status === 404) {
		throw notFound(target);
	}

	return reply;
}

export async function startContainer(state: DockerState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await needContainer(state, target, call.signal);
	if (found.resource.status === 'hibernated') {
		return resumeContainer(state, target, call);
	}

	const {status} = await post(found, target, {doing: 'start', path: 'start'}, call);
	state.stops.remove(target.id);
	return status === 304
		? {status: 'skipped', id: target.id, message: 'it is running'}
		: {status: 'started', id: target.id, account: found.client.endpoint.account};
}

export async function stopContainer(state: DockerState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await needContainer(state, target, call.signal);
	const result = await stopFound(state, found, target, call);
	return result;
}

async function stopFound(state: DockerState, found: Found, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const {stopGraceSeconds: grace} = state.context.config;
	// Whoever is paused cannot hear a TERM: Podman refuses, Docker waits for nothing.
	if (found.resource.status === 'hibernated') {
		await post(found, target, {doing: 'resume', path: 'unpause'}, call);
	}

	call.progress({message: `TERM, then KILL after ${grace} s`});
	state.stops.add(target.id);
	const {status} = await post(found, target, {doing: 'stop', path: 'stop', query: {t: grace}}, call, grace * 1000);
	return status === 304
		? {status: 'skipped', id: target.id, message: 'it is not running'}
		: {status: 'stopped', id: target.id, account: found.client.endpoint.account};
}

export async function restartContainer(state: DockerState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await needContainer(state, target, call.signal);
	if (found.resource.status === 'hibernated') {
		await post(found, target, {doing: 'resume', path: 'unpause'}, call);
	}

	const {stopGraceSeconds: grace} = state.context.config;
	await post(found, target, {doing: 'restart', path: 'restart', query: {t: grace}}, call, grace * 1000);
	state.stops.remove(target.id);
	return {status: 'started', id: target.id, account: found.client.endpoint.account};
}

export async function hibernateContainer(state: DockerState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await needContainer(state, target, call.signal);
	if (found.resource.status === 'hibernated') {
		return {status: 'skipped', id: target.id, message: 'it is paused already'};
	}

	await post(found, target, {doing: 'pause', path: 'pause'}, call);
	return {status: 'stopped', id: target.id, account: found.client.endpoint.account};
}

export async function resumeContainer(state: DockerState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await needContainer(state, target, call.signal);
	if (found.resource.status !== 'hibernated') {
		return {status: 'skipped', id: target.id, message: 'it is not paused'};
	}

	await post(found, target, {doing: 'resume', path: 'unpause'}, call);
	return {status: 'started', id: target.id, account: found.client.endpoint.account};
}

/** Stops it with its grace and removes it with the volumes that have no name; what is gone is `not_found`. */
export async function destroyContainer(state: DockerState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await findContainer(state, target, call.signal);
	if (found === undefined) {
		return {status: 'not_found', id: target.id, message: 'it was gone already'};
	}

	const {status: before} = found.resource;
	if (before === 'running' || before === 'hibernated') {
		await stopFound(state, found, target, call);
	}

	call.progress({message: 'removing'});
	const {status} = await found.client.ask({
		method: 'DELETE',
		path: `/containers/${target.id}`,
		query: {force: true, v: true},
		doing: `remove \`${target.name}\``,
		signal: call.signal,
		timeoutMs: 60_000,
		accept: [404, 409],
	});
	// Somebody else removes it: it is gone when they are done.
	if (status === 409) {
		await untilGone(state, target, call);
	}

	state.stops.remove(target.id);
	return {status: 'deleted', id: target.id, account: found.client.endpoint.account};
}

async function untilGone(state: DockerState, target: ResourceTarget, {signal}: CallContext): Promise<void> {
	for (let wait = 50; (await findContainer(state, target, signal)) !== undefined; wait = Math.min(wait * 2, 1000)) {
		await sleep(wait, undefined, {signal});
	}
}

/** The dry run of a deed: what runs, what goes and what stays. */
export async function planContainerAction(
	state: DockerState,
	action: ResourceOperation,
	target: ResourceTarget,
	{signal}: CallContext,
): Promise<ProviderPlan> {
	const {resource, details, client} = await needContainer(state, target, signal);
	const {stopGraceSeconds} = state.context.config;
	const grace = `TERM, then KILL after ${stopGraceSeconds} s`;
	const isRunning = resource.status === 'running' || resource.status === 'hibernated';
	const first = {label: 'container', value: `${resource.name} of ${client.endpoint.account}, ${resource.rawStatus}`};
	const ends = {label: 'program', value: isRunning ? grace : 'does not run'};
	switch (action) {
		case 'destroy': {
			const volumes = listAt(details, 'Mounts').filter(mount => textAt(mount, 'Type') === 'volume');
			const names = volumes.map(mount => textAt(mount, 'Name') ?? '?');
			const isNameless = (name: string) => /^[0-9a-f]{64}$/.test(name);
			const binds = listAt(details, 'Mounts').filter(mount => textAt(mount, 'Type') === 'bind');
			return {
				lines: [first, ends],
				takes: [
					'its log and what it wrote outside of volumes',
					...names.filter(name => isNameless(name)).map(name => `the volume ${name.slice(0, 12)} without a name`),
				],
				keeps: [
					...names.filter(name => !isNameless(name)).map(name => `volume ${name}`),
					...binds.map(mount => textAt(mount, 'Source') ?? '?'),
					`image ${resource.size ?? ''}`.trim(),
				],
			};
		}

		case 'stop':
		case 'restart': {
			return {lines: [first, ends], keeps: ['what it wrote', 'its log']};
		}

		case 'hibernate': {
			return {lines: [first, {label: 'program', value: 'paused; its memory stays in use'}]};
		}

		default: {
			return {lines: [first]};
		}
	}
}
