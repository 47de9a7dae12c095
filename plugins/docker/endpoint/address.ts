import {providerError} from 'cws/sdk';

/** Where the certificates of a connection are. Without a directory those of the system are trusted and none is shown. */
export type TlsFiles = {readonly directory?: string; readonly isVerified: boolean};

/** How an engine is reached. */
export type Address =
	| {readonly kind: 'unix'; readonly path: string}
	| {readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls?: TlsFiles}
	| {
			readonly kind: 'ssh';
			readonly host: string;
			readonly user?: string;
			readonly port?: number;
			/** A socket on the other machine that is not its default. */
			readonly path?: string;
	  };

const hostName = /^[\w.-]+$|^[\da-fA-F:.]+$/;
const userName = /^[\w.][\w.@-]*$/;

/** Reads a `DOCKER_HOST`; what it does not understand is an error that names the place it was read from. */
export function parseAddress(text: string, {from, tls}: {readonly from: string; readonly tls?: TlsFiles}): Address {
	const address = read(text.trim(), tls);
	if (address === undefined) {
		throw providerError('CWS_CONFIG', {
			message: `\`${text}\` of ${from} is not the address of a Docker or Podman.`,
			cause: 'an address begins with unix://, tcp://, http://, https:// or ssh://',
			fix: `change ${from}, for example to \`unix:///var/run/docker.sock\` or \`ssh://me@machine\``,
		});
	}

	return address;
}

function read(text: string, tls: TlsFiles | undefined): Address | undefined {
	const file = /^(?:unix|npipe):\/\/(.+)$/.exec(text);
	if (file !== null) {
		return {kind: 'unix', path: file[1]!};
	}

	const url = readUrl(text);
	if (url === undefined || !hostName.test(url.host) || url.host.startsWith('-')) {
		return undefined;
	}

	const {scheme, host, port, user, path} = url;
	if (scheme !== 'ssh') {
		const isTls = tls !== undefined || scheme === 'https';
		return {
			kind: 'tcp',
			host,
			port: port ?? (isTls ? 2376 : 2375),
			...(isTls && {tls: tls ?? {isVerified: true}}),
		};
	}

	return user !== '' && !userName.test(user)
		? undefined
		: {
				kind: 'ssh',
				host,
				...(user !== '' && {user}),
				...(port !== undefined && {port}),
				...(path !== '' && path !== '/' && {path}),
			};
}

type Url = {
	readonly scheme: string;
	readonly host: string;
	readonly port?: number;
	readonly user: string;
	readonly path: string;
};

function readUrl(text: string): Url | undefined {
	const match = /^(tcp|http|https|ssh):(\/\/.+)$/.exec(text);
	if (match === null) {
		return undefined;
	}

	try {
		// As FTP, because URL drops the usual port of a scheme, and that of FTP is no Docker's.
		const url = new URL(`ftp:${match[2]}`);
		return {
			scheme: match[1]!,
			host: url.hostname.replaceAll(/^\[|\]$/g, ''),
			...(url.port !== '' && {port: Number(url.port)}),
			user: decodeURIComponent(url.username),
			path: decodeURIComponent(url.pathname),
		};
	} catch {
		return undefined;
	}
}

/** The address as a person would write it. */
export function formatAddress(address: Address): string {
	switch (address.kind) {
		case 'unix': {
			return `unix://${address.path}`;
		}

		case 'tcp': {
			return `${address.tls === undefined ? 'tcp' : 'https'}://${bracketed(address.host)}:${address.port}`;
		}

		case 'ssh': {
			const {user, host, port, path = ''} = address;
			return `ssh://${user === undefined ? '' : `${user}@`}${bracketed(host)}${port === undefined ? '' : `:${port}`}${path}`;
		}
	}
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
