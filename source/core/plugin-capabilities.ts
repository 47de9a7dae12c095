import {type Contributions, type ContributionKind} from './manifest/contributions.ts';
import {type Manifest} from './manifest.ts';

/** What a plugin adds, as one word each; derived, never typed by an author. */
export type CapabilityLabel =
	| 'Resources'
	| 'CLI'
	| 'API'
	| 'Events'
	| 'Tasks'
	| 'Templates'
	| 'GUI'
	| 'Themes'
	| 'Storage'
	| 'Auth'
	| 'Services';

const labels: readonly (readonly [CapabilityLabel, readonly ContributionKind[]])[] = [
	['Resources', ['resourceTypes']],
	['CLI', ['commands', 'flags']],
	['API', ['endpoints', 'middleware']],
	['Events', ['events']],
	['Tasks', ['tasks']],
	['Templates', ['templates', 'templateTypes', 'serviceTypes']],
	['GUI', ['panes']],
	['Themes', ['themes']],
	['Storage', ['storageProviders']],
	['Auth', ['authProviders']],
];

const nouns: Readonly<Record<ContributionKind, string>> = {
	resourceTypes: 'resource type',
	commands: 'CLI command',
	flags: 'CLI flag',
	endpoints: 'API endpoint',
	middleware: 'middleware',
	events: 'event handler',
	tasks: 'task',
	templates: 'template',
	templateTypes: 'template type',
	serviceTypes: 'service type',
	panes: 'pane',
	themes: 'theme',
	storageProviders: 'storage provider',
	authProviders: 'auth provider',
};

export const capabilityLabels = ({contributes = {}, provides = {}}: Manifest): readonly CapabilityLabel[] => [
	...labels.filter(([, kinds]) => kinds.some(kind => countOf(contributes, kind) > 0)).map(([label]) => label),
	...(Object.keys(provides).length > 0 ? (['Services'] as const) : []),
];

/** `2 CLI commands`, `1 API endpoint` …; nothing it does not have. */
export const capabilityCounts = ({contributes = {}, provides = {}}: Manifest): readonly string[] =>
	[
		...(Object.keys(nouns) as ContributionKind[]).map(kind => counted(countOf(contributes, kind), nouns[kind])),
		counted(Object.keys(provides).length, 'service'),
	].filter(text => text !== '');

const countOf = (contributes: Contributions, kind: ContributionKind): number => contributes[kind]?.length ?? 0;

const counted = (count: number, noun: string): string =>
	count === 0 ? '' : `${count} ${noun}${count === 1 || noun === 'middleware' ? '' : 's'}`;
