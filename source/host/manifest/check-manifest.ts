import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {type Failure} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type JsonSchema} from '../../core/schema/json.ts';
import {pointerParts} from '../../core/schema/pointer.ts';
import {type SchemaProblem, type Validate} from '../../core/schema/validate.ts';
import {checkShape} from './check-shape.ts';
import {type ManifestProblem, problemFailure} from './problem.ts';
import {loginProblems} from './rules/login-rules.ts';
import {contributionProblems, prefixProblems} from './rules/contribution-rules.ts';
import {loadHostRules} from './rules/host-rules.ts';
import {permissionProblems} from './rules/permission-rules.ts';
import {innerSchemas, schemaProblems} from './rules/schema-rules.ts';
import {versionProblems} from './rules/version-rules.ts';
import {contributionSchemas} from './schema/contributions.ts';
import {shellSchema} from './schema/manifest.ts';
import {type Schema} from './schema/parts.ts';
import {permissionSchemas} from './schema/permissions.ts';

export type CheckOptions = {
	readonly validate: Validate;
	/** The version of this cws; `engines` is not looked at without it. */
	readonly cwsVersion?: string;
};

/** The full check of a manifest, before its plugin starts; the first thing that is wrong, with its place in the file. */
export async function checkManifest(manifest: unknown, directory: string, options: CheckOptions): Promise<Failure | undefined> {
	const [first] = await manifestProblems(manifest, options);
	if (first === undefined) {
		return undefined;
	}

	const file = path.join(directory, 'plugin.json');
	return problemFailure(first, file, await readFile(file, 'utf8').catch(() => undefined));
}

/**
Everything that is wrong with a manifest, what is badly written before what is not for this cws. One schema a turn of the loop, and
only those of the parts that are there: compiling one takes as long as a key may wait.
*/
export async function manifestProblems(value: unknown, {validate, cwsVersion}: CheckOptions): Promise<readonly ManifestProblem[]> {
	const shape = checkShape(value);
	if (shape !== undefined) {
		return [shape];
	}

	const manifest = value as Manifest;
	const problems = [...bySchema(shellSchema, manifest, '', validate)];
	for (const [field, schemas] of [
		['permissions', permissionSchemas],
		['contributes', contributionSchemas],
	] as const) {
		for (const [name, part] of Object.entries(manifest[field] ?? {})) {
			const schema = (schemas as Readonly<Record<string, Schema>>)[name];
			if (schema !== undefined) {
				await nextTurn();
				problems.push(...bySchema(schema, part, `/${field}/${name}`, validate));
			}
		}
	}

	// What follows relies on the types the schemas promise.
	if (problems.length > 0) {
		return problems;
	}

	for (const inner of innerSchemas(manifest)) {
		await nextTurn();
		problems.push(...schemaProblems(inner, validate));
	}

	return [
		...problems,
		...(manifest.permissions === undefined ? [] : permissionProblems(manifest.permissions, await loadHostRules())),
		...contributionProblems(manifest.contributes ?? {}),
		...loginProblems(manifest),
		...prefixProblems(manifest.routerPrefix),
		...(await versionProblems(manifest, cwsVersion)),
	];
}

const bySchema = (schema: Schema, value: unknown, base: string, validate: Validate): readonly ManifestProblem[] =>
	validate(schema as JsonSchema, value).map(problem => ({
		pointer: `${base}${problem.pointer ?? ''}`,
		message: problem.message,
		fix: fixFor(problem, schema),
	}));

function fixFor({pointer = '', message, nearest}: SchemaProblem, schema: Schema): string {
	const field = pointerParts(pointer).at(-1) ?? '';
	if (message === 'is not a known field') {
		return nearest === undefined ? `Take it out: known here ${knownFields(schema, pointer)}.` : `Did you mean \`${nearest}\`?`;
	}

	return message === 'is required' ? `Add \`${field}\`.` : 'Change it, then reload the plugin.';
}

/** The fields an object of the schema may have, for the parent of what the pointer names. */
function knownFields(schema: Schema, pointer: string): string {
	let at: Schema | undefined = schema;
	for (const part of pointerParts(pointer).slice(0, -1)) {
		at = at?.properties?.[part] ?? at?.items;
	}

	const names = Object.keys(at?.properties ?? {});
	return names.length === 1 ? `is only \`${names[0]}\`` : `are ${names.map(name => `\`${name}\``).join(', ')}`;
}
