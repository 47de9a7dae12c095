import {type ErrorCode, FailureError, providerError} from 'cws/sdk';
import {formatAddress} from '../endpoint/address.ts';
import {type Endpoint} from '../endpoint/endpoint.ts';
import {hasExpired, tlsWords} from './tls-words.ts';

type ErrorLike = {
	readonly code?: string;
	readonly message: string;
	readonly cause?: unknown;
	readonly output?: string;
	readonly exitCode?: number | null;
};

/**
What went wrong on the way to an engine, as a failure that says what to do. Aborted calls stay what they are. `shownUntil` is when the
certificate that this machine shows ends: not every engine says why it closes the connection to one that has.
*/
export function connectionFailure(error: unknown, endpoint: Endpoint, shownUntil = Number.POSITIVE_INFINITY): Error {
	if (error instanceof FailureError || (error instanceof Error && error.name === 'AbortError')) {
		return error;
	}

	// A bug of this plugin is not the engine's fault.
	if (error instanceof TypeError || error instanceof ReferenceError) {
		return error;
	}

	const known = (error ?? {message: 'nothing'}) as ErrorLike;
	const {code, message: text} = known;
	const where = `\`${endpoint.account}\` (${formatAddress(endpoint.address)})`;
	const unavailable = (cause: string, fix: string, failureCode: ErrorCode = 'CWS_PROVIDER_UNAVAILABLE') =>
		providerError(failureCode, {
			message: `The engine ${where} does not answer.`,
			cause,
			fix,
			retryable: failureCode === 'CWS_PROVIDER_UNAVAILABLE',
			details: {account: endpoint.account},
		});
	if (known.output !== undefined && endpoint.address.kind === 'ssh') {
		return sshFailure(known, endpoint.address.host, unavailable);
	}

	if (shownUntil < Date.now() && /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE|ERR_SSL.*ALERT.*)$/.test(code ?? '')) {
		const {cause, fix} = hasExpired(endpoint.from);
		return unavailable(cause, fix, 'CWS_NEEDS_LOGIN');
	}

	switch (code) {
		case 'ENOENT': {
			return endpoint.address.kind === 'ssh'
				? unavailable('`ssh` is not installed here', 'install the SSH client')
				: unavailable('there is no such socket', startIt(endpoint));
		}

		case 'ECONNREFUSED': {
			return unavailable(endpoint.address.kind === 'unix' ? 'nothing listens on its socket' : 'nothing listens there', startIt(endpoint));
		}

		case 'EACCES':
		case 'EPERM': {
			return unavailable(
				'you may not open its socket',
				'join its group with `sudo usermod -aG docker $USER` and log in again, or use a rootless engine',
				'CWS_NEEDS_LOGIN',
			);
		}

		case 'ENOTFOUND':
		case 'EAI_AGAIN': {
			return unavailable('the name of its machine is not known', `correct ${endpoint.from}, or see to the network`);
		}

		case 'UND_ERR_HEADERS_TIMEOUT':
		case 'UND_ERR_BODY_TIMEOUT': {
			return unavailable('it took the call and did not answer in time', `see whether it is busy; ${startIt(endpoint)}`);
		}

		case 'UND_ERR_CONNECT_TIMEOUT':
		case 'ETIMEDOUT':
		case 'EHOSTUNREACH':
		case 'ENETUNREACH': {
			return unavailable('its machine cannot be reached', `see to the network, or correct ${endpoint.from}`);
		}

		case 'UND_ERR_SOCKET':
		case 'ECONNRESET':
		case 'EPIPE': {
			return unavailable('it closed the connection during the call', `${startIt(endpoint)}; what was asked for may have been done`);
		}

		default: {
			const tls = tlsWords(code, text, endpoint.from);
			return tls === undefined ? unavailable(text, startIt(endpoint)) : unavailable(tls.cause, tls.fix, 'CWS_NEEDS_LOGIN');
		}
	}
}

function sshFailure(
	{output = '', exitCode}: ErrorLike,
	host: string,
	unavailable: (cause: string, fix: string, code?: ErrorCode) => Error,
): Error {
	const last = output.split('\n').findLast(line => line.trim() !== '') ?? `ssh ended with ${exitCode ?? 'a signal'}`;
	if (/permission denied|host key verification failed|too many authentication|no such identity|passphrase/i.test(output)) {
		return unavailable(last, `run \`ssh ${host}\` once by hand until it needs no password`, 'CWS_NEEDS_LOGIN');
	}

	if (exitCode === 127 || /not found|is not recognized/i.test(output)) {
		return unavailable('there is no `docker` command on that machine', 'install Docker there, for the user who logs in');
	}

	return unavailable(last, `run \`ssh ${host} docker version\` to learn more`);
}

function startIt({account, address}: Endpoint): string {
	if (address.kind !== 'unix') {
		return 'see to the daemon on that machine';
	}

	if (/podman/.test(`${account} ${address.path}`)) {
		return account === 'podman-root' ? '`systemctl start podman.socket`' : '`systemctl --user start podman.socket`';
	}

	return account === 'rootless' ? '`systemctl --user start docker`' : '`systemctl start docker`';
}

/** What an engine answered instead of doing it. */
export function refusal(
	{status, message, retryAfterMs}: {readonly status: number; readonly message: string; readonly retryAfterMs?: number},
	doing: string,
	endpoint: Endpoint,
): Error {
	const known = refusals.find(({pattern}) => pattern.test(message));
	const code = status === 429 ? 'CWS_THROTTLED' : (known?.code ?? byStatus[status] ?? 'CWS_PROVIDER_FAILED');
	return providerError(code, {
		message: `\`${endpoint.account}\` could not ${doing}.`,
		cause: message === '' ? `it answered ${status}` : message.slice(0, 1000),
		...(known?.fix !== undefined && {fix: known.fix}),
		...((status === 429 || status === 503) && {retryable: true}),
		details: {status, ...(retryAfterMs !== undefined && {retryAfterMs})},
	});
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
	401: 'CWS_NEEDS_LOGIN',
	403: 'CWS_NEEDS_LOGIN',
	404: 'CWS_NOT_FOUND',
	409: 'CWS_INVALID_STATE',
	503: 'CWS_PROVIDER_UNAVAILABLE',
};

const refusals: readonly {readonly pattern: RegExp; readonly code: ErrorCode; readonly fix?: string}[] = [
	{
		pattern: /toomanyrequests|rate limit/i,
		code: 'CWS_THROTTLED',
		fix: 'wait, or log in to the registry with `docker login`, which has a higher limit',
	},
	{
		pattern: /port is already allocated|address already in use|bind: /i,
		code: 'CWS_PORT_TAKEN',
		fix: 'choose another port, or stop what listens there',
	},
	{
		pattern: /pull access denied|unauthorized|authentication required|no basic auth credentials|access to the resource is denied/i,
		code: 'CWS_NEEDS_LOGIN',
		fix: 'check the name of the image; if it is private, run `docker login` for its registry',
	},
	{
		pattern: /manifest (?:for .* )?(?:not found|unknown)|no such image|name unknown|not found: manifest/i,
		code: 'CWS_NOT_FOUND',
		fix: 'check the name and the tag of the image',
	},
	{pattern: /no space left on device/i, code: 'CWS_DISK_FULL', fix: 'free some space, for example with `docker system prune`'},
	{
		pattern: /executable file not found|no such file or directory.*exec|OCI runtime.*not found/i,
		code: 'CWS_COMMAND_NOT_FOUND',
		fix: 'the image has no such program; change `command`',
	},
	{pattern: /invalid reference format/i, code: 'CWS_INVALID_INPUT', fix: 'write the image as NAME:TAG or REGISTRY/NAME:TAG'},
];
