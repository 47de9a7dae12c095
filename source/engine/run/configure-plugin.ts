import {failure} from '../../core/failure/failure.ts';
import {failed, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
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
	const secret = Object.keys(values).find(field => schema.properties?.[field]?.format === 'password');
	if (secret !== undefined) {
		return failure('CWS_INVALID_INPUT', {
			message: `\`${secret}\` of \`${id}\` is a secret and does not belong into a configuration file.`,
			fix: `cws secrets set ${id} ${secret}`,
			details: {field: secret},
		});
	}

	// What is not changed now may come from elsewhere, so nothing is required here; the host checks the whole before the plugin sees it.
	const {required: _, ...partial} = schema;
	const [problem] = validate(partial, values);
	return (
		problem &&
		failure('CWS_INVALID_INPUT', {
			message: `\`plugins.${id}.${problem.field}\` ${problem.message}.`,
			...(problem.nearest !== undefined && {fix: `did you mean \`${problem.nearest}\`?`}),
			details: {field: problem.field, key: `plugins.${id}.${problem.field}`},
		})
	);
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
