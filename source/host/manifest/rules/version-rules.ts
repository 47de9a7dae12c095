import {type Manifest, type Versions} from '../../../core/manifest.ts';
import {type ManifestProblem} from '../problem.ts';

/** Versions and ranges that mean nothing, a need for oneself, and a cws that is too old or too new. */
export async function versionProblems(manifest: Manifest, cwsVersion: string | undefined): Promise<readonly ManifestProblem[]> {
	// Both are CommonJS, and each is much smaller than the whole.
	const [{default: valid}, {default: validRange}, {default: satisfies}] = await Promise.all([
		import('semver/functions/valid.js'),
		import('semver/ranges/valid.js'),
		import('semver/functions/satisfies.js'),
	]);
	const {id, version, engines, provides = {}, requires = {}, optionalRequires = {}, dependencies = {}} = manifest;
	const notValid = (pointer: string, value: string, isRange: boolean): ManifestProblem => ({
		pointer,
		message: `is \`${value}\`, which is no ${isRange ? 'range of versions' : 'version'}`,
		fix: isRange ? 'Write a range, for example `^1.2.0`.' : 'Write a semantic version, for example `1.0.0`.',
	});
	const ranges = (versions: Versions, field: string) =>
		Object.entries(versions)
			.filter(([, range]) => validRange(range) === null)
			.map(([name, range]) => notValid(`/${field}/${name}`, range, true));
	const own = (names: Versions, field: string, isOwn: (name: string) => boolean, what: string) =>
		Object.keys(names)
			.filter(name => isOwn(name))
			.map(name => ({pointer: `/${field}/${name}`, message: `is ${what}`, fix: 'Take it out.'}));
	const cws = engines?.cws;
	return [
		...(valid(version) === null ? [notValid('/version', version, false)] : []),
		...Object.entries(provides)
			.filter(([, provided]) => valid(provided) === null)
			.map(([name, provided]) => notValid(`/provides/${name}`, provided, false)),
		...ranges(requires, 'requires'),
		...ranges(optionalRequires, 'optionalRequires'),
		...ranges(dependencies, 'dependencies'),
		...own(requires, 'requires', name => Object.hasOwn(provides, name), 'a service the plugin provides itself'),
		...own(optionalRequires, 'optionalRequires', name => Object.hasOwn(requires, name), 'required already'),
		...own(dependencies, 'dependencies', name => name.replaceAll('_', '-') === id, 'the plugin itself'),
		...(cws !== undefined && validRange(cws) === null ? [notValid('/engines/cws', cws, true)] : []),
		...(cws !== undefined && cwsVersion !== undefined && validRange(cws) !== null && !satisfies(cwsVersion, cws, {includePrerelease: true})
			? [
					{
						pointer: '/engines/cws',
						message: `asks for cws ${cws}, and this is cws ${cwsVersion}`,
						fix: 'Update cws, or install another version of the plugin.',
						isForOther: true,
					},
				]
			: []),
	];
}
