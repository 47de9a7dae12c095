import {isCompatible, parseApi, pluginApiText} from '../../core/manifest/api-version.ts';
import {partsProblem} from './check-parts.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type ManifestProblem} from './problem.ts';
import {isReservedId} from './reserved-ids.ts';

const kinds: readonly string[] = ['provider', 'auth', 'system', 'theme'];
const idPattern = /^[a-z][a-z\d]*(-[a-z\d]+)*$/;
const versionPattern = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;

type Fields = Readonly<Record<string, unknown>>;

/** `_` counts as `-`, everywhere: the seeds write both. */
export const toPluginId = (id: string): string => id.replaceAll('_', '-');

/** The few things that must be right before a plugin can be shown at all; the first one that is not. Takes no library. */
export function checkShape(value: unknown): ManifestProblem | undefined {
	if (!isObject(value)) {
		return {pointer: '', message: 'is not an object', fix: 'Write a JSON object with `id`, `version`, `title`, `kind`, `api` and `main`.'};
	}

	for (const field of ['id', 'version', 'title', 'kind', 'main']) {
		if (typeof value[field] !== 'string' || value[field] === '') {
			return {
				pointer: `/${field}`,
				message: value[field] === undefined ? 'is missing' : 'must be text',
				fix: `Give \`${field}\` a text.`,
			};
		}
	}

	const {id, version, kind, main} = value as Fields & Readonly<Record<'id' | 'version' | 'kind' | 'main', string>>;
	return (
		idProblem(id) ??
		(versionPattern.test(version)
			? undefined
			: {pointer: '/version', message: `is \`${version}\``, fix: 'Use a semantic version, for example `1.0.0`.'}) ??
		(kinds.includes(kind)
			? undefined
			: {
					pointer: '/kind',
					message: `is \`${kind}\``,
					fix: `Use \`${nearest(kind, kinds) ?? kinds[0]}\`: it is one of ${kinds.join(', ')}.`,
				}) ??
		(/^[/\\]|\\|^\w:/.test(main) || main.split('/').includes('..')
			? {pointer: '/main', message: 'points outside the plugin', fix: 'Name a file in the folder of the plugin, for example `index.js`.'}
			: undefined) ??
		apiProblem(value['api']) ??
		partsProblem(value)
	);
}

/** What is wrong with an id; `_` has been allowed for already. */
export function idProblem(id: string): ManifestProblem | undefined {
	const plain = toPluginId(id);
	if (!idPattern.test(plain) || plain.length > 64) {
		return {
			pointer: '/id',
			message: `is \`${id}\``,
			fix: 'Use at most 64 lower-case letters and digits, beginning with a letter, with single dashes between.',
		};
	}

	return isReservedId(plain)
		? {pointer: '/id', message: `is \`${id}\`, a word cws keeps for itself`, fix: 'Choose another id.'}
		: undefined;
}

function apiProblem(api: unknown): ManifestProblem | undefined {
	const asked = parseApi(api);
	if (asked !== undefined && isCompatible(asked)) {
		return undefined;
	}

	if (asked === undefined) {
		return {
			pointer: '/api',
			message: `is ${JSON.stringify(api) ?? 'missing'}, and this cws has plugin API ${pluginApiText}`,
			fix: 'Set `api` to 1, or to text like `"1.2"`.',
		};
	}

	return {
		pointer: '/api',
		message: `asks for plugin API ${JSON.stringify(api)}, and this cws has plugin API ${pluginApiText}`,
		fix: asked.major === 0 ? 'Set `api` to 1.' : 'Update cws, or install a version of the plugin that was made for this one.',
		isForOther: true,
	};
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
