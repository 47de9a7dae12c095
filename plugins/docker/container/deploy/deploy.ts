import {type CallContext, type DeploySpec, type OperationResult, providerError} from 'cws/sdk';
import {accountOf} from '../../account.ts';
import {type DockerClient} from '../../client/create-client.ts';
import {pullImage} from '../../image/pull.ts';
import {isRecord, numberAt, textAt} from '../../read.ts';
import {type DockerState} from '../../state.ts';
import {shortImage} from '../map.ts';
import {create, remove, startOwn} from './create.ts';
import {type ContainerSpec, resolveContainer} from './resolve-spec.ts';
import {findByToken, join, nameTaken, ownerOf, whoWasFaster} from './same-request.ts';

// Another attempt of the same request can take away what it could not start; then this one begins again.
const mostAttempts = 5;

/** Creates and starts a container. The same token always gives the same one, from whichever process. */
export async function deployContainer({context, endpoints}: DockerState, deploy: DeploySpec, call: CallContext): Promise<OperationResult> {
	call.signal.throwIfAborted();
	const spec = resolveContainer(deploy);
	const client = endpoints.of(accountOf(deploy));
	for (let attempts = 0; attempts < mostAttempts; attempts++) {
		const result = await attempt(client, spec, deploy.token, {context, call});
		if (result !== undefined) {
			return result;
		}
	}

	throw nameTaken(client, spec.name);
}

type Around = {readonly context: DockerState['context']; readonly call: CallContext};

/** Undefined when what another attempt had begun went before it ran. */
async function attempt(
	client: DockerClient,
	spec: ContainerSpec,
	token: string,
	{context, call}: Around,
): Promise<OperationResult | undefined> {
	const {signal} = call;
	const {name} = spec;
	const begun = await findByToken(client, token, signal);
	if (begun !== undefined) {
		return (await join(client, name, token, begun, signal))
			? created(client, spec, begun.id, `\`${name}\` was created by the same request before`)
			: undefined;
	}

	if ((await ownerOf(client, name, token, signal)) === 'another') {
		throw nameTaken(client, name);
	}

	await providePull(client, spec, context, call);
	call.progress({message: 'creating'});
	const id = await create(client, spec, token, signal);
	if (id === undefined) {
		const other = await whoWasFaster(client, name, token, signal);
		return other !== undefined && (await join(client, name, token, other, signal)) ? settled(client, spec, other.id, call) : undefined;
	}

	call.progress({message: 'starting'});
	try {
		await startOwn(client, name, id, signal);
	} catch (error) {
		await remove(client, id);
		throw error;
	}

	return settled(client, spec, id, call);
}

const created = ({endpoint}: DockerClient, {image}: ContainerSpec, id: string, message?: string): OperationResult => ({
	status: 'created',
	id,
	account: endpoint.account,
	size: shortImage(image.full),
	...(message !== undefined && {message}),
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
