import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {pluginKey} from '../../core/plugin-key.ts';
import {askedSecrets} from '../../core/secret-reference.ts';
import {type SecretName} from '../../core/ports/secrets.ts';
import {nearest} from '../../core/text/nearest.ts';
import {unknownPlugin} from './manage-plugin.ts';

export type AskedSecret = SecretName & {readonly title?: string};

/** The secrets a plugin asks for, see `askedSecrets`. */
export const secretsOf = ({manifest}: PluginRecord): ReturnType<typeof askedSecrets> => askedSecrets(manifest);

/** The plugin that has this id and is not hidden by another one. */
export const findPlugin = (records: readonly PluginRecord[], id: string): PluginRecord | undefined =>
	records.find(record => record.id === id && record.state !== 'shadowed');

/** The exact name of a secret that a person wrote: `API-key` is `api_key` where the plugin says so. */
export function findSecret(records: readonly PluginRecord[], plugin: string, name: string): Outcome<AskedSecret> {
	const record = findPlugin(records, plugin);
	if (record === undefined) {
		return unknownPlugin(records, plugin);
	}

	const asked = secretsOf(record);
	const names = asked.map(secret => secret.name);
	const found = asked.find(known => known.name === name) ?? asked.find(known => fold(known.name) === fold(name));
	if (found !== undefined) {
		return ok({plugin: pluginKey(record), name: found.name, title: found.title});
	}

	const meant = nearest(name, names);
	return failed(
		failure('CWS_INVALID_INPUT', {
			message: names.length === 0 ? `\`${plugin}\` asks for no secrets.` : `\`${plugin}\` has no secret \`${name}\`.`,
			fix:
				meant === undefined
					? names.length === 0
						? 'cws secrets list'
						: `it has ${names.map(one => `\`${one}\``).join(', ')}`
					: `did you mean \`${meant}\`?`,
			details: {field: 'name', names},
		}),
	);
}

export const fold = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
