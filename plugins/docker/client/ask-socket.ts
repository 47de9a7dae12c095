import {Agent, type IncomingMessage, request} from 'node:http';

export type SocketQuestion = {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly signal?: AbortSignal;
	/** Until the answer begins; 0 waits for as long as it takes. */
	readonly headersTimeout: number;
};

export type SocketAsker = {
	readonly request: (question: SocketQuestion) => Promise<{
		readonly statusCode: number;
		readonly headers: IncomingMessage['headers'];
		readonly body: AsyncIterable<Buffer>;
	}>;
	readonly destroy: () => void;
};

const idleMs = 30_000;

/**
Questions over the socket of an engine on this machine, with what Node already holds: undici takes longer to load than a local engine
takes to answer, and most of what is asked is asked here.
*/
export function createSocketAsker(socketPath: string): SocketAsker {
	const agent = new Agent({keepAlive: true, timeout: idleMs});
	return {
		async request({method, path, headers, body, signal, headersTimeout}) {
			const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>();
			// Without a name for TLS, which Node would look for in the host at the price of a regular expression as long as a page.
			const options = {agent, socketPath, servername: '', method, path, headers: {host: 'docker', ...headers}, ...(signal && {signal})};
			const asking = request(options, resolve);
			const timer = headersTimeout === 0 ? undefined : setTimeout(() => asking.destroy(late()), headersTimeout);
			asking.on('error', reject);
			asking.end(body);
			try {
				const answer = await promise;
				return {statusCode: answer.statusCode ?? 0, headers: answer.headers, body: answer};
			} finally {
				clearTimeout(timer);
			}
		},
		destroy() {
			agent.destroy();
		},
	};
}

// Under the name that undici gives it.
const late = (): Error => Object.assign(new Error('the answer did not begin in time'), {code: 'UND_ERR_HEADERS_TIMEOUT'});
