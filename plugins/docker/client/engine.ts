import {providerError} from 'cws/sdk';
import {type Endpoint} from '../endpoint/endpoint.ts';

/** What answers at an endpoint, from the headers of a ping. */
export type Engine = {
	readonly kind: 'docker' | 'podman';
	/** For example `20.10.24`. */
	readonly version: string;
	/** The version both sides speak. */
	readonly apiVersion: string;
	/** `linux` or `windows`. */
	readonly os: string;
};

/** The newest version of the API that this plugin was written for; older engines are spoken to in theirs. */
const newest = '1.47';
const oldest = '1.40';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export function readEngine(headers: Headers, {account}: Pick<Endpoint, 'account'>): Engine {
	const text = (name: string) => [headers[name]].flat()[0] ?? '';
	const offered = text('api-version');
	if (!/^\d{1,3}\.\d{1,3}$/.test(offered)) {
		throw providerError('CWS_PROVIDER_UNAVAILABLE', {
			message: `What listens at \`${account}\` is neither Docker nor Podman.`,
			cause: 'its answer does not name a version of the Engine API',
			fix: 'correct the address',
		});
	}

	const libpod = text('libpod-api-version');
	const kind = libpod === '' ? 'docker' : 'podman';
	const version = libpod || (/^Docker\/([\w.]+)/.exec(text('server'))?.[1] ?? '');
	if (compare(offered, oldest) < 0) {
		throw providerError('CWS_NOT_SUPPORTED', {
			message: `The Docker of \`${account}\` is too old.`,
			cause: `it speaks version ${offered} of the Engine API; cws needs ${oldest}, which came with Docker 19.03`,
			fix: 'update it',
		});
	}

	return {kind, version, apiVersion: compare(offered, newest) > 0 ? newest : offered, os: text('ostype') || 'linux'};
}

/** `Docker 20.10.24`. */
export const engineName = ({kind, version}: Engine): string => `${kind === 'docker' ? 'Docker' : 'Podman'} ${version}`.trim();

/** Whether the engine speaks at least this version. */
export const speaks = ({apiVersion}: Engine, version: string): boolean => compare(apiVersion, version) >= 0;

function compare(a: string, b: string): number {
	const [major = 0, minor = 0] = a.split('.').map(Number);
	const [otherMajor = 0, otherMinor = 0] = b.split('.').map(Number);
	return major - otherMajor || minor - otherMinor;
}
