import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type AuthStatus, type LoginFlow} from '../../core/login.ts';
import {readAuthStatus} from '../../core/read-login.ts';
import {type CommandInputs, type LoginCommandId, type RunOptions} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {chooseFlow, findLogin, type Login} from './find-login.ts';
import {forgetTokens, maskedToken, readTokens, restoreTokens} from './kept-tokens.ts';
import {logIn} from './log-in.ts';

/** Who is logged in where. Never with a token. */
export type LoginRecord = AuthStatus & {
	/** Its name. */
	readonly login: string;
	readonly title: string;
	readonly plugin: string;
};

type Parts = Pick<EngineParts, 'host' | 'secrets' | 'clock' | 'events' | 'state' | 'inventory' | 'poller'>;

/** All commands about one login. */
export async function runLoginCommand(
	parts: Parts,
	id: LoginCommandId,
	{login: name, flow}: CommandInputs['login'],
	options: RunOptions,
): Promise<Outcome<LoginRecord>> {
	const found = findLogin(parts.host.records(), name);
	if (!found.ok) {
		return found;
	}

	switch (id) {
		case 'login': {
			return begin(parts, found.value, flow, options);
		}

		case 'loginStatus': {
			return ask(parts, found.value, 'status', options);
		}

		case 'refreshLogin': {
			return renew(parts, found.value, options);
		}

		case 'logout': {
			return end(parts, found.value, options);
		}
	}
}

/** Step by step with the person. One that fails leaves everything as it was. */
async function begin(parts: Parts, login: Login, wanted: LoginFlow | undefined, {talk, signal}: RunOptions): Promise<Outcome<LoginRecord>> {
	const {secrets} = parts;
	const flow = chooseFlow(login, wanted);
	if (!flow.ok) {
		return flow;
	}

	if (talk === undefined) {
		return failed(failure('CWS_NOT_SUPPORTED', {message: 'A login needs a person, and nobody can be asked here.'}));
	}

	const before = await readTokens(secrets, login);
	if (!before.ok) {
		return before;
	}

	const done = await logIn(parts, login, {flow: flow.value, talk, signal});
	if (!done.ok) {
		await restoreTokens(secrets, login, before.value);
		tell(parts, login, 'auth.failed', `Nobody was logged in to ${login.title}: ${done.error.message}`);
		return done;
	}

	const record = await recordOf(parts, login, done.value);
	tell(parts, login, 'auth.login', `Logged in to ${login.title}${record.account === undefined ? '' : ` as ${record.account}`}.`);
	retrySources(parts, login);
	return ok(record);
}

async function renew(parts: Parts, login: Login, options: RunOptions): Promise<Outcome<LoginRecord>> {
	const renewed = await ask(parts, login, 'refresh', options);
	if (renewed.ok) {
		tell(parts, login, 'auth.refreshed', `The login to ${login.title} was renewed.`);
		retrySources(parts, login);
	} else {
		tell(parts, login, 'auth.failed', `The login to ${login.title} was not renewed: ${renewed.error.message}`);
	}

	return renewed;
}

/** Its tokens are gone afterwards, also when the other side could not be told. */
async function end(parts: Parts, login: Login, options: RunOptions): Promise<Outcome<LoginRecord>> {
	const asked = await ask(parts, login, 'logout', options);
	const forgotten = await forgetTokens(parts.secrets, login);
	if (!forgotten.ok) {
		return forgotten;
	}

	if (!asked.ok) {
		return login.secrets.length === 0
			? asked
			: failed({...asked.error, message: `${asked.error.message} Its token is deleted here, and may still be valid there.`});
	}

	tell(parts, login, 'auth.logout', `Logged out of ${login.title}.`);
	return asked;
}

async function ask(
	parts: Parts,
	login: Login,
	method: 'status' | 'refresh' | 'logout',
	{signal}: RunOptions,
): Promise<Outcome<LoginRecord>> {
	const {plugin, handler} = login;
	const answered = await parts.host.call<unknown>({
		plugin,
		method: `auth.${handler}.${method}`,
		args: [],
		...(signal !== undefined && {signal}),
	});
	const read = answered.ok ? readAuthStatus(plugin, answered.value) : answered;
	return read.ok ? ok(await recordOf(parts, login, read.value)) : read;
}

async function recordOf({secrets}: Parts, login: Login, status: AuthStatus): Promise<LoginRecord> {
	const {name, title, plugin} = login;
	const masked = status.masked ?? (status.state === 'out' ? undefined : await maskedToken(secrets, login));
	return {login: name, title, plugin, ...status, ...(masked !== undefined && {masked})};
}

function tell({events}: Parts, {plugin, name}: Login, type: string, message: string): void {
	events.emit({type, level: type === 'auth.failed' ? 'warn' : 'info', subject: plugin, message, data: {login: name}});
}

/** What could not be read for want of a login is read now and not when its turn comes. */
function retrySources({state, inventory, poller}: Parts, {plugin}: Login): void {
	const failing = new Set(
		state
			.get()
			.sources.filter(({phase}) => phase === 'failed')
			.map(({key}) => key),
	);
	for (const source of inventory.sources()) {
		if (source.contribution.plugin.id === plugin && failing.has(source.key)) {
			void poller.poll(source);
		}
	}
}
