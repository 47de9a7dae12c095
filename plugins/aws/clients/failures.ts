import {type ErrorCode, FailureError, providerError} from 'cws/sdk';
import {type Account, codeFix} from '../access/accounts.ts';

/** What was being done, and where; both are told in the message. */
export type Doing = {readonly account: Account; readonly region: string; readonly doing: string};

type ErrorLike = {
	readonly name?: string;
	readonly Code?: string;
	readonly code?: string;
	readonly message?: string;
	readonly $metadata?: {readonly httpStatusCode?: number};
	readonly cause?: unknown;
};

/** The provider's own code of an error, such as `InvalidInstanceID.NotFound`. */
export const codeOf = (error: unknown): string => {
	const {name = '', Code, code} = (error ?? {}) as ErrorLike;
	return Code ?? (name === 'Error' || name === '' ? (code ?? name) : name);
};

/** An error of the SDK as a failure a person can act on. What cws threw itself stays as it is. */
export function toFailure(error: unknown, {account, region, doing}: Doing): Error {
	if (error instanceof FailureError) {
		return error;
	}

	const {message: said = '', code, $metadata} = (error ?? {}) as ErrorLike;
	const name = codeOf(error);
	const status = $metadata?.httpStatusCode;
	const place = `\`${account.name}\` in ${region}`;
	const fail = (failure: ErrorCode, cause: string, fix: string | undefined, more: {readonly retryable?: boolean} = {}) =>
		providerError(failure, {
			message: `AWS could not ${doing} (${place}).`,
			cause: cause.slice(0, 1000),
			...(fix !== undefined && {fix}),
			...more,
			details: {awsCode: name, ...(status !== undefined && {status})},
		});

	if (/multi-factor/i.test(said)) {
		return fail('CWS_NEEDS_LOGIN', 'it asks for a code of a device, which cws cannot answer', codeFix(account.profile ?? account.name));
	}

	if (/CredentialsProviderError|TokenProviderError|ProviderError$/.test(name)) {
		return fail('CWS_NEEDS_LOGIN', withoutPaths(said), loginFix(account));
	}

	// Of a token, a key or a program that a profile names.
	if (name === 'ENOENT' || name === 'EACCES') {
		return fail('CWS_NEEDS_LOGIN', `a file that \`${account.name}\` names cannot be read: ${said}`, loginFix(account));
	}

	if (/^(?:ExpiredToken(?:Exception)?|RequestExpired|ExpiredTokenException)$/.test(name)) {
		return fail('CWS_NEEDS_LOGIN', 'the credentials have expired', loginFix(account));
	}

	if (refusedKeys.has(name)) {
		return fail('CWS_NEEDS_LOGIN', `AWS does not accept the credentials: ${said}`, loginFix(account));
	}

	if (/^(?:UnauthorizedOperation|AccessDenied(?:Exception)?)$/.test(name)) {
		// What follows is a block of base64 that only an administrator can decode.
		const cause = said.split(/ ?Encoded authorization failure/)[0]!;
		return fail('CWS_PROVIDER_FAILED', cause, 'ask an administrator of the account for this permission');
	}

	if (throttling.has(name) || status === 429) {
		return fail('CWS_THROTTLED', 'AWS limits the rate of requests', 'wait; cws asks again by itself', {retryable: true});
	}

	if (status === 501 || name === 'NotImplemented' || name === 'InvalidAction' || name === 'UnsupportedOperation') {
		return fail('CWS_NOT_SUPPORTED', said || 'this endpoint does not know the call', undefined);
	}

	const network = networkCause(name, code, said);
	if (network !== undefined) {
		return fail('CWS_PROVIDER_UNAVAILABLE', network.cause, network.fix, {retryable: true});
	}

	const known = refusals.find(({pattern}) => pattern.test(name));
	if (known !== undefined) {
		return fail(known.code, said || name, known.fix);
	}

	return status !== undefined && status >= 500
		? fail('CWS_PROVIDER_UNAVAILABLE', `it answered ${status}${said === '' ? '' : `: ${said}`}`, 'try again later', {retryable: true})
		: fail('CWS_PROVIDER_FAILED', said === '' ? name : `${said} (${name})`, undefined);
}

/** What a person does to have credentials again. */
export function loginFix({kind, profile, name}: Account): string {
	switch (kind) {
		case 'sso': {
			return `run \`aws sso login --profile ${profile}\``;
		}

		case 'login': {
			return `run \`aws login --profile ${profile}\``;
		}

		case 'role': {
			return `log in to the profile that \`${profile}\` takes its role with (\`source_profile\`), or check \`role_arn\``;
		}

		case 'process': {
			return `run the \`credential_process\` of \`${profile}\` by hand and mend what it says`;
		}

		case 'keys': {
			return `put new keys for \`${profile}\` into ~/.aws/credentials, for example with \`aws configure --profile ${profile}\``;
		}

		case 'environment': {
			return 'set new AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and start cws again';
		}

		default: {
			return `check the role behind \`${name}\``;
		}
	}
}

// The SDK names files of the person's home in some messages.
const withoutPaths = (text: string): string => text.replaceAll(/\s*(?:in|at) \/\S+/g, '').trim() || 'no credentials were found';

const refusedKeys: ReadonlySet<string> = new Set([
	'AuthFailure',
	'InvalidClientTokenId',
	'UnrecognizedClientException',
	'SignatureDoesNotMatch',
	'InvalidSignatureException',
	'IncompleteSignature',
	'MissingAuthenticationToken',
	'InvalidAccessKeyId',
	'OptInRequired',
]);

const throttling: ReadonlySet<string> = new Set([
	'RequestLimitExceeded',
	'Throttling',
	'ThrottlingException',
	'ThrottledException',
	'RequestThrottled',
	'EC2ThrottledException',
	'TooManyRequestsException',
]);

function networkCause(name: string, code: string | undefined, text: string): {readonly cause: string; readonly fix: string} | undefined {
	const key = code ?? name;
	switch (key) {
		case 'ECONNREFUSED': {
			return {cause: 'nothing answers at its address', fix: 'check the region, `AWS_ENDPOINT_URL` and the proxy'};
		}

		case 'ENOTFOUND':
		case 'EAI_AGAIN': {
			return {cause: 'the name of its address is not known', fix: 'check the network and the name of the region'};
		}

		case 'ECONNRESET':
		case 'EPIPE': {
			return {cause: 'the connection was closed during the call', fix: 'try again; what was asked for may have been done'};
		}

		default: {
			if (/^(?:TimeoutError|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(key) || /timed? ?out/i.test(text)) {
				return {cause: 'it did not answer in time', fix: 'check the network; try again'};
			}

			if (/self.signed|certificate|CERT_|UNABLE_TO_/i.test(`${key} ${text}`)) {
				return {
					cause: `its certificate is not trusted: ${text}`,
					fix: 'set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS to the file of the authority that signed it, and start cws again',
				};
			}

			return name === 'SyntaxError' || /deserializ|xml|unexpected|parse/i.test(text.slice(0, 200))
				? {cause: 'what answered does not speak the language of AWS', fix: 'check `AWS_ENDPOINT_URL` and the proxy'}
				: undefined;
		}
	}
}

const refusals: readonly {readonly pattern: RegExp; readonly code: ErrorCode; readonly fix?: string}[] = [
	{
		pattern: /^(?:InvalidAMIID\.|InvalidParameterValue$|InvalidKeyPair\.|InvalidGroup\.|InvalidSubnetID\.|InvalidSecurityGroupID\.)/,
		code: 'CWS_INVALID_INPUT',
		fix: 'change what it names',
	},
	{
		pattern:
			/^(?:InvalidParameterCombination|MissingParameter|InvalidParameter|Unsupported|InvalidInstanceType|ValidationError|InvalidBlockDeviceMapping|VPCIdNotSpecified)$/,
		code: 'CWS_INVALID_INPUT',
		fix: 'change what it names',
	},
	{pattern: /(?:\.NotFound|NotFound(?:Fault)?|\.Malformed)$/, code: 'CWS_NOT_FOUND'},
	{pattern: /^OperationNotPermitted$/, code: 'CWS_DENIED', fix: 'switch its termination protection off first'},
	{
		pattern: /^(?:Incorrect\w*State|InvalidDBInstanceState(?:Fault)?|VolumeInUse|IncorrectState|UnsupportedHibernationConfiguration)$/,
		code: 'CWS_INVALID_STATE',
	},
	{pattern: /^IdempotentParameterMismatch$/, code: 'CWS_CONFLICT', fix: 'start the deploy anew'},
	{
		pattern: /^(?:Insufficient\w*Capacity|InsufficientDBInstanceCapacity(?:Fault)?)$/,
		code: 'CWS_PROVIDER_FAILED',
		fix: 'try another size, another zone or another region; or wait',
	},
	{
		pattern: /LimitExceeded$|^MaxSpotInstanceCountExceeded$/,
		code: 'CWS_PROVIDER_FAILED',
		fix: 'ask AWS for a higher quota, or use another size or region',
	},
];
