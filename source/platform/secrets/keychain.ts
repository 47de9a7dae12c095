import {Worker} from 'node:worker_threads';
import {failure} from '../../core/failure/failure.ts';
import {failed, mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type SecretName} from '../../core/ports/secrets.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {type KeychainQuestion, type KeychainReply} from './keychain-protocol.ts';

/** The keychain of the operating system: Keychain, Credential Manager, or a Secret Service as GNOME Keyring and KWallet are. */
export type Keychain = {
	/** Whether it answers; asked once, and again after it failed. */
	readonly probe: () => Promise<Outcome<boolean>>;
	readonly get: (secret: SecretName) => Promise<Outcome<string | undefined>>;
	readonly set: (secret: SecretName, value: string) => Promise<Outcome<boolean>>;
	readonly delete: (secret: SecretName) => Promise<Outcome<boolean>>;
	readonly list: () => Promise<Outcome<readonly SecretName[]>>;
	readonly close: () => void;
};

type Options = {
	readonly workerUrl: URL;
	/** Keeps several homes apart in the one keychain of the user. */
	readonly service: () => string;
	readonly clock: Clock;
};

// Unlocking may ask the person for a password, so it is long; a machine without a keychain says so at once.
const answerMs = 60_000;
const probeMs = 5000;

type Body<Question> = Question extends unknown ? Omit<Question, 'id'> : never;

export function createKeychain({workerUrl, service, clock}: Options): Keychain {
	const waiting = new Map<number, (reply: KeychainReply) => void>();
	let worker: Worker | undefined;
	let probing: Promise<Outcome<boolean>> | undefined;
	let count = 0;

	const probe = async (): Promise<Outcome<boolean>> => {
		probing ??= ask<boolean>({method: 'probe'}, probeMs);
		const outcome = await probing;
		if (!outcome.ok) {
			probing = undefined;
		}

		return outcome;
	};

	return {
		probe,
		get: async secret => ask({method: 'get', account: accountOf(secret)}),
		set: async (secret, value) => ask({method: 'set', account: accountOf(secret), value}),
		delete: async secret => ask({method: 'delete', account: accountOf(secret)}),
		async list() {
			const accounts = await ask<readonly string[]>({method: 'list'});
			return mapOutcome(accounts, found => found.map(nameOf).filter(name => name !== undefined));
		},
		close() {
			void worker?.terminate();
			worker = undefined;
		},
	};

	async function ask<Value>(body: Body<KeychainQuestion>, ms = answerMs): Promise<Outcome<Value>> {
		count += 1;
		const id = count;
		const {promise, resolve} = Promise.withResolvers<KeychainReply>();
		waiting.set(id, resolve);
		const cancel = clock.after(ms, () => {
			resolve({id, error: `no answer within ${ms / 1000} seconds; it may be waiting to be unlocked`});
		});
		try {
			worker ??= start();
			// Held while somebody waits for an answer, so that a verb does not end before it.
			worker.ref();
			// oxlint-disable-next-line unicorn/require-post-message-target-origin
			worker.postMessage({...body, id} satisfies {readonly id: number});
			const reply = await promise;
			return 'error' in reply ? failed(unavailable(reply.error)) : ok(reply.value as Value);
		} finally {
			cancel();
			waiting.delete(id);
			if (waiting.size === 0) {
				worker?.unref();
			}
		}
	}

	function start(): Worker {
		const started = new Worker(workerUrl, {workerData: {service: service()}, name: 'keychain'});
		started.on('message', (reply: KeychainReply) => {
			waiting.get(reply.id)?.(reply);
		});
		const onEnd = (reason: string) => {
			worker = worker === started ? undefined : worker;
			for (const [id, resolve] of waiting) {
				resolve({id, error: reason});
			}
		};
		started.on('error', error => {
			onEnd(error instanceof Error ? error.message : String(error));
		});
		started.on('exit', () => {
			onEnd('its thread ended');
		});
		return started;
	}
}

const unavailable = (cause: string) =>
	failure('CWS_SECRETS', {
		message: 'The keychain of the operating system does not answer.',
		cause: safeText(cause),
		fix: 'unlock it, or see docs/secrets.md',
	});

const accountOf = ({plugin, name}: SecretName): string => `${plugin}:${name}`;

function nameOf(account: string): SecretName | undefined {
	const at = account.lastIndexOf(':');
	return at > 0 ? {plugin: account.slice(0, at), name: account.slice(at + 1)} : undefined;
}
