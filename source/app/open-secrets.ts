import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {type Failure} from '../core/failure/failure.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type Directories, type Settings} from '../core/settings.ts';
import {createKeychain} from '../platform/secrets/keychain.ts';
import {createSecretStore, type OpenSecretStore} from '../platform/secrets/create-secret-store.ts';
import {type SecretVariables} from '../platform/secrets/environment-secrets.ts';
import {locations} from './locations.ts';

type Options = {
	readonly variables: SecretVariables;
	/** `CWS_HOME`, where it is set. */
	readonly home: string | undefined;
	readonly directories: Directories;
	readonly place: Settings['secrets']['place'];
	readonly clock: Clock;
	readonly onProblem: (problem: Failure) => void;
};

/** Nothing is read and no keychain is asked before the first secret is. */
export const openSecrets = ({variables, home, directories, place, clock, onProblem}: Options): OpenSecretStore =>
	createSecretStore({
		paths: {secrets: join(directories.data, 'secrets.json'), key: join(directories.data, 'secrets.key')},
		variables,
		keychain: createKeychain({workerUrl: locations.keychainWorker, service: () => serviceOf(home, directories.data), clock}),
		place,
		clock,
		onProblem,
	});

// A user has one keychain and may have several homes of cws.
const serviceOf = (home: string | undefined, data: string): string =>
	home ? `cws ${createHash('sha256').update(data).digest('hex').slice(0, 12)}` : 'cws';
