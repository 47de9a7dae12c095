import {providerError} from 'cws/sdk';
import {createClient, type DockerClient} from '../client/create-client.ts';
import {type DockerContext} from '../context.ts';
import {discover} from './discover.ts';
import {type BrokenEndpoint} from './endpoint.ts';

export type Endpoints = {
	/** Looks around and gives a client for each endpoint; the one that a deploy goes to by default comes first. */
	readonly all: () => readonly DockerClient[];
	/** Places that name an endpoint that cannot be used. */
	readonly broken: () => readonly BrokenEndpoint[];
	/** The one of an account, or an error that names those that are there. */
	readonly of: (account: string | undefined) => DockerClient;
	/** Those a target can be in: its account's, or all when it names none. */
	readonly among: (account: string | undefined) => readonly DockerClient[];
	readonly close: () => Promise<void>;
};

/** The endpoints of this plugin. One that was there stays, even when its socket goes with its daemon: its silence has to be told. */
export function createEndpoints(context: Pick<DockerContext, 'config' | 'world'>): Endpoints {
	let clients: readonly DockerClient[] = [];
	let broken: readonly BrokenEndpoint[] = [];

	const look = (): readonly DockerClient[] => {
		const found = discover(context);
		broken = found.broken;
		const known = new Map(clients.map(client => [client.endpoint.account, client]));
		const next = found.endpoints.map(endpoint => {
			const client = known.get(endpoint.account);
			return client !== undefined && isSame(client.endpoint, endpoint) ? client : createClient(endpoint);
		});
		const accounts = new Set(next.map(({endpoint}) => endpoint.account));
		const gone = clients.filter(({endpoint}) => !accounts.has(endpoint.account));
		const kept = gone.filter(({lastEngine}) => lastEngine() !== undefined);
		const replaced = clients.filter(client => !next.includes(client) && !kept.includes(client));
		clients = [...next, ...kept];
		for (const client of replaced) {
			void client.close();
		}

		return clients;
	};

	return {
		all: look,
		broken: () => broken,
		of(account) {
			return chooseEndpoint(look(), account);
		},
		among(account) {
			const all = look();
			return account === undefined ? all : all.filter(({endpoint}) => endpoint.account === account);
		},
		async close() {
			await Promise.all(clients.map(async client => client.close()));
			clients = [];
		},
	};
}

/** The first when no account is named. */
export function chooseEndpoint(all: readonly DockerClient[], account: string | undefined): DockerClient {
	const client = account === undefined ? all[0] : all.find(({endpoint}) => endpoint.account === account);
	if (client === undefined) {
		throw account === undefined || all.length === 0 ? noEngine() : unknownAccount(account, all);
	}

	return client;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const noEngine = () =>
	providerError('CWS_PROVIDER_UNAVAILABLE', {
		message: 'There is no Docker or Podman here.',
		cause: 'no socket was found, and neither `DOCKER_HOST` nor a context nor the configuration names one',
		fix: 'start Docker or `podman.socket`, set `DOCKER_HOST`, or add `[plugins.docker.hosts.NAME]` with a `url`',
	});

const unknownAccount = (account: string, all: readonly DockerClient[]) =>
	providerError('CWS_INVALID_INPUT', {
		message: `There is no Docker or Podman \`${account}\`.`,
		fix: `use one of ${all.map(({endpoint}) => endpoint.account).join(', ')}`,
		details: {field: 'account'},
	});
