import {type Contributions, type FlagContribution} from '../../../core/manifest/contributions.ts';
import {type ManifestProblem} from '../problem.ts';
import {repeated} from './repeated.ts';

// Paths cws serves itself.
const ownPrefixes: ReadonlySet<string> = new Set(['/api', '/health', '/live', '/metrics', '/oauth', '/ready']);

export const prefixProblems = (prefix: string | undefined): readonly ManifestProblem[] =>
	prefix !== undefined && ownPrefixes.has(prefix)
		? [{pointer: '/routerPrefix', message: `is \`${prefix}\`, which cws serves itself`, fix: 'Choose another prefix.'}]
		: [];

/** What a schema cannot say about contributions: names that are taken twice, and things that contradict each other. */
export function contributionProblems(contributes: Contributions): readonly ManifestProblem[] {
	const {commands = [], flags = [], endpoints = [], templates = [], themes = []} = contributes;
	const at = (name: string) => `/contributes/${name}`;
	return [
		...repeated(contributes.resourceTypes ?? [], ({type, provider}) => `${provider ?? ''} ${type}`.trim(), at('resourceTypes'), 'type'),
		...repeated(
			commands.flatMap(({name, aliases = [], parent = ''}, index) => [name, ...aliases].map(word => ({word, parent, index}))),
			({word, parent}) => `${parent} ${word}`.trim(),
			at('commands'),
			'name',
			({index}) => index,
		),
		...commands.flatMap((command, index) => [
			...flagProblems(command.flags ?? [], `${at('commands')}/${index}/flags`),
			...(command.parent?.split(' ').at(-1) === command.name && command.parent === command.name
				? [
						{
							pointer: `${at('commands')}/${index}/parent`,
							message: 'is the command itself',
							fix: 'Name the command it hangs under, or leave it out.',
						},
					]
				: []),
			...(command.handler === undefined && !commands.some(other => other.parent === pathOf(command))
				? [
						{
							pointer: `${at('commands')}/${index}/handler`,
							message: `is missing, and no other command hangs under \`${pathOf(command)}\``,
							fix: "Name a key of the plugin's `commands`.",
						},
					]
				: []),
		]),
		...flagProblems(flags, at('flags')),
		...repeated(endpoints, ({method, path}) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`, at('endpoints'), 'path'),
		...endpoints.flatMap((endpoint, index) =>
			endpoint.protected === false && (endpoint.permissions?.length ?? 0) > 0
				? [
						{
							pointer: `${at('endpoints')}/${index}/permissions`,
							message: `of \`${endpoint.method} ${endpoint.path}\` cannot be asked of anyone, as it is not protected`,
							fix: 'Leave out `permissions`, or `"protected": false`.',
						},
					]
				: [],
		),
		...repeated(contributes.tasks ?? [], ({name}) => name, at('tasks'), 'name'),
		...repeated(contributes.middleware ?? [], ({name}) => name, at('middleware'), 'name'),
		...repeated(contributes.templateTypes ?? [], ({type}) => type, at('templateTypes'), 'type'),
		...repeated(contributes.serviceTypes ?? [], ({type}) => type, at('serviceTypes'), 'type'),
		...repeated(templates, ({name}) => name, at('templates'), 'name'),
		...templates.flatMap(({file, text, handler}, index) => oneOf({file, text, handler}, `${at('templates')}/${index}`)),
		...repeated(contributes.panes ?? [], ({id}) => id, at('panes'), 'id'),
		...repeated(themes, ({name}) => name, at('themes'), 'name'),
		...themes.flatMap(({file, theme}, index) => oneOf({file, theme}, `${at('themes')}/${index}`)),
		...repeated(contributes.authProviders ?? [], ({id}) => id, at('authProviders'), 'id'),
		...repeated(contributes.storageProviders ?? [], ({id}) => id, at('storageProviders'), 'id'),
	];
}

const pathOf = ({parent, name}: {readonly parent?: string; readonly name: string}): string =>
	parent === undefined ? name : `${parent} ${name}`;

function oneOf(fields: Readonly<Record<string, unknown>>, pointer: string): readonly ManifestProblem[] {
	const quoted = (names: readonly string[]) => names.map(name => `\`${name}\``);
	const given = Object.keys(fields).filter(name => fields[name] !== undefined);
	return given.length === 1
		? []
		: [
				{
					pointer,
					message:
						given.length === 0
							? `has neither ${quoted(Object.keys(fields)).join(' nor ')}`
							: `has ${given.length === 2 ? 'both ' : ''}${quoted(given).join(' and ')}`,
					fix: 'Give exactly one of them.',
				},
			];
}

function flagProblems(flags: readonly FlagContribution[], pointer: string): readonly ManifestProblem[] {
	return [
		...repeated(flags, ({name}) => name, pointer, 'name'),
		...repeated(flags, ({alias}) => alias, pointer, 'alias'),
		...flags.flatMap((flag, index) => {
			const {choices, type} = flag;
			const own = `${pointer}/${index}`;
			return [
				...(flag.default !== undefined && typeof flag.default !== type
					? [{pointer: `${own}/default`, message: `must be ${type}, as the flag is`, fix: 'Change the default, or the type.'}]
					: []),
				...(choices !== undefined && type !== 'string'
					? [
							{
								pointer: `${own}/choices`,
								message: `fit only a flag of type string, and this one is ${type}`,
								fix: 'Leave them out, or change the type.',
							},
						]
					: []),
				...(choices !== undefined && flag.default !== undefined && !choices.includes(String(flag.default))
					? [{pointer: `${own}/default`, message: `is none of ${choices.join(', ')}`, fix: 'Use one of the choices.'}]
					: []),
			];
		}),
	];
}
