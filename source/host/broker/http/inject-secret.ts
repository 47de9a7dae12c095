import {failure, FailureError} from '../../../core/failure/failure.ts';
import {type HttpMethod} from '../../../core/manifest/permissions.ts';
import {type BrokerLimits} from '../limits.ts';
import {type SecretUse} from '../plugin-secrets.ts';
import {wrongArgument} from '../refusals.ts';
import {readHeaders} from './request-headers.ts';

export type PluginRequest = {
	readonly method: HttpMethod;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Uint8Array;
};

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

/** The request with the secret in it, where the manifest says: in a header, or in a field of its body. */
export function injectSecret(request: PluginRequest, use: SecretUse, limits: BrokerLimits): PluginRequest {
	if (use.field !== undefined) {
		return withField(request, use.field, use.value);
	}

	const {headers, dropped} = readHeaders({[use.header]: use.value}, limits);
	if (dropped.length > 0) {
		throw new FailureError(
			failure('CWS_SECRETS', {
				message: `The secret \`${use.secret}\` of \`${use.plugin}\` cannot be sent as a header.`,
				cause: 'it has characters or a length that headers cannot have',
			}),
		);
	}

	return {...request, headers: {...request.headers, ...headers}};
}

function withField(request: PluginRequest, field: string, value: string): PluginRequest {
	const {method, headers, body} = request;
	if (method === 'GET' || method === 'HEAD') {
		throw wrongArgument(`A ${method} request has no body, and the secret goes into one.`);
	}

	const type = (headers['content-type'] ?? form).split(';')[0]!.trim().toLowerCase();
	const text = body === undefined ? '' : Buffer.from(body).toString('utf8');
	if (type === form) {
		const fields = new URLSearchParams(text);
		fields.set(field, value);
		return {...request, headers: {...headers, 'content-type': form}, body: Buffer.from(fields.toString())};
	}

	const fields = type === json ? objectOf(text === '' ? '{}' : text) : undefined;
	if (fields === undefined) {
		throw wrongArgument(`A secret that goes into the body needs a form or a JSON object.`);
	}

	return {...request, body: Buffer.from(JSON.stringify({...fields, [field]: value}))};
}

function objectOf(text: string): object | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
