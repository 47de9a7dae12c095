import {type Duplex} from 'node:stream';
import {type buildConnector} from 'undici';
import {type Address} from '../endpoint/address.ts';

export const connectMs = 5000;
/** A hop over SSH has a handshake and perhaps a jump host. */
export const sshConnectMs = 15_000;

/** How undici gets a connection to an address. */
export async function connectorOf(address: Address): Promise<buildConnector.BuildOptions | buildConnector.connector> {
	switch (address.kind) {
		case 'unix': {
			return {socketPath: address.path, timeout: connectMs};
		}

		case 'tcp': {
			const {readTls} = await import('./tls.ts');
			return {timeout: connectMs, ...(address.tls !== undefined && readTls(address.tls, address.host))};
		}

		case 'ssh': {
			const {dialStdio} = await import('./dial-stdio.ts');
			return (_options, callback) => {
				const stream: Duplex = dialStdio(address);
				// Undici asks of a socket only what every duplex stream has, and takes it only after this call.
				queueMicrotask(() => callback(null, stream as Parameters<typeof callback>[1] & Duplex));
			};
		}
	}
}

/** What undici calls the other side; the connection itself is made by the connector. */
export const originOf = (address: Address): string =>
	address.kind === 'tcp'
		? `${address.tls === undefined ? 'http' : 'https'}://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`
		: 'http://docker';
