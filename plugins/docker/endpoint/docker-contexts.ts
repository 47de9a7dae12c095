import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {FailureError} from 'cws/sdk';
import {isRecord, textAt} from '../read.ts';
import {parseAddress} from './address.ts';
import {type BrokenEndpoint, type Endpoint} from './endpoint.ts';

export type DockerContexts = {
	readonly endpoints: readonly Endpoint[];
	readonly broken: readonly BrokenEndpoint[];
	/** The one the Docker command uses; undefined is its default. */
	readonly current?: string;
};

/** What `docker context` keeps in the directory of the Docker command. A file that cannot be read breaks its own context only. */
export function readDockerContexts(directory: string): DockerContexts {
	const meta = join(directory, 'contexts', 'meta');
	const endpoints: Endpoint[] = [];
	const broken: BrokenEndpoint[] = [];
	for (const folder of foldersOf(meta)) {
		const file = join(meta, folder, 'meta.json');
		let account = folder.slice(0, 12);
		try {
			const context: unknown = JSON.parse(readFileSync(file, 'utf8'));
			account = textAt(context, 'Name') ?? account;
			endpoints.push(endpointOf(context, account, directory));
		} catch (error) {
			const {message, fix} = error instanceof FailureError ? error.failure : {message: `${file} is not the file of a context`};
			broken.push({account, reason: message, fix: fix ?? `see \`docker context inspect ${account}\``});
		}
	}

	const current = textAt(readConfig(directory), 'currentContext');
	return {endpoints, broken, ...(current !== undefined && current !== 'default' && {current})};
}

/** The configuration file of the Docker command; empty when there is none. */
export function readConfig(directory: string): Readonly<Record<string, unknown>> {
	try {
		const config: unknown = JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8'));
		return isRecord(config) ? config : {};
	} catch {
		return {};
	}
}

function endpointOf(context: unknown, account: string, directory: string): Endpoint {
	const docker = isRecord(context) && isRecord(context['Endpoints']) ? context['Endpoints']['docker'] : undefined;
	const host = textAt(docker, 'Host');
	if (host === undefined) {
		throw new TypeError('no endpoint');
	}

	const tls = join(directory, 'contexts', 'tls', createHash('sha256').update(account).digest('hex'), 'docker');
	const isUnverified = isRecord(docker) && docker['SkipTLSVerify'] === true;
	const hasTls = existsSync(tls) || isUnverified;
	return {
		account,
		address: parseAddress(host, {
			from: `the context \`${account}\``,
			...(hasTls && {tls: {...(existsSync(tls) && {directory: tls}), isVerified: !isUnverified}}),
		}),
		from: `the context \`${account}\``,
		isAskedFor: true,
	};
}

function foldersOf(directory: string): readonly string[] {
	try {
		return readdirSync(directory).toSorted();
	} catch {
		return [];
	}
}
