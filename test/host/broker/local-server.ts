import {readFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type RequestListener} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {type AddressInfo} from 'node:net';
import {type TestContext} from 'node:test';

const tls = new URL('../../fixtures/tls/', import.meta.url);

/** Of a certificate for `*.example.test`. */
export const authority = readFileSync(new URL('certificate.pem', tls), 'utf8');

export type LocalServer = {
	readonly port: number;
	/** What arrived, in order. */
	readonly requests: IncomingMessage[];
};

/** A real server on a loopback address that goes with the test. */
export async function startServer(
	t: TestContext,
	handle: RequestListener,
	{address = '127.0.0.1', isSecure = false}: {readonly address?: string; readonly isSecure?: boolean} = {},
): Promise<LocalServer> {
	const requests: IncomingMessage[] = [];
	const listener: RequestListener = (request, response) => {
		requests.push(request);
		handle(request, response);
	};
	const server = isSecure
		? createSecureServer({key: readFileSync(new URL('key.pem', tls)), cert: authority}, listener)
		: createServer(listener);
	const {promise, resolve} = Promise.withResolvers<void>();
	server.listen(0, address, resolve);
	await promise;
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return {port: (server.address() as AddressInfo).port, requests};
}
