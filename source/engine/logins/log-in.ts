import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type AuthStatus, type BrowserStep, type DeviceStep, type LoginFlow, type ManualStep} from '../../core/login.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type SecretStore} from '../../core/ports/secrets.ts';
import {readLoginStep} from '../../core/read-login.ts';
import {type Login} from './find-login.ts';

/** Talks with the person while a login needs them; each face has its own. */
export type LoginTalk = {
	/** Shows where to go. The login goes on by itself; the next call takes the place of this one. */
	readonly show: (step: BrowserStep | DeviceStep) => void;
	/** Asks without an echo; undefined when the person does not want to. */
	readonly ask: (step: ManualStep, signal: AbortSignal | undefined) => Promise<string | undefined>;
};

type Ports = {readonly host: Pick<PluginHost, 'call'>; readonly secrets: SecretStore; readonly clock: Clock};

type Talk = {readonly flow: LoginFlow; readonly talk: LoginTalk; readonly signal: AbortSignal | undefined};

// As long as a person is waited for when the other side does not say.
const waitMs = 300_000;
// However long it says.
const mostMs = 1_800_000;
// A browser flow says nothing about how often it likes to be asked.
const browserSeconds = 2;
// Nobody pastes so often; a plugin that asks for ever is wrong.
const mostQuestions = 10;

/** Goes through the steps of a login until it is done. The plugin says what comes next; what is pasted may become a secret it never sees. */
export async function logIn({host, secrets, clock}: Ports, login: Login, {flow, talk, signal}: Talk): Promise<Outcome<AuthStatus>> {
	const {plugin, handler, title} = login;
	const startedAt = clock.now();
	let request: Readonly<Record<string, unknown>> = {flow};
	let shown: string | undefined;
	let questions = 0;
	for (;;) {
		const answered = await host.call<unknown>({
			plugin,
			method: `auth.${handler}.login`,
			args: [request],
			...(signal !== undefined && {signal}),
		});
		const read = answered.ok ? readLoginStep(plugin, answered.value) : answered;
		if (!read.ok) {
			return read;
		}

		const step = read.value;
		if (step.kind === 'done') {
			return step.status.state === 'in' ? ok(step.status) : failed(notIn(title, step.status));
		}

		if (step.kind === 'manual') {
			const text = ++questions > mostQuestions ? undefined : await talk.ask(step, signal);
			if (text === undefined || text === '' || signal?.aborted === true) {
				return failed(cancelled(title));
			}

			const kept = step.secret === undefined ? ok(undefined) : await keep(secrets, login, step.secret, text);
			if (!kept.ok) {
				return kept;
			}

			request = step.secret === undefined ? {flow, answer: text} : {flow, continue: true};
			continue;
		}

		// A time that moves on shows nothing new.
		const key = `${step.url} ${step.kind === 'device' ? step.code : ''}`;
		if (key !== shown) {
			talk.show(step);
			shown = key;
		}

		const seconds = step.kind === 'device' ? step.everySeconds : browserSeconds;
		if (clock.now() + seconds * 1000 > Math.min(step.expiresAt ?? startedAt + waitMs, startedAt + mostMs)) {
			return failed(tooLate(login));
		}

		try {
			await clock.sleep(seconds * 1000, signal);
		} catch {
			return failed(cancelled(title));
		}

		request = {flow, continue: true};
	}
}

async function keep(secrets: SecretStore, {plugin, key, secrets: names}: Login, name: string, value: string): Promise<Outcome<unknown>> {
	return names.includes(name)
		? secrets.set({plugin: key, name}, value)
		: failed(
				failure('CWS_PLUGIN_PROTOCOL', {
					message: `The login of the plugin \`${plugin}\` wants to keep \`${name}\`, which its manifest does not name.`,
				}),
			);
}

const cancelled = (title: string) => failure('CWS_CANCELLED', {message: `The login to ${title} was cancelled; nothing changed.`});

const tooLate = ({title, name}: Login) =>
	failure('CWS_NEEDS_LOGIN', {
		message: `The login to ${title} was not finished in time; nothing changed.`,
		fix: `cws auth login ${name}`,
	});

const notIn = (title: string, {state, fix}: AuthStatus) =>
	failure('CWS_NEEDS_LOGIN', {
		message: `The login to ${title} ended, and one is ${state === 'expired' ? 'not in any more' : 'not in'}.`,
		...(fix !== undefined && {fix}),
	});
