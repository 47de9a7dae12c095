import {nearest} from '../../core/text/nearest.ts';

/** The plugin API's major version of this cws. */
const api = 1;
const kinds: readonly string[] = ['provider', 'auth', 'system', 'theme'];
const idPattern = /^[a-z][a-z\d]*(-[a-z\d]+)*$/;
const versionPattern = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;

// Every verb of the command line and every word that `cws plugin` or `cws providers` could mistake for an id.
const reserved: ReadonlySet<string> = new Set(
	(
		'all allow audit auth budget completion config connect core cost demo deny deploy destroy disable discover docs doctor enable estimate events export health help ' +
		'hibernate image import init install isolation launch lease list load login logout logs plan plugin plugins policy price prices provider providers quota ' +
		'reload remove report restart resume run schedule secret secrets serve service set show start status stop task tasks template templates theme themes timeout ' +
		'token ui undo unload update upgrade user users version watch who delete'
	).split(' '),
);

export type ManifestProblem = {readonly field: string; readonly message: string; readonly fix: string};

/** The few things that must be right before a plugin can be shown at all; the first one that is not. */
export function checkShape(value: unknown): ManifestProblem | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return {field: '', message: 'is not an object', fix: 'Write a JSON object with `id`, `version`, `title`, `kind`, `api` and `main`.'};
	}

	const manifest = value as Readonly<Record<string, unknown>>;
	for (const field of ['id', 'version', 'title', 'kind', 'main']) {
		if (typeof manifest[field] !== 'string' || manifest[field] === '') {
			return {field, message: manifest[field] === undefined ? 'is missing' : 'must be text', fix: `Give \`${field}\` a text.`};
		}
	}

	const {id, version, kind, main} = manifest as Readonly<Record<string, string>> & {
		readonly id: string;
		readonly kind: string;
		readonly main: string;
	};
	if (!idPattern.test(id)) {
		return {field: 'id', message: `is \`${id}\``, fix: 'Use lower-case letters and digits, with single dashes between.'};
	}

	if (reserved.has(id)) {
		return {field: 'id', message: `is \`${id}\`, a word cws keeps for itself`, fix: 'Choose another id.'};
	}

	if (!versionPattern.test(version ?? '')) {
		return {field: 'version', message: `is \`${version}\``, fix: 'Use a semantic version, for example `1.0.0`.'};
	}

	if (!kinds.includes(kind)) {
		return {
			field: 'kind',
			message: `is \`${kind}\``,
			fix: `Use \`${nearest(kind, kinds) ?? kinds[0]}\`: it is one of ${kinds.join(', ')}.`,
		};
	}

	if (main.startsWith('/') || main.split('/').includes('..')) {
		return {field: 'main', message: 'points outside the plugin', fix: 'Name a file in the folder of the plugin, for example `index.js`.'};
	}

	return manifest['api'] === api
		? undefined
		: {
				field: 'api',
				message: `is ${JSON.stringify(manifest['api']) ?? 'missing'}, and this cws has plugin API ${api}`,
				fix:
					typeof manifest['api'] === 'number' && manifest['api'] > api
						? 'Update cws, or install an older version of the plugin.'
						: `Set \`api\` to ${api}.`,
			};
}
