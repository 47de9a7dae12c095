import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, type DeploySpec, type OperationResult, providerError} from 'cws/sdk';
import {accountOf} from '../../account.ts';
import {type DockerClient} from '../../client/create-client.ts';
import {refusal} from '../../client/failures.ts';
import {pullImage} from '../../image/pull.ts';
import {isRecord, numberAt, textAt} from '../../read.ts';
import {type DockerState} from '../../state.ts';
import {containerId, shortImage, tokenLabel} from '../map.ts';
import {listOf} from '../../answers.ts';
import {createBody} from './create-body.ts';
import {type ContainerSpec, resolveContainer} from './resolve-spec.ts';

/** Creates and starts a container. The same token always gives the same one, from whichever process. */
export async function deployContainer({context, endpoints}: DockerState, deploy: DeploySpec, call: CallContext): Promise<OperationResult> {
	call.signal.throwIfAborted();
	const spec = resolveContainer(deploy);
	const client = endpoints.of(accountOf(deploy));
	const begun = await findByToken(client, deploy.token, call.signal);
	if (begun !== undefined) {
		await startIfNew(client, spec, begun, call.signal);
		return created(client, spec, begun.id, `\`${spec.name}\` was created by the same request before`);
	}

	if ((await ownerOf(client, spec.name, deploy.token, call.signal)) === 'another') {
		throw nameTaken(client, spec.name);
	}

	await providePull(client, spec, context, call);
	call.progress({message: 'creating'});
	const container = await create(client, spec, deploy.token, call.signal);
	call.progress({message: 'starting'});
	try {
		await start(client, spec, container, call.signal);
	} catch (error) {
		await remove(client, container);
		throw error;
	}

	return settled(client, spec, container, call);
}

const created = ({endpoint}: DockerClient, {image}: ContainerSpec, id: string, message?: string): OperationResult => ({
	status: 'created',
	id,
	account: endpoint.account,
	size: shortImage(image.full),
	...(message !== undefined && {message}),
});

type Begun = {readonly id: string; readonly isNew: boolean};

async function findByToken(client: DockerClient, token: string, signal: AbortSignal): Promise<Begun | undefined> {
	const {value} = await client.ask({
		path: '/containers/json',
		query: {all: true, filters: JSON.stringify({label: [`${tokenLabel}=${token}`]})},
		doing: 'look for what the same request made',
		signal,
	});
	// The filter is asked again here: an engine that does not know it answers with everything.
	const entry = listOf(value, client, 'containers').find(entry => textAt(entry, 'Labels', tokenLabel) === token);
	const id = textAt(entry, 'Id');
	return id === undefined || !containerId.test(id) ? undefined : {id, isNew: textAt(entry, 'State') === 'created'};
}

// What an earlier try created and did not come to start.
async function startIfNew(client: DockerClient, spec: ContainerSpec, {id, isNew}: Begun, signal: AbortSignal): Promise<void> {
	if (isNew) {
		await start(client, spec, id, signal);
	}
}

/** Whose the name is. A moment ago the same request may have taken it in another process. */
async function ownerOf(
	client: DockerClient,
	name: string,
	token: string,
	signal: AbortSignal,
): Promise<'nobody' | 'this request' | 'another'> {
	const {status, value} = await client.ask({path: `/containers/${name}/json`, doing: 'look for its name', signal, accept: [404]});
	return status === 404 || textAt(value, 'Name')?.replace(/^\//, '') !== name
		? 'nobody'
		: textAt(value, 'Config', 'Labels', tokenLabel) === token
			? 'this request'
			: 'another';
}

const nameTaken = ({endpoint}: DockerClient, name: string): Error =>
	providerError('CWS_NAME_TAKEN', {
		message: `A container \`${name}\` exists already in \`${endpoint.account}\`.`,
		fix: `choose another name, or run \`cws destroy docker/${name}\``,
		details: {field: 'name'},
	});

async function providePull(
	client: DockerClient,
	{image, pull}: ContainerSpec,
	{world}: DockerState['context'],
	call: CallContext,
): Promise<void> {
	if (pull === 'always') {
		await pullImage(client, image, world, call);
		return;
	}

	const path = `/images/${encodeURI(image.full)}/json`;
	const {status} = await client.ask({path, doing: 'look for the image', signal: call.signal, accept: [404]});
	if (status === 404 && pull === 'never') {
		throw providerError('CWS_NOT_FOUND', {
			message: `The image \`${image.full}\` is not in \`${client.endpoint.account}\`.`,
			cause: '`pull` is `never`',
			fix: 'pull it first, or leave `pull` out',
			details: {field: 'image'},
		});
	}

	if (status === 404) {
		await pullImage(client, image, world, call);
	}
}

async function create(client: DockerClient, spec: ContainerSpec, token: string, signal: AbortSignal): Promise<string> {
	const doing = `create \`${spec.name}\``;
	try {
		const {status, value} = await client.ask({
			method: 'POST',
			path: '/containers/create',
			query: {name: spec.name},
			body: createBody(spec, token),
			doing,
			signal,
			timeoutMs: 120_000,
			accept: [409, 500],
		});
		const id = textAt(value, 'Id');
		if (status < 400 && id !== undefined && containerId.test(id)) {
			return id;
		}

		const message = textAt(value, 'message') ?? '';
		if (status >= 400 && !/\bname .*in use/i.test(message)) {
			throw refusal({status, message}, doing, client.endpoint);
		}
	} catch (error) {
		await undoUncertain(client, token);
		throw error;
	}

	return whoWasFaster(client, spec.name, token, signal);
}

// Another process has the name, perhaps with the same request. An engine reserves a name some time before it shows the container.
async function whoWasFaster(client: DockerClient, name: string, token: string, signal: AbortSignal): Promise<string> {
	for (let tries = 0; tries < 20; tries++) {
		const other = await findByToken(client, token, signal);
		if (other !== undefined) {
			return other.id;
		}

		if ((await ownerOf(client, name, token, signal)) === 'another') {
			break;
		}

		await sleep(100, undefined, {signal});
	}

	throw nameTaken(client, name);
}

// The engine may have created it although its answer did not arrive.
async function undoUncertain(client: DockerClient, token: string): Promise<void> {
	try {
		const left = await findByToken(client, token, AbortSignal.timeout(5000));
		if (left?.isNew) {
			await remove(client, left.id);
		}
	} catch {
		// A repeated request finds it by its token.
	}
}

async function start(client: DockerClient, {name}: ContainerSpec, id: string, signal: AbortSignal): Promise<void> {
	await client.ask({method: 'POST', path: `/containers/${id}/start`, doing: `start \`${name}\``, signal, timeoutMs: 60_000});
}

async function remove(client: DockerClient, id: string): Promise<void> {
	try {
		await client.ask({
			method: 'DELETE',
			path: `/containers/${id}`,
			query: {force: true, v: true},
			doing: 'remove what was begun',
			signal: AbortSignal.timeout(10_000),
			accept: [404, 409],
		});
	} catch {
		// Shown as a stopped container; destroying it works like any other.
	}
}

// A program that is not in the image or ends with an error at once is told now, not after minutes of waiting.
async function settled(client: DockerClient, spec: ContainerSpec, id: string, {signal}: CallContext): Promise<OperationResult> {
	try {
		const {value} = await client.ask({path: `/containers/${id}/json`, doing: 'read it back', signal, accept: [404]});
		const state = isRecord(value) ? value['State'] : undefined;
		const code = numberAt(state, 'ExitCode') ?? 0;
		if (textAt(state, 'Status') === 'exited' && code !== 0) {
			return {...created(client, spec, id), status: 'failed', message: `\`${spec.name}\` was created, but it ended at once with ${code}`};
		}
	} catch {
		// It runs as far as anyone knows; the engine of cws reads it back by itself.
	}

	return created(client, spec, id);
}
