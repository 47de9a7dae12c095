import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {pluginOfKey, type SecretEntry, type SecretName} from '../../core/ports/secrets.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {isSecretField} from '../../core/secret-reference.ts';
import {type CommandInputs} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {findPlugin, findSecret, fold} from './find-secret.ts';

const waitsForOptions: ReadonlySet<PluginRecord['state']> = new Set(['active', 'failed']);

type Parts = Pick<EngineParts, 'host' | 'secrets'>;

/** Keeps the value of a secret that the plugin asks for; the next call that needs it has it. */
export async function setSecret({host, secrets}: Parts, {plugin, name, value}: CommandInputs['setSecret']): Promise<Outcome<SecretEntry>> {
	const found = findSecret(host.records(), plugin, name);
	if (!found.ok) {
		return found;
	}

	const kept = await secrets.set({plugin: found.value.plugin, name: found.value.name}, value);
	const record = findPlugin(host.records(), plugin);
	// Options are given to a plugin when it starts, and one that lacked this could not.
	if (
		kept.ok &&
		record !== undefined &&
		(isSecretField(record.manifest.config?.properties?.[found.value.name]) || record.error?.code === 'CWS_SECRET_MISSING') &&
		waitsForOptions.has(record.state)
	) {
		await host.reload(record.id);
	}

	return kept;
}

/** Also of a plugin that is not there any more; `plugin` is an id, or a key where several places had one of that id. */
export async function deleteSecret({host, secrets}: Parts, {plugin, name}: CommandInputs['deleteSecret']): Promise<Outcome<undefined>> {
	const target = await findKept({host, secrets}, plugin, name);
	if (!target.ok) {
		return target;
	}

	const deleted = await secrets.delete(target.value);
	if (!deleted.ok) {
		return deleted;
	}

	return deleted.value ? ok(undefined) : failed(notKept(plugin, name));
}

async function findKept({host, secrets}: Parts, plugin: string, name: string): Promise<Outcome<SecretName>> {
	const listed = await secrets.list();
	if (!listed.ok) {
		return listed;
	}

	const ofPlugin = listed.value.filter(entry => entry.plugin === plugin || pluginOfKey(entry.plugin) === plugin);
	const [exact, folded] = [ofPlugin.filter(entry => entry.name === name), ofPlugin.filter(entry => fold(entry.name) === fold(name))];
	const candidates = exact.length > 0 ? exact : folded;
	const active = findSecret(host.records(), plugin, name);
	const own = active.ok ? candidates.find(entry => entry.plugin === active.value.plugin) : undefined;
	const [entry, ...others] = own === undefined ? candidates : [own];
	if (entry === undefined) {
		return failed(notKept(plugin, name));
	}

	if (others.length > 0) {
		const keys = candidates.map(candidate => candidate.plugin);
		return failed(
			failure('CWS_AMBIGUOUS', {
				message: `Several plugins \`${plugin}\` have a secret \`${name}\`.`,
				fix: `use one of ${keys.map(key => `\`${key}\``).join(', ')}`,
				details: {references: keys},
			}),
		);
	}

	return entry.from === undefined
		? ok({plugin: entry.plugin, name: entry.name})
		: failed(
				failure('CWS_DENIED', {
					message: `The secret \`${entry.name}\` of \`${plugin}\` is in the variable \`${entry.from}\`, which cws cannot delete.`,
					fix: `unset ${entry.from}`,
				}),
			);
}

const notKept = (plugin: string, name: string) =>
	failure('CWS_NOT_FOUND', {message: `No secret \`${name}\` of \`${plugin}\` is kept.`, fix: 'cws secrets list'});
