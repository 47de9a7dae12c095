import {type Duplex} from 'node:stream';
import {FailureError, providerError} from 'cws/sdk';
import {type Endpoint} from '../endpoint/endpoint.ts';
import {type Answer, createDoors} from './doors.ts';
import {connectionFailure, refusal} from './failures.ts';
import {type Engine, readEngine} from './engine.ts';
import {formatQuery, messageOf, parse, type Query, retryAfter} from './texts.ts';

export type Ask = {
	readonly method?: 'GET' | 'POST' | 'DELETE';
	/** Without the version, for example `/containers/json`. */
	readonly path: string;
	readonly query?: Query;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
	/** Until the answer begins; 0 waits for as long as it takes. */
	readonly timeoutMs?: number;
	/** The end of the sentence `could not …`. */
	readonly doing: string;
	/** Statuses from 400 up that the caller deals with. */
	readonly accept?: readonly number[];
};

export type Reply = {readonly status: number; readonly value: unknown};

export type DockerClient = {
	readonly endpoint: Endpoint;
	/** One question with one answer; throws a failure unless the status is a success or accepted. */
	readonly ask: (ask: Ask) => Promise<Reply>;
	/** An answer that goes on; ends with the signal. */
	readonly stream: (ask: Ask) => Promise<AsyncIterable<Uint8Array>>;
	/** Takes the connection over after the answer, for a terminal. */
	readonly hijack: (ask: Ask) => Promise<Duplex>;
	/** What answers there; asked again only after a connection failed. */
	readonly engine: (signal?: AbortSignal) => Promise<Engine>;
	/** What answered last, also while it is silent now. */
	readonly lastEngine: () => Engine | undefined;
	/** The round trip of a ping in milliseconds. */
	readonly ping: (signal?: AbortSignal) => Promise<number>;
	readonly close: () => Promise<void>;
};

const answerMs = 30_000;
const largestAnswer = 67_108_864;
const brokenConnection: ReadonlySet<string | undefined> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Speaks the Engine API with one endpoint. Nothing is loaded or opened before the first question. */
export function createClient(endpoint: Endpoint): DockerClient {
	const {address} = endpoint;
	const tls = address.kind === 'tcp' ? address.tls : undefined;
	const doors = createDoors(address);
	let engine: Promise<Engine> | undefined;
	let lastEngine: Engine | undefined;

	const sendOnce = async (
		{method = 'GET', path, query, body, headers, signal, timeoutMs = answerMs}: Ask,
		isStream: boolean,
	): Promise<Answer> =>
		doors.request(
			{
				method,
				path: path + formatQuery(query),
				headers: {...(body !== undefined && {'content-type': 'application/json'}), ...headers},
				...(body !== undefined && {body: JSON.stringify(body)}),
				...(signal !== undefined && {signal}),
				headersTimeout: timeoutMs,
			},
			isStream || method !== 'GET',
		);

	const send = async (ask: Ask, isStream = false) => {
		const {method = 'GET', signal} = ask;
		signal?.throwIfAborted();
		try {
			return await sendOnce(ask, isStream).catch(async (error: unknown) => {
				// A kept connection may have gone with an earlier life of the engine. A question can be asked again, a deed cannot.
				if (method === 'GET' && !signal?.aborted && brokenConnection.has((error as NodeJS.ErrnoException).code)) {
					return sendOnce(ask, isStream);
				}

				throw error;
			});
		} catch (error) {
			throw await failureOf(error, signal);
		}
	};

	const failureOf = async (error: unknown, signal: AbortSignal | undefined): Promise<Error> => {
		if (signal?.aborted) {
			return abortError();
		}

		engine = undefined;
		const shownUntil = error instanceof FailureError || tls === undefined ? undefined : (await import('./tls.ts')).certificateExpiry(tls);
		return connectionFailure(error, endpoint, shownUntil);
	};

	const learn = async (): Promise<Engine> => {
		const answer = await send({path: '/_ping', doing: 'answer', timeoutMs: 10_000});
		await readBody(answer, undefined);
		if (answer.statusCode >= 400) {
			throw refusal({status: answer.statusCode, message: ''}, 'answer', endpoint);
		}

		lastEngine = readEngine(answer.headers, endpoint);
		return lastEngine;
	};

	// Many calls share one ping, so the cancel of one of them must not end it.
	const engineOf = async (signal?: AbortSignal): Promise<Engine> => {
		engine ??= learn().catch((error: unknown) => {
			engine = undefined;
			throw error;
		});
		return orAborted(engine, signal);
	};

	const readBody = async ({body}: Answer, signal: AbortSignal | undefined): Promise<string> => {
		const parts: Buffer[] = [];
		let length = 0;
		try {
			for await (const part of body) {
				parts.push(part);
				length += part.length;
				if (length > largestAnswer) {
					throw providerError('CWS_PROVIDER_FAILED', {
						message: `\`${endpoint.account}\` answered with more than ${largestAnswer / 1_048_576} MB.`,
						fix: 'see whether it is a Docker or a Podman at all',
					});
				}
			}
		} catch (error) {
			throw await failureOf(error, signal);
		}

		return Buffer.concat(parts, length).toString('utf8');
	};

	const versioned = async (ask: Ask): Promise<Ask> => ({...ask, path: `/v${(await engineOf(ask.signal)).apiVersion}${ask.path}`});

	const checked = async (answer: Answer, {doing, accept = [], signal}: Ask): Promise<void> => {
		const {statusCode: status} = answer;
		if (status >= 400 && !accept.includes(status)) {
			const message = messageOf(await readBody(answer, signal));
			throw refusal({status, message, ...retryAfter(answer.headers['retry-after'])}, doing, endpoint);
		}
	};

	return {
		endpoint,
		engine: engineOf,
		lastEngine: () => lastEngine,
		async ping(signal) {
			engine = undefined;
			await engineOf(signal);
			const begin = performance.now();
			engine = undefined;
			await engineOf(signal);
			return performance.now() - begin;
		},
		async ask(ask) {
			const answer = await send(await versioned(ask));
			await checked(answer, ask);
			const text = await readBody(answer, ask.signal);
			return {status: answer.statusCode, value: parse(text, answer.statusCode, endpoint.account)};
		},
		async stream(ask) {
			const answer = await send(await versioned(ask), true);
			await checked(answer, ask);
			return guarded(answer.body, async error => failureOf(error, ask.signal));
		},
		async hijack(ask) {
			const {method = 'POST', path, query, body} = await versioned(ask);
			try {
				return await doors.upgrade({
					method,
					path: path + formatQuery(query),
					headers: {'content-type': 'application/json'},
					body: JSON.stringify(body ?? {}),
					...(ask.signal !== undefined && {signal: ask.signal}),
				});
			} catch (error) {
				throw await failureOf(error, ask.signal);
			}
		},
		async close() {
			engine = undefined;
			await doors.close();
		},
	};
}

async function* guarded(chunks: AsyncIterable<Uint8Array>, failureOf: (error: unknown) => Promise<Error>): AsyncGenerator<Uint8Array> {
	try {
		yield* chunks;
	} catch (error) {
		throw await failureOf(error);
	}
}

/** A promise that others wait for too, until this one's signal. */
export async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
	if (signal === undefined) {
		return promise;
	}

	signal.throwIfAborted();
	const aborted = Promise.withResolvers<never>();
	const onAbort = () => aborted.reject(abortError());
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		return await Promise.race([promise, aborted.promise]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

export const abortError = (): Error => Object.assign(new Error('the call was cancelled'), {name: 'AbortError'});
