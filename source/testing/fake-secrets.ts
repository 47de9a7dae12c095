import {ok} from '../core/failure/outcome.ts';
import {type SecretEntry, type SecretName, type SecretStore} from '../core/ports/secrets.ts';

export type FakeSecrets = SecretStore & {
	/** By `plugin key/name`. */
	readonly values: Map<string, string>;
};

/** Secrets in memory. */
export function createFakeSecrets(initial: Readonly<Record<string, string>> = {}): FakeSecrets {
	const values = new Map(Object.entries(initial));
	const idOf = ({plugin, name}: SecretName) => `${plugin}/${name}`;
	return {
		values,
		has: async secret => ok(values.has(idOf(secret))),
		get: async secret => ok(values.get(idOf(secret))),
		async set(secret, value) {
			values.set(idOf(secret), value);
			return ok({...secret, place: 'file', setAt: 0});
		},
		delete: async secret => ok(values.delete(idOf(secret))),
		list: async plugin =>
			ok(
				[...values.keys()]
					.map((id): SecretEntry => ({
						plugin: id.slice(0, id.lastIndexOf('/')),
						name: id.slice(id.lastIndexOf('/') + 1),
						place: 'file',
						setAt: 0,
					}))
					.filter(entry => plugin === undefined || entry.plugin === plugin),
			),
	};
}
