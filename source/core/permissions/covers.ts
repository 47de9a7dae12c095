import {
	type EnvPermission,
	type ExecPermission,
	type FsPermission,
	type HttpPermission,
	httpMethods,
	type HttpMethod,
	type PermissionSet,
	type SecretInjection,
	type SecretPermission,
} from '../manifest/permissions.ts';
import {isSameJson} from '../schema/same-json.ts';
import {coversArguments} from './argv.ts';
import {coversHost, hostPatterns, parseHostPattern} from './host-pattern.ts';
import {coversPath, parseGrantedPath} from './path.ts';

/** Whether the granted set allows everything one asked-for entry would, by the order of its kind. Reasons and titles do not count. */

const methodsOf = ({methods}: HttpPermission): readonly HttpMethod[] => methods ?? httpMethods;

/** One host may be covered by one entry and the next by another; each for all its methods together. */
export const coversHttp = ({http = []}: PermissionSet, asked: HttpPermission): boolean =>
	asked.hosts.every(host => methodsOf(asked).every(method => http.some(granted => coversOneHost(granted, asked, host, method))));

function coversOneHost(granted: HttpPermission, asked: HttpPermission, host: string, method: HttpMethod): boolean {
	const isPrivate = asked.privateNetwork === true;
	const wanted = parseHostPattern(host, {isPrivate});
	// A grant for the local network is one for addresses there too, so it covers what is not, but not the other way round.
	return (
		'pattern' in wanted &&
		(granted.privateNetwork === true || !isPrivate) &&
		methodsOf(granted).includes(method) &&
		hostPatterns(granted.hosts, granted.privateNetwork === true).some(pattern => coversHost(pattern, wanted.pattern))
	);
}

export function coversFs({fs = []}: PermissionSet, asked: FsPermission): boolean {
	const wanted = parseGrantedPath(asked.path);
	return (
		wanted !== undefined &&
		fs.some(granted => {
			const path = parseGrantedPath(granted.path);
			return path !== undefined && coversPath(path, wanted) && (granted.access === 'write' || asked.access === 'read');
		})
	);
}

/** Handing a value out is more than using it as a secret, and neither is the other. */
export const coversEnv = ({env = []}: PermissionSet, asked: EnvPermission): boolean =>
	env.some(({name, as}) => name === asked.name && (as === asked.as || as === undefined));

/** Which id a command line has does not matter. */
export const coversExec = ({exec = []}: PermissionSet, asked: ExecPermission): boolean =>
	exec.some(
		({command, args, tty = false}) => command === asked.command && (tty || asked.tty !== true) && coversArguments(args, asked.args),
	);

/** Where a secret may go is part of it: more hosts, another header or the value itself are more. */
export function coversSecret(granted: PermissionSet, asked: SecretPermission, askedSet: PermissionSet): boolean {
	const have = granted.secrets?.find(({name}) => name === asked.name);
	return (
		have !== undefined &&
		(have.read === true || asked.read !== true) &&
		(have.keep === true || asked.keep !== true) &&
		isSameJson(injectionOf(asked), injectionOf(have)) &&
		secretHosts(asked, askedSet).every(host => isWithin(host, secretHosts(have, granted)))
	);
}

/** How a secret is written into a request. */
export const injectionOf = ({inject = {header: 'authorization', template: 'Bearer {}'}}: SecretPermission): SecretInjection =>
	'field' in inject ? inject : {...inject, header: inject.header.toLowerCase()};

/** The hosts a secret is bound to, as the manifest writes them. */
export const secretHosts = ({hosts}: SecretPermission, {http = []}: PermissionSet): readonly string[] =>
	hosts ?? http.flatMap(entry => entry.hosts);

function isWithin(host: string, granted: readonly string[]): boolean {
	const wanted = parseHostPattern(host, {isPrivate: true});
	return 'pattern' in wanted && hostPatterns(granted, true).some(pattern => coversHost(pattern, wanted.pattern));
}

/** Whether a dotted topic, or a pattern whose last part is `*`, is within the granted ones. */
export const coversTopic = (granted: readonly string[] = [], asked: string): boolean =>
	granted.some(pattern => pattern === asked || pattern === '*' || (pattern.endsWith('.*') && asked.startsWith(pattern.slice(0, -1))));
