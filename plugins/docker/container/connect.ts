import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type CallContext, type Connection, providerError, type ResourceTarget} from 'cws/sdk';
import {formatAddress} from '../endpoint/address.ts';
import {type Endpoint} from '../endpoint/endpoint.ts';
import {type World} from '../context.ts';
import {type DockerState} from '../state.ts';
import {needContainer} from './read.ts';

/** A shell in the container through the command of its engine. */
export async function connectContainer(
	state: DockerState,
	target: ResourceTarget,
	command: readonly string[] | undefined,
	{signal}: CallContext,
): Promise<Connection> {
	const {client, resource} = await needContainer(state, target, signal);
	if (resource.status !== 'running') {
		throw providerError('CWS_INVALID_STATE', {message: `\`${target.name}\` is not running.`, fix: 'start it'});
	}

	const {world} = state.context;
	const engine = await client.engine(signal);
	const program = ['docker', ...(engine.kind === 'podman' ? ['podman'] : [])].find(name => isInstalled(name, world));
	if (program === undefined) {
		throw providerError('CWS_NOT_SUPPORTED', {
			message: `\`${target.name}\` cannot be opened here.`,
			cause: 'neither `docker` nor `podman` is installed, and their command brings the terminal',
			fix: 'install the Docker command',
		});
	}

	return {
		kind: 'exec',
		command: program,
		args: [
			...(program === 'docker' ? dockerArguments(client.endpoint) : podmanArguments(client.endpoint)),
			'exec',
			'-it',
			target.id,
			...(command ?? defaultShell),
		],
		title: target.name,
	};
}

/** bash where the image has one; what every shell understands otherwise. */
export const defaultShell: readonly string[] = ['/bin/sh', '-c', 'command -v bash >/dev/null && exec bash || exec sh'];

function dockerArguments({address}: Endpoint): readonly string[] {
	const tls = address.kind === 'tcp' ? address.tls : undefined;
	const host = ['--host', address.kind === 'tcp' ? `tcp://${address.host}:${address.port}` : formatAddress(address)];
	return tls === undefined
		? host
		: [
				...host,
				tls.isVerified ? '--tlsverify' : '--tls',
				...(tls.directory === undefined
					? []
					: [
							'--tlscacert',
							join(tls.directory, 'ca.pem'),
							'--tlscert',
							join(tls.directory, 'cert.pem'),
							'--tlskey',
							join(tls.directory, 'key.pem'),
						]),
			];
}

const podmanArguments = ({address}: Endpoint): readonly string[] => ['--url', formatAddress(address)];

export function isInstalled(program: string, {env}: Pick<World, 'env'>): boolean {
	return (env['PATH'] ?? '')
		.split(delimiter)
		.filter(Boolean)
		.some(directory => isExecutable(join(directory, program)));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
