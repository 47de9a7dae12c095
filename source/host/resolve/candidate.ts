import semver from 'semver';
import {type Manifest} from '../../core/manifest.ts';
import {type Requirement} from '../../core/plugin-parts.ts';

/** A plugin as others see it when they look for what they need. */
export type Candidate = {
	readonly id: string;
	readonly manifest: Manifest;
	/** Why it cannot serve anybody now, for example `is disabled`; absent when it can. */
	readonly obstacle?: string;
};

/** A need of a plugin before anybody looked who meets it. */
export type Need = Pick<Requirement, 'kind' | 'name' | 'range' | 'isOptional'>;

export function needsOf({requires = {}, optionalRequires = {}, dependencies = {}}: Manifest): readonly Need[] {
	const list = (kind: Need['kind'], isOptional: boolean, versions: Readonly<Record<string, string>>) =>
		Object.entries(versions).map(([name, range]) => ({kind, name, range, isOptional}));
	return [...list('plugin', false, dependencies), ...list('service', false, requires), ...list('service', true, optionalRequires)];
}

/** The version in which a plugin offers what is needed; undefined when it does not offer it at all. */
export const offeredVersion = ({id, manifest}: Candidate, {kind, name}: Need): string | undefined =>
	kind === 'plugin'
		? id === name
			? manifest.version
			: undefined
		: Object.hasOwn(manifest.provides ?? {}, name)
			? manifest.provides![name]
			: undefined;

/** `^1` is met by `1.4.0`, and a first version before its release counts as one. */
export const fits = (version: string, range: string): boolean => semver.satisfies(version, range, {includePrerelease: true});

/** Who comes first when several offer the same: the newest, then by alphabet. */
export function byPrecedence<Offer extends {readonly id: string; readonly version: string}>(offers: readonly Offer[]): readonly Offer[] {
	return offers.toSorted((a, b) => compareVersions(b.version, a.version) || (a.id < b.id ? -1 : 1));
}

const compareVersions = (a: string, b: string): number => semver.compare(semver.coerce(a) ?? '0.0.0', semver.coerce(b) ?? '0.0.0');
