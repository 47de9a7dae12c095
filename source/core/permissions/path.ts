import {type PathVariable, pathVariables} from '../manifest/permissions.ts';

/** What the variables of a manifest's paths stand for here: absolute, without a slash at the end. */
export type PathRoots = Readonly<Record<PathVariable, string>>;

export type GrantedPath = {
	readonly variable: PathVariable;
	/** Below the variable; empty for all of it. */
	readonly segments: readonly string[];
};

/** Reads a path of a manifest: `${xdgConfig}/hcloud/cli.toml`. Undefined for any other shape: `..`, no variable, another one. */
export function parseGrantedPath(path: string): GrantedPath | undefined {
	const parts = /^\$\{(\w+)\}(?:\/(.*))?$/.exec(path);
	const variable = pathVariables.find(name => name === parts?.[1]);
	if (parts === null || variable === undefined) {
		return undefined;
	}

	const segments = relativeSegments(parts[2] ?? '');
	return segments === undefined || path.includes('${', 2) ? undefined : {variable, segments};
}

/** The parts of a path below a granted one; undefined when it could leave it or is not plain: absolute, `..`, backslash, NUL. */
export function relativeSegments(path: string): readonly string[] | undefined {
	if (path.length > 4096 || path.startsWith('/') || path.includes('\\') || path.includes('\0') || !path.isWellFormed()) {
		return undefined;
	}

	const segments = path.split('/').filter(segment => segment !== '' && segment !== '.');
	return segments.some(segment => segment === '..' || segment.length > 255 || /^[a-z]:/i.test(segment)) ? undefined : segments;
}

/** The absolute path of a granted one. */
export const resolveGrantedPath = ({variable, segments}: GrantedPath, roots: PathRoots): string => [roots[variable], ...segments].join('/');

/** Whether `asked` is `granted` or below it. Variables are not compared with each other: `${home}/.config` does not cover `${xdgConfig}`. */
export const coversPath = (granted: GrantedPath, asked: GrantedPath): boolean =>
	granted.variable === asked.variable && granted.segments.every((segment, index) => segment === asked.segments[index]);
