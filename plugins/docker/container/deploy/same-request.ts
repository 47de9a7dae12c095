import {setTimeout as sleep} from 'node:timers/promises';
import {providerError} from 'cws/sdk';
import {listOf} from '../../answers.ts';
import {type DockerClient} from '../../client/create-client.ts';
import {textAt} from '../../read.ts';
import {attemptLabel, containerId, tokenLabel} from '../map.ts';
import {start} from './start.ts';

/** What an attempt for the same request created, perhaps in another process or in an earlier life. */
export type Begun = {
	readonly id: string;
	/** Nobody has come to start it. */
	readonly isNew: boolean;
	/** The attempt that created it. */
	readonly attempt: string | undefined;
};

const pauseMs = 100;
const mostPauses = 20;

export async function findByToken(client: DockerClient, token: string, signal: AbortSignal): Promise<Begun | undefined> {
	const {value} = await client.ask({
		path: '/containers/json',
		query: {all: true, filters: JSON.stringify({label: [`${tokenLabel}=${token}`]})},
		doing: 'look for what the same request made',
		signal,
	});
	// The filter is asked again here: an engine that does not know it answers with everything.
	const entry = listOf(value, client, 'containers').find(entry => textAt(entry, 'Labels', tokenLabel) === token);
	const id = textAt(entry, 'Id');
	return id === undefined || !containerId.test(id)
		? undefined
		: {id, isNew: textAt(entry, 'State') === 'created', attempt: textAt(entry, 'Labels', attemptLabel)};
}

/** Whose the name is. A moment ago the same request may have taken it in another process. */
export async function ownerOf(
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

export const nameTaken = ({endpoint}: DockerClient, name: string): Error =>
	providerError('CWS_NAME_TAKEN', {
		message: `A container \`${name}\` exists already in \`${endpoint.account}\`.`,
		fix: `choose another name, or run \`cws destroy docker/${name}\``,
		details: {field: 'name'},
	});

/**
Who has the name that was refused: what the same request made, or undefined when nobody seems to, because whoever had it could not
start it and took it away. An engine reserves a name some time before it shows the container.
*/
export async function whoWasFaster(client: DockerClient, name: string, token: string, signal: AbortSignal): Promise<Begun | undefined> {
	for (let pauses = 0; pauses < mostPauses; pauses++) {
		const other = await findByToken(client, token, signal);
		if (other !== undefined) {
			return other;
		}

		if ((await ownerOf(client, name, token, signal)) === 'another') {
			throw nameTaken(client, name);
		}

		await sleep(pauseMs, undefined, {signal});
	}

	return undefined;
}

/**
Sees to it that what another attempt created runs; false when it is gone. It is never taken away here, even when it does not start:
it is the other attempt's, which may be starting it at this moment.
*/
export async function join(client: DockerClient, name: string, token: string, begun: Begun, signal: AbortSignal): Promise<boolean> {
	let found: Begun | undefined = begun;
	for (let pauses = 0; pauses < mostPauses && found?.id === begun.id; pauses++) {
		// Docker lists a container a moment before it knows it by its id.
		if (!found.isNew || (await start(client, name, begun.id, signal)) === 'started') {
			return true;
		}

		await sleep(pauseMs, undefined, {signal});
		found = await findByToken(client, token, signal);
	}

	return false;
}
