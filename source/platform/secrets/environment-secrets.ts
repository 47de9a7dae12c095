import {pluginOfKey, type SecretEntry, type SecretName} from '../../core/ports/secrets.ts';

export type MutableEnvironment = Record<string, string | undefined>;

/** What the environment says about secrets, taken out of it. */
export type SecretVariables = {
	/** Seals the file; `CWS_SECRETS_PASSPHRASE`. */
	readonly passphrase?: string;
	/** By the name of the variable. */
	readonly values: ReadonlyMap<string, string>;
};

const prefix = 'CWS_SECRETS__';
const passphraseVariable = 'CWS_SECRETS_PASSPHRASE';

/**
Takes the secrets out of the environment, so that programs and plugins that this process starts do not inherit them.
What the system shows of this process's own start to the same user cannot be taken back.
*/
export function takeSecretVariables(environment: MutableEnvironment): SecretVariables {
	const values = new Map<string, string>();
	for (const [variable, value] of Object.entries(environment)) {
		if (variable.startsWith(prefix) && partsOf(variable) !== undefined) {
			delete environment[variable];
			if (value) {
				values.set(variable, value);
			}
		}
	}

	const passphrase = environment[passphraseVariable];
	delete environment[passphraseVariable];
	return {values, ...(passphrase ? {passphrase} : {})};
}

/** The variable that gives a secret; `CWS_SECRETS__MY_PLUGIN__API_KEY` fits `api_key`, `api-key` and `apiKey` of `my-plugin`. */
export function findVariable({values}: SecretVariables, {plugin, name}: SecretName): string | undefined {
	const wanted = [fold(pluginOfKey(plugin)), fold(name)].join(' ');
	return [...values.keys()].find(variable => partsOf(variable)!.map(fold).join(' ') === wanted);
}

/** The name as one would write it: `CWS_SECRETS__HETZNER__TOKEN`. */
export const secretVariable = ({plugin, name}: SecretName): string =>
	`${prefix}${[pluginOfKey(plugin), name.replaceAll(/[A-Z]/g, letter => `_${letter}`)].map(part => part.replaceAll('-', '_').toUpperCase()).join('__')}`;

/** As far as a variable tells: the id of the plugin instead of its key. */
export const variableEntries = ({values}: SecretVariables): readonly SecretEntry[] =>
	[...values.keys()].map(variable => {
		const [plugin, name] = partsOf(variable)!;
		return {plugin: plugin.toLowerCase().replaceAll('_', '-'), name: name.toLowerCase(), place: 'environment', from: variable};
	});

function partsOf(variable: string): readonly [plugin: string, name: string] | undefined {
	const [plugin, name, ...more] = variable.slice(prefix.length).split('__');
	return plugin && name && more.length === 0 ? [plugin, name] : undefined;
}

const fold = (part: string): string => part.replaceAll(/[_-]/g, '').toLowerCase();
