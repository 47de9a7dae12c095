import {listOf} from '../answers.ts';
import {type DockerClient, orAborted} from '../client/create-client.ts';

export type Reading = {readonly signal?: AbortSignal; readonly isFresh?: boolean};

const onTheWay = new WeakMap<DockerClient, Promise<readonly unknown[]>>();

/**
The entries of all containers. Lists of the three types begin at the same moment and all need them, so a question that is on its way
is shared; whoever wants to see what an event told has to ask anew.
*/
export async function allContainers(client: DockerClient, {signal, isFresh = false}: Reading): Promise<readonly unknown[]> {
	const shared = isFresh ? undefined : onTheWay.get(client);
	const asking = shared ?? ask(client);
	if (!isFresh && shared === undefined) {
		onTheWay.set(client, asking);
		const forget = () => onTheWay.delete(client);
		asking.then(forget, forget);
	}

	return orAborted(asking, signal);
}

async function ask(client: DockerClient): Promise<readonly unknown[]> {
	const {value} = await client.ask({path: '/containers/json', query: {all: true}, doing: 'list the containers'});
	return listOf(value, client, 'containers');
}
