import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {failure, type Failure} from '../../core/failure/failure.ts';
import {type JsonSchema} from '../../core/schema/json.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {manifestSchema} from './manifest-schema.ts';

/** The full check of a manifest, done once before its plugin starts, a schema a turn: compiling one takes longer than a key may wait. */
export async function checkManifest(manifest: Manifest, directory: string, validate: Validate): Promise<Failure | undefined> {
	const file = path.join(directory, 'plugin.json');
	const problem = (field: string, message: string) =>
		failure('CWS_PLUGIN_MANIFEST', {
			message: `\`${field}\` in \`${file}\` ${message}.`,
			fix: `Mend \`${field}\`, then reload the plugin.`,
			details: {file, field},
		});

	const [first] = validate(manifestSchema, manifest);
	if (first !== undefined) {
		return problem(first.field, first.message);
	}

	const schemas: readonly (readonly [string, JsonSchema | undefined])[] = [
		['config', manifest.config],
		...(manifest.contributes?.resourceTypes ?? []).map(({type, form}) => [`contributes.resourceTypes.${type}.form`, form] as const),
	];
	for (const [field, schema] of schemas) {
		await nextTurn();
		try {
			if (schema !== undefined) {
				validate(schema, {});
			}
		} catch {
			return problem(field, 'is not a JSON Schema');
		}
	}

	return undefined;
}
