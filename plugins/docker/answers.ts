import {providerError, type ResourceTarget} from 'cws/sdk';
import {type DockerClient} from './client/create-client.ts';

/** An answer that has to be a list; `null` is how Go writes an empty one. */
export function listOf(value: unknown, {endpoint}: DockerClient, what: string): readonly unknown[] {
	if (value === null || value === undefined) {
		return [];
	}

	if (!Array.isArray(value)) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `\`${endpoint.account}\` answered with no list of ${what}.`,
			fix: 'see whether a Docker or a Podman listens there at all',
		});
	}

	return value;
}

/** Asks all; the first that has it wins, and a failure counts only when nobody has it. */
export async function firstOf<Value>(
	clients: readonly DockerClient[],
	ask: (client: DockerClient) => Promise<Value | undefined>,
): Promise<Value | undefined> {
	const answers = await Promise.allSettled(clients.map(async client => ask(client)));
	const found = answers.find(answer => answer.status === 'fulfilled' && answer.value !== undefined);
	const failed = answers.find(answer => answer.status === 'rejected');
	if (found?.status === 'fulfilled') {
		return found.value;
	}

	if (failed !== undefined) {
		throw failed.reason;
	}

	return undefined;
}

export const notFound = ({name, type}: ResourceTarget): Error =>
	providerError('CWS_NOT_FOUND', {message: `There is no ${type} \`${name}\`.`, cause: 'it was removed meanwhile', fix: 'see `cws list`'});
