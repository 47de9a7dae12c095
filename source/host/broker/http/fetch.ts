import {failure, FailureError} from '../../../core/failure/failure.ts';
import {httpMethods, type HttpMethod, type PermissionSet} from '../../../core/manifest/permissions.ts';
import {hostOf} from '../../../core/permissions/host-pattern.ts';
import {type Clock} from '../../../core/ports/clock.ts';
import {type HttpPort, type HttpReply} from '../../../core/ports/plugin-ports.ts';
import {type Capabilities, type CapabilityCall, type ChunkBody, type HttpHead} from '../capability.ts';
import {chunkBody} from '../chunk-body.ts';
import {type BrokerLimits} from '../limits.ts';
import {type LiveRedactor} from '../live-redactor.ts';
import {type PluginSecrets, type SecretUse} from '../plugin-secrets.ts';
import {readBytes, readRecord, readText} from '../read-arguments.ts';
import {denied, wrongArgument} from '../refusals.ts';
import {createUrlCheck, type CheckedUrl} from './check-url.ts';
import {injectSecret, type PluginRequest as Request} from './inject-secret.ts';
import {keepSecrets, readKeep} from './keep-secrets.ts';
import {readHeaders, withoutBody, withoutCredentials} from './request-headers.ts';
import {type Traffic} from './traffic.ts';

export type FetchOptions = {
	readonly plugin: string;
	readonly granted: PermissionSet;
	readonly http: HttpPort;
	readonly secrets: PluginSecrets;
	readonly traffic: Traffic;
	readonly redactor: LiveRedactor;
	readonly clock: Pick<Clock, 'after'>;
	readonly limits: BrokerLimits;
	readonly onDropped: (headers: readonly string[], call: CapabilityCall) => void;
};

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** `http.fetch`: see `HttpFetchArguments`. Redirects are followed here, every hop checked like the first. */
export function createFetch(options: FetchOptions): Capabilities {
	const {plugin, granted, http, secrets, traffic, redactor, clock, limits} = options;
	const checkUrl = createUrlCheck(plugin, granted);

	async function send(address: CheckedUrl, request: Request, signal: AbortSignal): Promise<HttpReply> {
		const leave = await traffic.enter(address, signal);
		try {
			const reply = await http.request({
				url: address.url,
				method: request.method,
				headers: request.headers,
				...(request.body !== undefined && {body: request.body}),
				addresses: address.addresses,
				maxBytes: limits.httpBytes,
				signal,
			});
			traffic.count((request.body?.byteLength ?? 0) + reply.body.byteLength);
			return reply;
		} finally {
			leave();
		}
	}

	async function follow(
		text: string,
		first: Request,
		auth: string | undefined,
		signal: AbortSignal,
	): Promise<HttpReply & {readonly url: URL}> {
		let address = checkUrl(text, first.method);
		let request = first;
		let injected: SecretUse | undefined;
		if (auth !== undefined) {
			injected = await secrets.useFor(auth, address.url);
			request = injectSecret(request, injected, limits);
		}

		for (let hops = 0; ; hops++) {
			const reply = await send(address, request, signal);
			const location = reply.headers['location'];
			if (!redirects.has(reply.status) || location === undefined) {
				return {...reply, url: address.url};
			}

			if (hops === limits.redirects) {
				throw new FailureError(
					failure('CWS_PROVIDER_FAILED', {
						message: `\`${hostOf(address.url)}\` redirects again and again.`,
						cause: `more than ${limits.redirects} times`,
					}),
				);
			}

			const before = address.url;
			request = redirected(request, reply.status);
			address = checkUrl(location, request.method, before);
			if (address.url.origin !== before.origin) {
				if (injected?.field !== undefined && request.body !== undefined) {
					throw denied(`\`${hostOf(before)}\` wants the secret \`${injected.secret}\` sent on to \`${hostOf(address.url)}\`.`);
				}

				request = {...request, headers: withoutCredentials(request.headers, injected?.header)};
			}
		}
	}

	async function* fetch(args: readonly unknown[], call: CapabilityCall): AsyncGenerator<HttpHead | ChunkBody> {
		const url = readText(args[0], 'url', limits.urlLength);
		const wanted = readRecord(args[1], 'request');
		const method = readMethod(wanted['method']);
		const auth = wanted['auth'] === undefined ? undefined : readText(wanted['auth'], 'auth', 100);
		const kept = readKeep(wanted['keep'], plugin, secrets);
		const {headers, dropped} = readHeaders(wanted['headers'], limits);
		const body = wanted['body'] === undefined ? undefined : readBytes(wanted['body'], 'body', limits.httpBytes);
		if (body !== undefined && (method === 'GET' || method === 'HEAD')) {
			throw wrongArgument(`A ${method} request has no body.`);
		}

		if (dropped.length > 0) {
			options.onDropped(dropped, call);
		}

		const controller = new AbortController();
		const timeoutMs = Math.min(limits.httpMs, call.deadlineMs ?? Infinity);
		const stop = clock.after(timeoutMs, () => controller.abort(tooSlow(url, timeoutMs)));
		let reply;
		try {
			const request: Request = {method, headers: {'user-agent': 'cws', ...headers}, ...(body !== undefined && {body})};
			reply = await follow(url, request, auth, AbortSignal.any([call.signal, controller.signal]));
		} finally {
			stop();
		}

		if (reply.status >= 200 && reply.status < 300) {
			await keepSecrets(kept, reply.body, secrets);
		}

		// What was kept a moment ago is known now.
		const {redact} = redactor;
		yield {
			status: reply.status,
			headers: Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, redact(value)])),
			url: redact(reply.url.href),
		};
		yield* chunkBody(reply.body, redact, limits.itemLength);
	}

	return (granted.http ?? []).length > 0 ? {'http.fetch': fetch} : {};
}

function readMethod(value: unknown): HttpMethod {
	const name = value === undefined ? 'GET' : readText(value, 'method', 20).toUpperCase();
	const method = httpMethods.find(known => known === name);
	if (method === undefined) {
		throw denied(`The method \`${name}\` is none that plugins may use.`);
	}

	return method;
}

function redirected(request: Request, status: number): Request {
	const becomesGet = (status === 303 && request.method !== 'HEAD') || ((status === 301 || status === 302) && request.method === 'POST');
	return becomesGet ? {method: 'GET', headers: withoutBody(request.headers)} : request;
}

const tooSlow = (url: string, ms: number): FailureError =>
	new FailureError(
		failure('CWS_PROVIDER_UNAVAILABLE', {
			message: `\`${URL.canParse(url) ? hostOf(new URL(url)) : 'The host'}\` did not answer completely within ${Math.round(ms / 100) / 10} s.`,
			retryable: true,
		}),
	);
