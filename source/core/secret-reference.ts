import {type Manifest} from './manifest.ts';
import {type SecretPermission} from './manifest/permissions.ts';
import {type JsonSchema} from './schema/json.ts';

/** A secret of a plugin that an option names in place of a value: `secret:hetzner/token`. */
type SecretReference = {readonly plugin: string; readonly name: string};

/** Undefined for any other text. */
export function readSecretReference(value: unknown): SecretReference | undefined {
	const [, plugin, name] = (typeof value === 'string' && /^secret:([a-z][a-z\d]*(?:-[a-z\d]+)*)\/([A-Za-z][\w-]*)$/.exec(value)) || [];
	return plugin === undefined || name === undefined ? undefined : {plugin, name};
}

/** Whether an option is one for a secret. */
export const isSecretField = (schema: JsonSchema | undefined): boolean => schema?.format === 'password';

type Asked = Pick<SecretPermission, 'name' | 'title' | 'reason'>;

/** The secrets a plugin asks for, the variables whose value becomes one, and its options that are one. */
export function askedSecrets({permissions, config}: Pick<Manifest, 'permissions' | 'config'>): readonly Asked[] {
	const named: readonly Asked[] = permissions?.secrets ?? [];
	const variables = (permissions?.env ?? [])
		.filter(({as}) => as === 'secret')
		.map(({name, reason}): Asked => ({name, title: name, reason}));
	const options = Object.entries(config?.properties ?? {})
		.filter(([, schema]) => isSecretField(schema))
		.map(([name, {title = name, description}]): Asked => ({name, title, ...(description !== undefined && {reason: description})}));
	return [...named, ...variables, ...options].filter(({name}, index, all) => all.findIndex(one => one.name === name) === index);
}

/** Whether the code of a plugin may have the value itself: what comes with cws may, others ask for it with `read`. */
export const mayReadSecret = ({permissions}: Pick<Manifest, 'permissions'>, origin: string, name: string): boolean =>
	origin === 'bundled' || permissions?.secrets?.some(secret => secret.name === name && secret.read === true) === true;
