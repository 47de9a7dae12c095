import {failure} from '../../core/failure/failure.ts';
import {failed, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {askedSecrets, isSecretField, readSecretReference} from '../../core/secret-reference.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type CommandInputs} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {findPlugin} from './find-secret.ts';
import {unknownPlugin} from './manage-plugin.ts';

/** Checks options by the plugin's own schema, writes them into the person's file or takes them out, and restarts that plugin in place, and no other. */
export async function setPluginConfig(
	{host, savePluginConfig}: Pick<EngineParts, 'host' | 'savePluginConfig'>,
	{plugin, values, unset = []}: CommandInputs['setPluginConfig'],
	validate: Validate,
): Promise<Outcome<PluginRecord>> {
	const record = findPlugin(host.records(), plugin);
	if (record === undefined) {
		return unknownPlugin(host.records(), plugin);
	}

	const problem = problemOf(record, values, validate) ?? unknownField(record, unset);
	if (problem !== undefined) {
		return failed(problem);
	}

	const saved = await savePluginConfig(plugin, {...Object.fromEntries(unset.map(field => [field, undefined])), ...values});
	return saved.ok ? host.reconfigure(plugin, saved.value) : saved;
}

function problemOf({id, manifest}: PluginRecord, values: Readonly<Record<string, unknown>>, validate: Validate) {
	const schema = manifest.config ?? {};
	const references = Object.entries(values).filter(
		([field, value]) => isSecretField(schema.properties?.[field]) && isOwnSecret(id, manifest, value),
	);
	const secret = Object.keys(values).find(
		field => isSecretField(schema.properties?.[field]) && !references.some(([name]) => name === field),
	);
	if (secret !== undefined) {
		return failure('CWS_INVALID_INPUT', {
			message: `\`${secret}\` of \`${id}\` is a secret and does not belong into a configuration file.`,
			fix: `cws secrets set ${id} ${secret}, and it has it; or name another secret of it: \`secret:${id}/NAME\``,
			details: {field: secret},
		});
	}

	// What is not changed now may come from elsewhere, so nothing is required here; the host checks the whole before the plugin sees it.
	const {required: _, ...partial} = schema;
	const checked = Object.fromEntries(Object.entries(values).filter(([field]) => !references.some(([name]) => name === field)));
	const [problem] = validate(partial, checked);
	return (
		problem &&
		failure('CWS_INVALID_INPUT', {
			message: `\`plugins.${id}.${problem.field}\` ${problem.message}.`,
			...(problem.nearest !== undefined && {fix: `did you mean \`${problem.nearest}\`?`}),
			details: {field: problem.field, key: `plugins.${id}.${problem.field}`},
		})
	);
}

function isOwnSecret(id: string, manifest: PluginRecord['manifest'], value: unknown): boolean {
	const reference = readSecretReference(value);
	return reference?.plugin === id && askedSecrets(manifest).some(({name}) => name === reference.name);
}

/** What no schema knows may still lie in the file, from an older version; only a slip of the pen is worth a word. */
function unknownField({id, manifest}: PluginRecord, unset: readonly string[]) {
	const known = Object.keys(manifest.config?.properties ?? {});
	const wrong = unset.find(field => !known.includes(field) && nearest(field, known) !== undefined);
	return wrong === undefined
		? undefined
		: failure('CWS_INVALID_INPUT', {
				message: `\`${id}\` has no option \`${wrong}\`.`,
				fix: `did you mean \`${nearest(wrong, known)}\`?`,
				details: {field: wrong, key: `plugins.${id}.${wrong}`},
			});
}
