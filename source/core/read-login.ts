import {failure} from './failure/failure.ts';
import {failed, ok, type Outcome} from './failure/outcome.ts';
import {type AuthStatus, type LoginStep} from './login.ts';
import {safeText} from './text/safe-text.ts';

const states: ReadonlySet<unknown> = new Set(['in', 'out', 'expired']);
const limits = {account: 200, scopes: 50, scope: 200, fix: 300, prompt: 200, code: 64, url: 2048, seconds: 60} as const;

/** What a plugin answered to `status`, `refresh` or `logout`, checked. What it calls masked and is not is left out. */
export function readAuthStatus(plugin: string, value: unknown): Outcome<AuthStatus> {
	return read(plugin, () => statusOf(value, 'the answer'));
}

/** What a plugin answered to `login`, checked. */
export function readLoginStep(plugin: string, value: unknown): Outcome<LoginStep> {
	return read(plugin, () => stepOf(value));
}

class Nonsense extends Error {}

function read<Value>(plugin: string, work: () => Value): Outcome<Value> {
	try {
		return ok(work());
	} catch (error) {
		if (error instanceof Nonsense) {
			return failed(
				failure('CWS_PLUGIN_PROTOCOL', {
					message: `The login of the plugin \`${plugin}\` gave an answer that cannot be read.`,
					cause: error.message,
				}),
			);
		}

		throw error;
	}
}

function nonsense(where: string, what: string): never {
	throw new Nonsense(`\`${where}\` ${what}`);
}

function stepOf(value: unknown): LoginStep {
	const fields = fieldsOf(value, 'step');
	const {kind, code, everySeconds, secret} = fields;
	switch (kind) {
		case 'done': {
			return {kind, status: statusOf(fields['status'], 'status')};
		}

		case 'browser': {
			return {kind, url: urlOf(fields['url']), ...timeOf(fields)};
		}

		case 'device': {
			const seconds = typeof everySeconds === 'number' && Number.isFinite(everySeconds) ? everySeconds : 5;
			return {
				kind,
				url: urlOf(fields['url']),
				code: textOf(code, 'code', limits.code),
				everySeconds: Math.min(Math.max(1, seconds), limits.seconds),
				...timeOf(fields),
			};
		}

		case 'manual': {
			return {
				kind,
				prompt: textOf(fields['prompt'], 'prompt', limits.prompt),
				...(fields['url'] !== undefined && {url: urlOf(fields['url'])}),
				...(secret !== undefined && {secret: textOf(secret, 'secret', 100)}),
			};
		}

		default: {
			return nonsense('kind', 'is none of done, browser, device, manual');
		}
	}
}

function statusOf(value: unknown, where: string): AuthStatus {
	const {state, account, scopes, expiresAt, masked, fix} = fieldsOf(value, where);
	if (!states.has(state)) {
		nonsense('state', 'is none of in, out, expired');
	}

	if (scopes !== undefined && !(Array.isArray(scopes) && scopes.length <= limits.scopes)) {
		nonsense('scopes', `is no list of at most ${limits.scopes}`);
	}

	return {
		state: state as AuthStatus['state'],
		...(account !== undefined && {account: textOf(account, 'account', limits.account)}),
		...(scopes !== undefined && {scopes: (scopes as readonly unknown[]).map(scope => textOf(scope, 'scopes', limits.scope))}),
		...timeOf({expiresAt}),
		...(isMasked(masked) && {masked: safeText(masked)}),
		...(fix !== undefined && {fix: textOf(fix, 'fix', limits.fix)}),
	};
}

// Somebody may mean well and mask nothing: what shows more than it may is not shown at all.
const isMasked = (value: unknown): value is string => typeof value === 'string' && /^[^…]{0,8}…[^…]{0,4}$/u.test(value);

function fieldsOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: nonsense(where, 'is no object');
}

function textOf(value: unknown, where: string, longest: number): string {
	return typeof value === 'string' && value !== '' && value.length <= longest
		? safeText(value)
		: nonsense(where, `is no text of at most ${longest} characters`);
}

// A person types a password there: nobody on the way may read it, and no other kind of address may be opened.
function urlOf(value: unknown): string {
	const url = typeof value === 'string' && value.length <= limits.url && URL.canParse(value) ? new URL(value) : undefined;
	const isFine =
		url !== undefined && url.username === '' && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
	return isFine ? url.href : nonsense('url', 'is no https address');
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

function timeOf({expiresAt}: Readonly<Record<string, unknown>>): {readonly expiresAt?: number} {
	return typeof expiresAt === 'number' && Number.isFinite(expiresAt) && expiresAt > 0 ? {expiresAt} : {};
}
