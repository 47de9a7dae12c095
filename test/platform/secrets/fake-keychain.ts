import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok} from '../../../source/core/failure/outcome.ts';
import {type SecretName} from '../../../source/core/ports/secrets.ts';
import {type Keychain} from '../../../source/platform/secrets/keychain.ts';

export type FakeKeychain = Keychain & {
	readonly values: Map<string, string>;
	isLocked: boolean;
	/** Longest value it takes, as Windows has one. */
	limit: number;
	asked: number;
};

const nameOf = ({plugin, name}: SecretName) => `${plugin}:${name}`;

export function fakeKeychain({isLocked = false} = {}): FakeKeychain {
	const refuse = (cause: string) =>
		failed(failure('CWS_SECRETS', {message: 'The keychain of the operating system does not answer.', cause}));
	const locked = () => {
		keychain.asked += 1;
		return keychain.isLocked;
	};

	const keychain: FakeKeychain = {
		values: new Map(),
		isLocked,
		limit: Number.POSITIVE_INFINITY,
		asked: 0,
		probe: async () => (locked() ? refuse('no session bus') : ok(true)),
		get: async secret => (locked() ? refuse('locked') : ok(keychain.values.get(nameOf(secret)))),
		async set(secret, value) {
			if (locked() || value.length > keychain.limit) {
				return refuse(`no room for ${value}`);
			}

			keychain.values.set(nameOf(secret), value);
			return ok(true);
		},
		delete: async secret => (locked() ? refuse('locked') : ok(keychain.values.delete(nameOf(secret)))),
		list: async () =>
			ok([...keychain.values.keys()].map(key => ({plugin: key.slice(0, key.lastIndexOf(':')), name: key.slice(key.lastIndexOf(':') + 1)}))),
		close() {},
	};
	return keychain;
}
