import {FailureError, type ListPage, type ProviderResource} from 'cws/sdk';
import {type DockerClient} from './client/create-client.ts';
import {type Reading} from './container/all-containers.ts';
import {readContainers} from './container/read.ts';
import {readImages} from './image/images.ts';
import {type DockerState} from './state.ts';
import {readVolumes} from './volume/volumes.ts';

export const types = ['container', 'volume', 'image'] as const;

export type DockerType = (typeof types)[number];

export const isDockerType = (type: string): type is DockerType => types.includes(type as DockerType);

const pageSize = 200;

type Page = {readonly resources: readonly ProviderResource[]; readonly skipped: number};

/** Everything of one type at one endpoint. */
export async function readType(state: DockerState, client: DockerClient, type: DockerType, reading: Reading): Promise<Page> {
	switch (type) {
		case 'container': {
			return readContainers(state, client, reading);
		}

		case 'volume': {
			return readVolumes(client, reading);
		}

		case 'image': {
			return readImages(client, reading);
		}
	}
}

/** Asks all endpoints at once; each page goes out when it is there, and one that does not answer is named instead. */
export async function* list(state: DockerState, type: DockerType, signal: AbortSignal): AsyncGenerator<ListPage> {
	const clients = state.endpoints.all();
	const missing: NonNullable<ListPage['missing']>[number][] = state.endpoints
		.broken()
		.map(({account, reason, fix}) => ({account, reason, fix}));
	const failures: unknown[] = [];
	const running = new Map(
		clients.map(client => [
			client,
			readType(state, client, type, {signal}).then(
				page => ({client, page}) as const,
				(error: unknown) => ({client, error}) as const,
			),
		]),
	);
	while (running.size > 0) {
		const answer = await Promise.race(running.values());
		running.delete(answer.client);
		if ('page' in answer) {
			yield* pagesOf(answer.page);
		} else if (isWorthTelling(answer.client)) {
			failures.push(answer.error);
			missing.push(missingPart(answer.client, answer.error));
		}
	}

	// With nothing else to show, the failure says more than a list with a hole.
	if (clients.length === 1 && failures.length === 1) {
		throw failures[0];
	}

	if (missing.length > 0) {
		yield {resources: [], missing};
	}
}

/** A socket that lies about while its daemon is off is no news, unless it answered before or somebody asked for it. */
const isWorthTelling = ({endpoint, lastEngine}: DockerClient): boolean => endpoint.isAskedFor || lastEngine() !== undefined;

function* pagesOf({resources, skipped}: Page): Generator<ListPage> {
	for (let first = 0; first === 0 || first < resources.length; first += pageSize) {
		yield {resources: resources.slice(first, first + pageSize), ...(first === 0 && skipped > 0 && {skipped})};
	}
}

function missingPart({endpoint: {account}}: DockerClient, error: unknown): NonNullable<ListPage['missing']>[number] {
	if (!(error instanceof FailureError)) {
		throw error;
	}

	const {code, cause, message, fix} = error.failure;
	return {account, reason: cause ?? message, ...(code === 'CWS_NEEDS_LOGIN' && {needsLogin: true}), ...(fix !== undefined && {fix})};
}
