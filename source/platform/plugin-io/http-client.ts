import {type Pool} from 'undici';
import {failure, FailureError, toFailure} from '../../core/failure/failure.ts';
import {hostOf} from '../../core/permissions/host-pattern.ts';
import {type HttpHop, type HttpPort} from '../../core/ports/plugin-ports.ts';
import {type Address, findAddresses, type Lookup, lookupAddresses} from './pinned-address.ts';
import {readReply} from './read-reply.ts';

/** Pools of connections kept for reuse; the longest unused one goes first. */
const maxPools = 64;
const connectionsPerHost = 6;
const keepAliveMs = 10_000;
const connectMs = 10_000;
const maxHeaderBytes = 16 * 1024;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export type HttpClientOptions = {
	readonly lookup?: Lookup;
	/** Certificates trusted besides those of the system, PEM. */
	readonly authorities?: readonly string[];
};

/** Requests for plugins over connections that go only where the check looked. Follows nothing, sends nothing of its own. */
export function createHttpClient({lookup = lookupAddresses, authorities}: HttpClientOptions = {}): HttpPort {
	const pools = new Map<string, Pool>();

	return {
		async request(hop) {
			const {url, method, headers, body, signal, maxBytes} = hop;
			try {
				const addresses = await findAddresses(url, hop.addresses, lookup, signal);
				const pool = await poolFor(url, addresses);
				const answer = await pool.request({
					path: url.pathname + url.search,
					method,
					headers: {'accept-encoding': 'gzip, br', ...headers},
					body: body ?? null,
					signal,
				});
				// One that is left early ends with an error that nobody else hears.
				answer.body.on('error', () => {});
				const reply = {status: answer.statusCode, headers: cleanHeaders(answer.headers)};
				if (redirects.has(answer.statusCode) && reply.headers['location'] !== undefined) {
					// Nobody reads it, and it may be endless.
					answer.body.destroy();
					return {...reply, body: new Uint8Array()};
				}

				const isEmpty = method === 'HEAD' || answer.statusCode === 204 || answer.statusCode === 304;
				const encoding = isEmpty ? '' : headerText(answer.headers['content-encoding']);
				return {...reply, body: await readReply(answer.body, encoding, maxBytes)};
			} catch (error) {
				throw toHttpError(error, hop);
			}
		},
		async close() {
			const open = [...pools.values()];
			pools.clear();
			await Promise.all(open.map(pool => pool.destroy()));
		},
	};

	async function poolFor(url: URL, addresses: readonly Address[]): Promise<Pool> {
		// Loaded with the first request: it would hold the first frame up. The default, because bundled CommonJS has no other export.
		const {Pool} = (await import('undici')).default;
		// Names of the same host with other addresses get other connections: each was checked for itself.
		const key = `${url.origin} ${addresses
			.map(({address}) => address)
			.toSorted()
			.join(' ')}`;
		const pool = pools.get(key) ?? new Pool(url.origin, poolOptions(addresses));
		pools.delete(key);
		pools.set(key, pool);
		for (const [oldest, unused] of pools) {
			if (pools.size <= maxPools) {
				break;
			}

			pools.delete(oldest);
			// Ends when its requests have.
			void unused.close();
		}

		return pool;
	}

	function poolOptions(addresses: readonly Address[]): Pool.Options {
		return {
			connections: connectionsPerHost,
			pipelining: 1,
			allowH2: false,
			keepAliveTimeout: keepAliveMs,
			keepAliveMaxTimeout: keepAliveMs,
			maxHeaderSize: maxHeaderBytes,
			connect: {
				timeout: connectMs,
				autoSelectFamily: true,
				// The connection can go only to what was checked; the name is never looked up a second time.
				lookup(_host, options, done) {
					if (options.all === true) {
						done(null, [...addresses]);
					} else {
						done(null, addresses[0]!.address, addresses[0]!.family);
					}
				},
				...(authorities !== undefined && {ca: [...authorities]}),
			},
		};
	}
}

const headerText = (value: string | readonly string[] | undefined): string =>
	typeof value === 'string' ? value : (value ?? []).join(', ');

/** Cookies would be a session the person does not see; the rest is about the connection or no longer true. */
const dropped: ReadonlySet<string> = new Set([
	'set-cookie',
	'set-cookie2',
	'connection',
	'keep-alive',
	'proxy-authenticate',
	'proxy-authorization',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'content-encoding',
	'content-length',
]);

function cleanHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([name]) => !dropped.has(name.toLowerCase()))
			.map(([name, value]) => [name.toLowerCase(), headerText(value)]),
	);
}

function toHttpError(error: unknown, {url, signal}: HttpHop): unknown {
	if (error instanceof FailureError || signal.aborted) {
		return error;
	}

	const {code, message} = error as {readonly code?: unknown; readonly message?: unknown};
	return new FailureError(
		failure('CWS_PROVIDER_UNAVAILABLE', {
			message: `\`${hostOf(url)}\` does not answer.`,
			cause: typeof message === 'string' && message !== '' ? message : typeof code === 'string' ? code : toFailure(error).message,
			retryable: true,
		}),
	);
}
