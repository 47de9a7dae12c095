import {randomUUID} from 'node:crypto';
import {providerError} from 'cws/sdk';
import {type DockerClient} from '../../client/create-client.ts';
import {refusal} from '../../client/failures.ts';
import {textAt} from '../../read.ts';
import {containerId} from '../map.ts';
import {createBody} from './create-body.ts';
import {type ContainerSpec} from './resolve-spec.ts';
import {findByToken} from './same-request.ts';
import {start} from './start.ts';

/** Creates a container and gives its id; undefined when its name is in use, perhaps by the same request. */
export async function create(client: DockerClient, spec: ContainerSpec, token: string, signal: AbortSignal): Promise<string | undefined> {
	const doing = `create \`${spec.name}\``;
	const attempt = randomUUID();
	try {
		const {status, value} = await client.ask({
			method: 'POST',
			path: '/containers/create',
			query: {name: spec.name},
			body: createBody(spec, {token, attempt}),
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
		await undoUncertain(client, token, attempt);
		throw error;
	}

	return undefined;
}

// The engine may have created it although its answer did not arrive. What another attempt created is left to that one.
async function undoUncertain(client: DockerClient, token: string, attempt: string): Promise<void> {
	try {
		const left = await findByToken(client, token, AbortSignal.timeout(5000));
		if (left?.isNew && left.attempt === attempt) {
			await remove(client, left.id);
		}
	} catch {
		// A repeated request finds it by its token.
	}
}

/** Starts what this attempt created. */
export async function startOwn(client: DockerClient, name: string, id: string, signal: AbortSignal): Promise<void> {
	if ((await start(client, name, id, signal)) === 'unknown') {
		throw providerError('CWS_NOT_FOUND', {
			message: `\`${name}\` was removed before it could start.`,
			cause: `somebody else removed it from \`${client.endpoint.account}\``,
			fix: 'deploy it again',
		});
	}
}

/** Takes away what this attempt created and could not start. */
export async function remove(client: DockerClient, id: string): Promise<void> {
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
