import {readFileSync} from 'node:fs';
import {providerError} from 'cws/sdk';
import {type ClusterConfig, type World} from '../config.ts';
import {isEntry, number, text} from '../read.ts';

export type Token = {readonly value: string; readonly expiresAt?: number; readonly user?: string};

/** The JWT for slurmrestd, read again for every call: somebody may have renewed it. A socket with local authentication needs none. */
export function readToken(cluster: string, {tokenFile, tokenEnv = 'SLURM_JWT', url = ''}: ClusterConfig, {env}: World): Token | undefined {
	const value = tokenFile === undefined ? env[tokenEnv] : fileText(cluster, tokenFile);
	const trimmed = value?.trim().replace(/^SLURM_JWT=/, '') ?? '';
	if (trimmed === '') {
		if (url.startsWith('unix:')) {
			return undefined;
		}

		throw needsToken(cluster, tokenFile === undefined ? `\`${tokenEnv}\` is not set` : `${tokenFile} is empty`);
	}

	if (!/^[\w=.+/-]+$/.test(trimmed)) {
		throw needsToken(cluster, 'what is there is no token');
	}

	return {value: trimmed, ...claims(trimmed)};
}

function fileText(cluster: string, file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw needsToken(cluster, `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
	}
}

const needsToken = (cluster: string, cause: string): Error =>
	providerError('CWS_NEEDS_LOGIN', {
		message: `There is no token for \`${cluster}\`.`,
		cause,
		fix: `write one there: \`scontrol token lifespan=86400\` on the cluster prints it; see \`plugins.slurm.clusters.${cluster}\``,
	});

// Only read, never trusted: slurmrestd checks the signature.
function claims(value: string): Pick<Token, 'expiresAt' | 'user'> {
	try {
		const payload: unknown = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString('utf8'));
		if (!isEntry(payload)) {
			return {};
		}

		const exp = number(payload, 'exp');
		const user = text(payload, 'sun') ?? text(payload, 'username');
		return {...(exp !== undefined && {expiresAt: exp * 1000}), ...(user !== undefined && {user})};
	} catch {
		return {};
	}
}
