import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {isIP} from 'node:net';
import {join} from 'node:path';
import {providerError} from 'cws/sdk';
import {type TlsFiles} from '../endpoint/address.ts';

type Tls = {
	readonly ca?: Buffer;
	readonly cert?: Buffer;
	readonly key?: Buffer;
	readonly rejectUnauthorized: boolean;
	readonly servername?: string;
};

/** The certificates of a connection, in the layout of the Docker command: `ca.pem`, `cert.pem`, `key.pem`, each optional. */
export function readTls({directory, isVerified}: TlsFiles, host: string): Tls {
	const read = (name: string) => (directory === undefined ? undefined : readIfThere(join(directory, name)));
	const [ca, cert, key] = [read('ca.pem'), read('cert.pem'), read('key.pem')];
	return {
		...(ca !== undefined && {ca}),
		...(cert !== undefined && {cert}),
		...(key !== undefined && {key}),
		rejectUnauthorized: isVerified,
		...(isIP(host) === 0 && {servername: host}),
	};
}

/** When the certificate that this machine shows expires, in epoch milliseconds. */
export function certificateExpiry({directory}: TlsFiles): number | undefined {
	const file = directory === undefined ? undefined : readIfThere(join(directory, 'cert.pem'));
	try {
		return file === undefined ? undefined : new X509Certificate(file).validToDate.getTime();
	} catch {
		return undefined;
	}
}

function readIfThere(file: string): Buffer | undefined {
	try {
		return readFileSync(file);
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') {
			return undefined;
		}

		throw providerError('CWS_NEEDS_LOGIN', {
			message: `The certificate ${file} cannot be read.`,
			cause: message,
			fix: 'give yourself the right to read it, or name another directory',
		});
	}
}
