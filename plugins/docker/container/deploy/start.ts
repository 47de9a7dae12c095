import {type DockerClient} from '../../client/create-client.ts';
import {refusal} from '../../client/failures.ts';
import {isRecord, textAt} from '../../read.ts';

/** Starts a container; one that runs already is started. An engine that has none of this id says so: it is `unknown`. */
export async function start(client: DockerClient, name: string, id: string, signal: AbortSignal): Promise<'started' | 'unknown'> {
	const doing = `start \`${name}\``;
	try {
		const {status, value} = await client.ask({
			method: 'POST',
			path: `/containers/${id}/start`,
			doing,
			signal,
			timeoutMs: 60_000,
			accept: [404],
		});
		const message = textAt(value, 'message') ?? '';
		if (status !== 404) {
			return 'started';
		}

		if (/no such container/i.test(message)) {
			return 'unknown';
		}

		throw refusal({status, message}, doing, client.endpoint);
	} catch (error) {
		// Another attempt of the same request may have been faster, or only the answer was lost.
		if (await isRunning(client, id, signal)) {
			return 'started';
		}

		throw error;
	}
}

async function isRunning(client: DockerClient, id: string, signal: AbortSignal): Promise<boolean> {
	try {
		const {value} = await client.ask({path: `/containers/${id}/json`, doing: 'see whether it runs', signal});
		const state = isRecord(value) ? value['State'] : undefined;
		return textAt(state, 'Status') === 'running';
	} catch {
		return false;
	}
}
