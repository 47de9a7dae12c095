import {
	type ExecPermission,
	pathVariables,
	type FsPermission,
	type PermissionSet,
	type SecretPermission,
} from '../../../core/manifest/permissions.ts';
import {type ManifestProblem} from '../problem.ts';
import {type CheckHost} from './host-rules.ts';
import {repeated} from './repeated.ts';

// What the host writes itself, or what would change who gets the request.
const keptHeaders: ReadonlySet<string> = new Set(
	'connection content-length cookie expect host keep-alive origin proxy-authorization te trailer transfer-encoding upgrade'.split(' '),
);

/** What a schema cannot say about permissions. */
export function permissionProblems(
	{http = [], fs = [], env = [], exec = [], secrets = []}: PermissionSet,
	checkHost: CheckHost,
): readonly ManifestProblem[] {
	const granted = new Set(http.flatMap(({hosts}) => hosts));
	return [
		...http.flatMap(({hosts, privateNetwork = false}, at) =>
			hosts.flatMap((host, index) => hostProblem(`/permissions/http/${at}/hosts/${index}`, checkHost(host, {privateNetwork}))),
		),
		...fs.flatMap((entry, at) => pathProblems(entry, `/permissions/fs/${at}/path`)),
		...repeated(fs, ({id}) => id, '/permissions/fs', 'id'),
		...repeated(env, ({name}) => name, '/permissions/env', 'name'),
		...exec.flatMap((entry, at) => execProblems(entry, `/permissions/exec/${at}`)),
		...repeated(exec, ({id}) => id, '/permissions/exec', 'id'),
		...repeated([...secrets, ...env.filter(({as}) => as === 'secret')], ({name}) => name, '/permissions/secrets', 'name'),
		...secrets.flatMap(({inject, hosts = [], read = false}, at) => [
			...hosts.flatMap((host, index) =>
				granted.has(host)
					? []
					: [
							{
								pointer: `/permissions/secrets/${at}/hosts/${index}`,
								message: `\`${host}\` is no host of the plugin's \`http\` permission`,
								fix: 'Use a host that stands there, spelled alike, or add it there.',
							},
						],
			),
			...injectProblems(inject, `/permissions/secrets/${at}/inject`),
			...(inject !== undefined && 'header' in inject && keptHeaders.has(inject.header)
				? [
						{
							pointer: `/permissions/secrets/${at}/inject/header`,
							message: `\`${inject.header}\` is a header cws writes itself`,
							fix: 'Use another one, for example `authorization`.',
						},
					]
				: []),
			...(inject !== undefined && granted.size === 0
				? [
						{
							pointer: `/permissions/secrets/${at}/inject`,
							message: 'has no host to go to, as the plugin asks for no `http` permission',
							fix: read ? 'Leave `inject` out.' : 'Ask for the hosts in `permissions.http`.',
						},
					]
				: []),
		]),
	];
}

/** A header with its template, or a field. */
function injectProblems(inject: SecretPermission['inject'], pointer: string): readonly ManifestProblem[] {
	const given = Object.keys(inject ?? {});
	const missing = ['header', 'template'].find(name => !given.includes(name));
	if (inject === undefined || (given.includes('field') ? given.length === 1 : missing === undefined)) {
		return [];
	}

	return given.includes('field')
		? [{pointer, message: 'has a field and a header, and the secret goes into one of them', fix: 'Leave `field` out, or the other two.'}]
		: [{pointer: `${pointer}/${missing}`, message: 'is required', fix: `Write \`"${missing}"\`, or one \`"field"\` of the body.`}];
}

const hostProblem = (pointer: string, problem: ReturnType<CheckHost>): readonly ManifestProblem[] =>
	problem === undefined ? [] : [{pointer, ...problem}];

function pathProblems({path}: FsPermission, pointer: string): readonly ManifestProblem[] {
	const variable = /^\$\{(\w+)\}(?=\/|$)/.exec(path)?.[1];
	const parts = path.split('/');
	if (variable === undefined || !(pathVariables as readonly string[]).includes(variable) || path.lastIndexOf('${') > 0) {
		return [
			{
				pointer,
				message: `is \`${path}\``,
				fix: `Begin it with one of ${pathVariables.map(name => `\`\${${name}}\``).join(', ')}, and use none elsewhere.`,
			},
		];
	}

	return parts.includes('..') || parts.includes('.') || /[*?\0\\]/.test(path)
		? [{pointer, message: `is \`${path}\``, fix: 'Name one file or folder, without `..` and without patterns.'}]
		: [];
}

function execProblems({command, args}: ExecPermission, pointer: string): readonly ManifestProblem[] {
	const isNamed = /^[\w.+-]+$/.test(command) && !command.startsWith('-');
	const isAbsolute = command.startsWith('/') && !command.split('/').includes('..') && !/[\0\r\n]/.test(command);
	const parameters = args.flatMap((argument, at) => (typeof argument === 'string' ? [] : [{...argument, at}]));
	return [
		...(isNamed || isAbsolute
			? []
			: [
					{
						pointer: `${pointer}/command`,
						message: `is \`${command}\``,
						fix: 'Write the bare name of a program, or its absolute path; arguments go into `args`.',
					},
				]),
		...args.flatMap((argument, at) =>
			typeof argument === 'string' && argument.includes('\0')
				? [{pointer: `${pointer}/args/${at}`, message: 'has a NUL in it', fix: 'Take it out.'}]
				: [],
		),
		...parameters.flatMap(({pattern, at}) => {
			const reason = patternProblem(pattern);
			return reason === undefined
				? []
				: [{pointer: `${pointer}/args/${at}/pattern`, message: `is no regular expression: ${reason}`, fix: 'Mend the expression.'}];
		}),
		...repeated(
			parameters,
			({name}) => name,
			`${pointer}/args`,
			'name',
			({at}) => at,
		),
	];
}

function patternProblem(pattern: string): string | undefined {
	try {
		// oxlint-disable-next-line no-new
		new RegExp(`^(?:${pattern})$`, 'u');
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}
