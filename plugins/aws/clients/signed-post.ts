import {type Account} from '../access/accounts.ts';
import {type Clients} from './clients.ts';

export type SignedPost = {
	readonly url: string;
	/** As signatures name it: `iam`, `pricing`, `monitoring`. */
	readonly service: string;
	readonly signingRegion: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** More of an answer than this is not read. */
	readonly mostBytes: number;
};

/**
One request to a service whose client is not worth loading: signed and sent by the client of STS, with its credentials, proxy,
certificates and time limits. It is not repeated. Throws what the client throws when nothing answers; an answer that is an error is one
with another status than 200.
*/
export async function signedPost(
	clients: Clients,
	account: Account,
	{url: address, service, signingRegion, headers, body, mostBytes}: SignedPost,
	signal: AbortSignal,
): Promise<{readonly status: number; readonly text: string}> {
	const [{HttpRequest}, {config}] = await Promise.all([import('./http-request.ts'), clients.sts(account)]);
	const url = new URL(address);
	const request = new HttpRequest({
		method: 'POST',
		protocol: url.protocol,
		hostname: url.hostname,
		...(url.port !== '' && {port: Number(url.port)}),
		path: url.pathname,
		headers: {host: url.host, ...headers},
		body,
	});
	const signer = await config.signer({name: 'sigv4', signingName: service, signingRegion, properties: {}});
	const signed = await signer.sign(request, {signingService: service, signingRegion});
	const {response} = await config.requestHandler.handle(signed as InstanceType<typeof HttpRequest>, {abortSignal: signal});
	return {status: response.statusCode, text: await readText(response.body, mostBytes)};
}

// In Node the body is a stream; what is longer than it may be is an error, not a text that was cut.
async function readText(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of body) {
		length += chunk.length;
		if (length > mostBytes) {
			throw new Error('the answer is longer than it may be');
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString('utf8');
}

export const formHeaders = {'content-type': 'application/x-www-form-urlencoded'};
