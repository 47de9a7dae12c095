import {request as plain} from 'node:http';
import {request as secure} from 'node:https';

export type HttpAnswer = {readonly status: number; readonly body: string; readonly tookMs: number};

export type HttpQuestion = {
	/** `http://`, `https://`, or `unix:/path/of/the.sock`. */
	readonly base: string;
	readonly path: string;
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly signal: AbortSignal;
	readonly timeoutMs: number;
	/** Takes the body of a good answer as it comes; nothing of it is kept then. */
	readonly take?: (chunk: Buffer) => void;
};

const mostBytes = 256 * 1_048_576;

/** One request over a connection of its own. slurmrestd is asked once in several seconds: nothing would keep one open. */
export async function ask({base, path, method = 'GET', headers = {}, body, signal, timeoutMs, take}: HttpQuestion): Promise<HttpAnswer> {
	const socketPath = /^unix:(?:\/\/)?(\/.+)$/.exec(base)?.[1];
	const url = socketPath === undefined ? new URL(`${base.replace(/\/+$/, '')}${path}`) : new URL(`http://localhost${path}`);
	const begin = performance.now();
	const timeout = AbortSignal.timeout(timeoutMs);
	return new Promise((resolve, reject) => {
		const fail = (error: Error) => {
			reject(timeout.aborted && !signal.aborted ? new Error(`ETIMEDOUT after ${timeoutMs / 1000} s`) : error);
		};

		const send = url.protocol === 'https:' ? secure : plain;
		const asking = send(
			url,
			{
				method,
				agent: false,
				signal: AbortSignal.any([signal, timeout]),
				headers: {
					...headers,
					// Asked to close, slurmrestd 22.05 writes that header behind the body.
					connection: 'keep-alive',
					...(body !== undefined && {'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body))}),
				},
				...(socketPath !== undefined && {socketPath}),
			},
			answer => {
				const chunks: Buffer[] = [];
				const isTaken = take !== undefined && answer.statusCode === 200;
				let bytes = 0;
				answer.on('data', (chunk: Buffer) => {
					bytes += chunk.length;
					if (isTaken) {
						take(chunk);
					} else {
						chunks.push(chunk);
					}

					if (bytes > mostBytes) {
						answer.destroy(new Error('the answer has more than 256 MB'));
					}
				});
				answer.on('end', () => {
					resolve({status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8'), tookMs: performance.now() - begin});
					asking.destroy();
				});
				answer.on('error', fail);
			},
		);
		asking.on('error', fail);
		asking.end(body);
	});
}
