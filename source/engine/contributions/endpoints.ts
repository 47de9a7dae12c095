import {type EndpointContribution} from '../../core/manifest/contributions.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {isPresent} from '../../core/plugin-presence.ts';
import {type ContributionProblem} from './contribution-problem.ts';

/** An endpoint of a plugin where it is to be served. */
export type PluginEndpoint = {
	readonly plugin: string;
	/** The whole path: `/api/v1/usage/report/{month}`. */
	readonly path: string;
	readonly contribution: EndpointContribution;
	/** For the documents of the interface. */
	readonly tag: string;
};

const root = '/api/v1';

// Areas of cws itself below the root.
const ownAreas: ReadonlySet<string> = new Set(
	'resources operations plugins providers health events tasks audit cost budgets settings secrets templates themes auth tokens docs'.split(
		' ',
	),
);

/** The endpoints of all plugins: below `/api/v1/<id>`, or at an absolute path below `/api/v1`. Of two of one path the first counts. */
export function pluginEndpoints(plugins: readonly PluginRecord[]): {
	readonly endpoints: readonly PluginEndpoint[];
	readonly problems: readonly ContributionProblem[];
} {
	const byPlace = new Map<string, PluginEndpoint>();
	const problems: ContributionProblem[] = [];
	for (const {id, manifest} of plugins.filter(record => isPresent(record))) {
		for (const contribution of manifest.contributes?.endpoints ?? []) {
			const {method} = contribution;
			const path = endpointPath(id, contribution.path);
			const [area = ''] = path.slice(root.length + 1).split('/');
			const what = `endpoint ${method} ${path}`;
			const place = `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
			const other = byPlace.get(place);
			if (ownAreas.has(area) && area !== id) {
				problems.push({
					plugin: id,
					what,
					message: `The endpoint \`${method} ${path}\` of \`${id}\` is left out, as \`${root}/${area}\` belongs to cws.`,
					fix: `Its author has to choose a path below \`${root}/${id}\`.`,
				});
			} else if (other !== undefined) {
				problems.push({
					plugin: id,
					what,
					message: `The endpoint \`${method} ${path}\` of \`${id}\` is left out, as \`${other.plugin}\` has it.`,
					fix: `Disable one of the two: cws plugin disable ${id}`,
				});
			} else {
				byPlace.set(place, {plugin: id, path, contribution, tag: `plugin-${id}`});
			}
		}
	}

	return {endpoints: [...byPlace.values()], problems};
}

const endpointPath = (id: string, path: string): string => (path.startsWith(`${root}/`) ? path : `${root}/${id}${path}`);
