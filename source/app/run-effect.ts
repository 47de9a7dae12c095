import {homedir} from 'node:os';
import {resolve} from 'node:path';
import {toFailure} from '../core/failure/failure.ts';
import {failed, mapOutcome, ok, type Outcome} from '../core/failure/outcome.ts';
import {createLoginTalks} from './login-talks.ts';
import {type Engine} from '../engine/engine.ts';
import {type SettingEntry} from '../core/settings.ts';
import {type ResourceRef} from '../core/reference.ts';
import {type Effect} from '../ui/view/effect.ts';
import {type Message} from '../ui/view/message.ts';

export type EffectPorts = {
	readonly engine: Engine;
	readonly dispatch: (message: Message) => void;
	/** Hands the terminal to a program and comes back. */
	readonly connect: (ref: ResourceRef) => Promise<Outcome<void>>;
	readonly openUrl: (url: string) => Promise<Outcome<void>>;
	readonly copy: (text: string) => Outcome<void>;
	/** Gives the path of the written file. */
	readonly save: (name: string, text: string) => Promise<Outcome<string>>;
	readonly setTheme: (name: string, persist: boolean) => Promise<Outcome<void>>;
	readonly remember: (key: string, value: unknown) => void;
	/** As the sources have them now. */
	readonly readSettings: () => readonly SettingEntry[];
	readonly answer: (answer: Extract<Effect, {type: 'answer'}>) => void;
	readonly suspend: () => void;
	readonly quit: (force: boolean) => void;
};

/** The one place where what the view wants is done. Everything is answered or shown as a toast; nothing throws. */
export function createEffectRunner(ports: EffectPorts): (effect: Effect) => void {
	const {engine, dispatch} = ports;
	const running = new Map<string, AbortController>();
	const logins = createLoginTalks(dispatch);
	const toast = (outcome: Outcome<unknown>, done?: string) => {
		if (!outcome.ok) {
			const {message, fix} = outcome.error;
			dispatch({type: 'toast', level: 'error', text: fix ? `${message} ${fix}` : message});
		} else if (done !== undefined) {
			dispatch({type: 'toast', level: 'info', text: done});
		}
	};

	const answer = (reply: string | undefined, work: Promise<Outcome<unknown>>) => {
		void settle(work).then(outcome => {
			if (reply === undefined) {
				toast(outcome);
			} else {
				dispatch({type: 'reply', reply, outcome, isLast: true});
			}
		});
	};

	// A layer that closed cancels its tag: an answer that comes later must not reach the next layer of the same tag.
	const cancellable = (reply: string, work: (signal: AbortSignal) => Promise<Outcome<unknown>>) => {
		const abort = new AbortController();
		running.get(reply)?.abort();
		running.set(reply, abort);
		void settle(work(abort.signal)).then(outcome => {
			if (!abort.signal.aborted) {
				running.delete(reply);
				dispatch({type: 'reply', reply, outcome, isLast: true});
			}
		});
	};

	const follow = async (effect: Extract<Effect, {type: 'logs'}>, signal: AbortSignal): Promise<Outcome<unknown>> => {
		const {ref, reply, tail} = effect;
		for await (const chunk of engine.logs(ref, {follow: effect.follow, tail, signal})) {
			if (!chunk.ok) {
				return chunk;
			}

			if (!signal.aborted) {
				dispatch({type: 'reply', reply, outcome: chunk, isLast: false});
			}
		}

		return ok([]);
	};

	return effect => {
		switch (effect.type) {
			case 'run': {
				answer(effect.reply, engine.run(effect.command, effect.input, {origin: 'tui'}));
				break;
			}

			case 'plan': {
				cancellable(effect.reply, async signal => engine.plan(effect.command, effect.input, {origin: 'tui', signal}));
				break;
			}

			case 'templates': {
				cancellable(effect.reply, async () => ok(await engine.templates()));
				break;
			}

			case 'choices': {
				cancellable(effect.reply, async signal => engine.choices(effect.provider, effect.resourceType, signal));
				break;
			}

			case 'read': {
				cancellable(effect.reply, async signal => engine.read(effect.ref, signal));
				break;
			}

			case 'logs': {
				cancellable(effect.reply, async signal => follow(effect, signal));
				break;
			}

			case 'events': {
				cancellable(effect.reply, async () => engine.readEvents({limit: effect.limit, ref: effect.ref}));
				break;
			}

			case 'audit': {
				cancellable(effect.reply, async () => engine.readAudit({limit: effect.limit}));
				break;
			}

			case 'pane': {
				cancellable(effect.reply, async signal => engine.readPane(effect.request, signal));
				break;
			}

			case 'previewInstall': {
				const source = resolve(effect.source.replace(/^~(?=\/|$)/, homedir()));
				cancellable(effect.reply, async signal => mapOutcome(await engine.previewInstall(source, signal), preview => ({source, preview})));
				break;
			}

			case 'secrets': {
				cancellable(effect.reply, async () => engine.readSecrets());
				break;
			}

			case 'settings': {
				cancellable(effect.reply, async () => ok(ports.readSettings()));
				break;
			}

			case 'login': {
				cancellable(effect.reply, async signal =>
					engine.run('login', effect.input, {origin: 'tui', signal, talk: logins.talk(effect.reply, signal)}),
				);
				break;
			}

			case 'answerLogin': {
				logins.answer(effect.reply, effect.value);
				break;
			}

			case 'answer': {
				ports.answer(effect);
				break;
			}

			case 'toast': {
				dispatch({type: 'toast', level: effect.level, text: effect.text});
				break;
			}

			case 'cancel': {
				running.get(effect.reply)?.abort();
				running.delete(effect.reply);
				break;
			}

			case 'connect': {
				void settle(ports.connect(effect.ref)).then(outcome => toast(outcome));
				break;
			}

			case 'open': {
				void settle(ports.openUrl(effect.url)).then(outcome => toast(outcome, `opened ${effect.url}`));
				break;
			}

			case 'copy': {
				toast(ports.copy(effect.text), `copied ${effect.label}`);
				break;
			}

			case 'save': {
				void settle(ports.save(effect.name, effect.text)).then(outcome =>
					toast(outcome, outcome.ok ? `saved ${outcome.value}` : undefined),
				);
				break;
			}

			case 'setTheme': {
				void settle(ports.setTheme(effect.name, effect.persist)).then(outcome => toast(outcome));
				break;
			}

			case 'remember': {
				ports.remember(effect.key, effect.value);
				break;
			}

			case 'suspend': {
				ports.suspend();
				break;
			}

			case 'quit': {
				ports.quit(effect.force === true);
				break;
			}
		}
	};
}

// A bug in a port must not become an unhandled rejection that ends the dashboard.
const settle = async <Value>(work: Promise<Outcome<Value>>): Promise<Outcome<Value>> =>
	work.catch((error: unknown) => failed(toFailure(error)));
