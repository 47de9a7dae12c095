import {existsSync, realpathSync} from 'node:fs';
import {join} from 'node:path';
import {FailureError} from 'cws/sdk';
import {type DockerContext, type World} from '../context.ts';
import {type Address, formatAddress, parseAddress} from './address.ts';
import {readDockerContexts} from './docker-contexts.ts';
import {type BrokenEndpoint, type Endpoint} from './endpoint.ts';

export type Discovered = {
	/** The one a deploy goes to when none is named comes first. */
	readonly endpoints: readonly Endpoint[];
	readonly broken: readonly BrokenEndpoint[];
};

/** Every Docker and Podman this person can mean, each once: the configuration, `DOCKER_HOST`, contexts, and sockets that lie where they usually do. */
export function discover({config, world}: Pick<DockerContext, 'config' | 'world'>): Discovered {
	const broken: BrokenEndpoint[] = [];
	const attempt = (account: string, make: () => Endpoint | undefined): readonly Endpoint[] => {
		try {
			const endpoint = make();
			return endpoint === undefined ? [] : [endpoint];
		} catch (error) {
			if (!(error instanceof FailureError)) {
				throw error;
			}

			broken.push({account, reason: error.failure.message, fix: error.failure.fix ?? 'mend it'});
			return [];
		}
	};

	const own = Object.entries(config.hosts).flatMap(([account, host]) => attempt(account, () => ownEndpoint(account, host)));
	const found: Endpoint[] = [];
	let current: string | undefined;
	if (config.discover) {
		const contexts = readDockerContexts(dockerDirectory(world));
		broken.push(...contexts.broken);
		current = world.env['DOCKER_HOST'] ? undefined : (world.env['DOCKER_CONTEXT'] ?? contexts.current);
		found.push(...attempt('default', () => environmentEndpoint(world)), ...contexts.endpoints, ...sockets(world));
	}

	const wanted = (account: string) => config.contexts?.includes(account) ?? true;
	const all = onlyOnce(own, found)
		.filter(({account}) => wanted(account))
		.map(endpoint => withRate(endpoint, config.hosts[endpoint.account]?.ratePerHour));
	return {
		endpoints: all.toSorted((a, b) => Number(b.account === current) - Number(a.account === current)),
		broken: broken.filter(({account}) => wanted(account)),
	};
}

export const dockerDirectory = ({env, home}: World): string => env['DOCKER_CONFIG'] || join(home, '.docker');

function ownEndpoint(account: string, {url, certificates}: DockerContext['config']['hosts'][string]): Endpoint | undefined {
	if (url === undefined) {
		return undefined;
	}

	const from = `\`plugins.docker.hosts.${account}\``;
	const tls = certificates === undefined ? undefined : {directory: certificates, isVerified: true};
	return {account, address: parseAddress(url, {from, tls}), from, isAskedFor: true};
}

function environmentEndpoint({env, home}: World): Endpoint | undefined {
	const host = env['DOCKER_HOST'];
	if (!host) {
		return undefined;
	}

	const isVerified = Boolean(env['DOCKER_TLS_VERIFY']);
	const directory = env['DOCKER_CERT_PATH'] || (isVerified ? join(home, '.docker') : undefined);
	const tls = directory === undefined ? undefined : {directory, isVerified};
	return {account: 'default', address: parseAddress(host, {from: '`DOCKER_HOST`', tls}), from: '`DOCKER_HOST`', isAskedFor: true};
}

/** Where a Docker or a Podman puts its socket when nobody says otherwise. */
function sockets({env, home, uid, platform}: World): readonly Endpoint[] {
	if (platform === 'win32') {
		return [usual('default', String.raw`\\.\pipe\docker_engine`), usual('podman', String.raw`\\.\pipe\podman-machine-default`)];
	}

	const runtime = env['XDG_RUNTIME_DIR'] || `/run/user/${uid}`;
	const places = [
		usual('default', '/var/run/docker.sock'),
		usual('rootless', join(runtime, 'docker.sock')),
		usual('rootless', join(home, '.docker/run/docker.sock')),
		usual('podman', join(runtime, 'podman/podman.sock')),
		usual('podman', join(home, '.local/share/containers/podman/machine/podman.sock')),
		usual('podman-root', '/run/podman/podman.sock'),
	];
	return places.filter(({address}) => address.kind === 'unix' && existsSync(address.path));
}

const usual = (account: string, path: string): Endpoint => ({
	account,
	address: {kind: 'unix', path},
	from: `the socket ${path}`,
	isAskedFor: false,
});

// The first of a name stays. What was found by itself stays only where nothing before it has the same address: one socket often has
// several names. Who writes two names for one address into the configuration wants two.
function onlyOnce(own: readonly Endpoint[], found: readonly Endpoint[]): readonly Endpoint[] {
	const accounts = new Set(own.map(({account}) => account));
	const addresses = new Set(own.map(({address}) => keyOf(address)));
	return [
		...own,
		...found.filter(({account, address}) => {
			const key = keyOf(address);
			if (accounts.has(account) || addresses.has(key)) {
				return false;
			}

			accounts.add(account);
			addresses.add(key);
			return true;
		}),
	];
}

const keyOf = (address: Address): string => (address.kind === 'unix' ? realPath(address.path) : formatAddress(address));

function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

const withRate = (endpoint: Endpoint, ratePerHour: number | undefined): Endpoint =>
	ratePerHour === undefined ? endpoint : {...endpoint, ratePerHour};
