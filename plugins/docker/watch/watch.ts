import {type ResourceChange} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {type DockerState} from '../state.ts';
import {watchEndpoint} from './watch-endpoint.ts';

const lookAroundMs = 15_000;

/** What changes at all endpoints, as it comes, also at those that come later. */
export async function* watch(state: DockerState, signal: AbortSignal): AsyncGenerator<readonly ResourceChange[]> {
	let queue: ResourceChange[] = [];
	let wake = Promise.withResolvers<void>();
	const followed = new WeakSet<DockerClient>();
	const push = (changes: readonly ResourceChange[]) => {
		queue.push(...changes);
		wake.resolve();
	};

	const ending = new AbortController();
	const until = AbortSignal.any([signal, ending.signal]);
	const follow = () => {
		for (const client of state.endpoints.all()) {
			if (!followed.has(client)) {
				followed.add(client);
				void watchEndpoint(state, client, push, until);
			}
		}
	};

	const timer = setInterval(follow, lookAroundMs);
	const onAbort = () => wake.resolve();
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		follow();
		while (!signal.aborted) {
			await wake.promise;
			wake = Promise.withResolvers();
			const changes = queue;
			queue = [];
			if (changes.length > 0) {
				yield changes;
			}
		}
	} finally {
		clearInterval(timer);
		ending.abort();
		signal.removeEventListener('abort', onAbort);
	}
}
