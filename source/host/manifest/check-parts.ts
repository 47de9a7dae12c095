import {type ContributionKind} from '../../core/manifest/contributions.ts';
import {type ManifestProblem} from './problem.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Texts that an entry must have, because they are read before the schema was. */
const texts: Readonly<Record<ContributionKind, readonly string[]>> = {
	resourceTypes: ['type'],
	commands: ['name', 'short'],
	flags: ['name', 'type'],
	endpoints: ['method', 'path', 'handler'],
	events: ['on', 'handler'],
	tasks: ['name', 'handler'],
	middleware: ['name', 'handler'],
	templateTypes: ['type', 'section'],
	serviceTypes: ['type', 'resourceType'],
	templates: ['name'],
	panes: ['id', 'title', 'placement', 'view'],
	themes: ['name'],
	authProviders: ['id', 'title', 'handler'],
	storageProviders: ['id', 'title', 'handler'],
};
const numbers: readonly string[] = ['everySeconds', 'priority', 'pollSeconds', 'convergeSeconds', 'rateLimit'];
const lists: readonly string[] = [
	'operations',
	'columns',
	'regions',
	'sizes',
	'aliases',
	'flags',
	'verbs',
	'permissions',
	'resourceTypes',
	'flows',
	'secrets',
	'choices',
];
const versions: readonly string[] = ['provides', 'requires', 'optionalRequires', 'dependencies'];

/** What other parts of cws read of a manifest before its schema was checked must at least be of the right kind. */
export function partsProblem(manifest: Fields): ManifestProblem | undefined {
	const {activation, contributes, permissions} = manifest;
	if (activation !== undefined && !(Array.isArray(activation) && activation.every(event => typeof event === 'string'))) {
		return {pointer: '/activation', message: 'must be a list of texts', fix: 'Write `["onStartup"]`, or leave it out.'};
	}

	if (manifest['routerPrefix'] !== undefined && typeof manifest['routerPrefix'] !== 'string') {
		return {pointer: '/routerPrefix', message: 'must be text', fix: 'Write `/` and a name, or leave it out.'};
	}

	for (const name of ['permissions', 'contributes', 'config', 'limits', 'engines', ...versions]) {
		const part = manifest[name];
		if (part !== undefined && !isObject(part)) {
			return {pointer: `/${name}`, message: 'must be an object', fix: `Write \`"${name}": {}\`, or leave it out.`};
		}
	}

	return (
		versionsProblem(manifest) ?? permissionsProblem((permissions ?? {}) as Fields) ?? contributesProblem((contributes ?? {}) as Fields)
	);
}

function versionsProblem(manifest: Fields): ManifestProblem | undefined {
	for (const name of versions) {
		const wrong = Object.entries((manifest[name] ?? {}) as Fields).find(([, range]) => typeof range !== 'string');
		if (wrong !== undefined) {
			return {pointer: `/${name}/${wrong[0]}`, message: 'must be text', fix: 'Write a version or a range, for example `^1.2.0`.'};
		}
	}

	return undefined;
}

function permissionsProblem(permissions: Fields): ManifestProblem | undefined {
	for (const [name, part] of Object.entries(permissions)) {
		const isFine =
			name === 'ui' ? Array.isArray(part) && part.every(entry => typeof entry === 'string') : isObject(part) || isListOfObjects(part);
		if (!isFine) {
			return {pointer: `/permissions/${name}`, message: 'must be a list of objects', fix: 'See docs/plugin.schema.json.'};
		}
	}

	return undefined;
}

function contributesProblem(contributes: Fields): ManifestProblem | undefined {
	for (const [name, entries] of Object.entries(contributes)) {
		if (!isListOfObjects(entries)) {
			return {pointer: `/contributes/${name}`, message: 'must be a list of objects', fix: `Write \`"${name}": []\`, or leave it out.`};
		}

		for (const [at, entry] of entries.entries()) {
			const pointer = `/contributes/${name}/${at}`;
			const missing = (Object.hasOwn(texts, name) ? texts[name as ContributionKind] : []).find(field => typeof entry[field] !== 'string');
			if (missing !== undefined) {
				return {
					pointer: `${pointer}/${missing}`,
					message: entry[missing] === undefined ? 'is required' : 'must be text',
					fix: `Give \`${missing}\` a text.`,
				};
			}

			const number = numbers.find(field => entry[field] !== undefined && typeof entry[field] !== 'number');
			if (number !== undefined) {
				return {pointer: `${pointer}/${number}`, message: 'must be number', fix: 'Write a number.'};
			}

			const list = lists.find(field => entry[field] !== undefined && !Array.isArray(entry[field]));
			if (list !== undefined || (name === 'resourceTypes' && entry['operations'] === undefined)) {
				const field = list ?? 'operations';
				return {
					pointer: `${pointer}/${field}`,
					message: list === undefined ? 'is required' : 'must be array',
					fix: `Write \`"${field}": []\`.`,
				};
			}
		}
	}

	return undefined;
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOfObjects = (value: unknown): value is readonly Fields[] => Array.isArray(value) && value.every(entry => isObject(entry));
