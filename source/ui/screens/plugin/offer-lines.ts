import {type Contributions} from '../../../core/manifest/contributions.ts';
import {type PluginRecord, type PluginState} from '../../../core/plugin.ts';
import {capabilityCounts} from '../../../core/plugin-capabilities.ts';
import {isOffering} from '../../../core/plugin-presence.ts';
import {formatAge, formatElapsed} from '../../../core/text/duration.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {textWidth, wrapText} from '../../../core/text/text.ts';
import {type EngineState} from '../../../engine/state.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {section} from '../shared/sections.ts';

/** Everything it adds to cws, counted and by name; gone as soon as it is unloaded. */
export function offerLines(record: PluginRecord, engine: EngineState, now: number, width: number): readonly Line[] {
	if (!isOffering(record)) {
		return absentLines(record, width);
	}

	const {contributes = {}} = record.manifest;
	const parts = (Object.keys(describers) as (keyof typeof describers)[]).flatMap(kind => {
		const items = contributes[kind] ?? [];
		const {title, describe} = describers[kind] as Describer<keyof Contributions>;
		return items.length === 0
			? []
			: section(
					`${title} (${items.length})`,
					itemLines(
						items.map(item => describe(item as never)),
						width - 2,
					),
				);
	});
	const types = resourceTypeLines(record, engine, now, width - 2);
	return types.length + parts.length === 0
		? [[span('text.muted', 'It adds nothing to cws but itself.')]]
		: [...section(`Resource types (${(contributes.resourceTypes ?? []).length})`, types), ...parts];
}

const offWords: Readonly<Partial<Record<PluginState, string>>> = {
	disabled: 'it is disabled',
	stopped: 'it is unloaded',
	shadowed: 'another copy goes before it',
	blocked: 'it may not run',
};

/** Of a plugin that is off there is nothing in cws; what it would bring is a number. */
export function absentLines({state, manifest}: PluginRecord, width: number): readonly Line[] {
	const counts = capabilityCounts(manifest);
	return [
		[span('text.muted', `Nothing of it is in cws: ${offWords[state] ?? `it is ${state}`}.`)],
		...(counts.length === 0
			? []
			: wrapText(`It would add ${counts.join(', ')}.`, Math.max(12, width)).map((text): Line => [span('text.faint', text)])),
	];
}

type Item = readonly [name: string, about: string];

type Entry<Kind extends keyof Contributions> = NonNullable<Contributions[Kind]>[number];

type Describer<Kind extends keyof Contributions> = {readonly title: string; readonly describe: (entry: Entry<Kind>) => Item};

const describers: {readonly [Kind in Exclude<keyof Contributions, 'resourceTypes'>]: Describer<Kind>} = {
	commands: {title: 'Commands', describe: ({name, parent, short}) => [[parent, name].filter(Boolean).join(' '), short]},
	flags: {title: 'Flags', describe: ({name, short = ''}) => [`--${name}`, short]},
	panes: {title: 'Views', describe: ({title, placement}) => [title, placements[placement]]},
	tasks: {
		title: 'Tasks',
		describe: ({name, title = '', everySeconds}) => [
			name,
			`every ${formatElapsed(everySeconds * 1000)}${title === '' ? '' : ` · ${title}`}`,
		],
	},
	events: {title: 'Events it handles', describe: ({on, priority = 500}) => [on, `priority ${priority}`]},
	templates: {title: 'Templates', describe: ({name, title = ''}) => [name, title]},
	templateTypes: {title: 'Template types', describe: ({type, title = '', section: key}) => [type, title === '' ? `section ${key}` : title]},
	serviceTypes: {
		title: 'Service types',
		describe: ({type, title = '', resourceType}) => [type, title === '' ? `as ${resourceType}` : title],
	},
	themes: {title: 'Themes', describe: ({name, title = ''}) => [name, title]},
	endpoints: {title: 'Endpoints', describe: ({method, path, short = ''}) => [`${method} ${path}`, short]},
	middleware: {title: 'Middleware', describe: ({name, priority = 500}) => [name, `priority ${priority}`]},
	authProviders: {title: 'Logins', describe: ({title, flows}) => [title, `${flows.join(' ')} · A logs in`]},
	storageProviders: {title: 'Storage', describe: ({title, operations}) => [title, operations.join(' ')]},
};

const placements = {
	tab: 'a view of its own',
	detail: 'beside what it is about',
	statusBar: 'in the header',
	dashboard: 'on the dashboard',
} as const;

function itemLines(items: readonly Item[], width: number): readonly Line[] {
	const name = Math.min(28, Math.max(...items.map(([text]) => textWidth(safeText(text))))) + 2;
	return items.flatMap(([text, about]) =>
		wrapText(safeText(about) || ' ', Math.max(12, width - name)).map((line, index): Line => [
			cell('text.strong', index === 0 ? safeText(text) : '', name),
			span('text.muted', line),
		]),
	);
}

/** What it makes, how many are here, and what can be done to them. */
export function resourceTypeLines({manifest, id}: PluginRecord, {sources}: EngineState, now: number, width: number): readonly Line[] {
	const offers = (manifest.contributes?.resourceTypes ?? []).map(({type, provider = id, operations}) => {
		const source = sources.find(({key}) => key === `${provider}/${type}`);
		const age = source?.seenAt === undefined ? '' : ` · ${formatAge(now - source.seenAt)}`;
		const state = source === undefined ? '' : source.phase === 'failed' ? 'failed' : `${source.resources.length} here${age}`;
		return {name: `${provider}/${type}`, state, operations: operations.join(' ')};
	});
	const name = Math.max(0, ...offers.map(offer => textWidth(offer.name))) + 2;
	const state = Math.max(0, ...offers.map(offer => textWidth(offer.state))) + 2;
	return offers.flatMap(offer =>
		wrapText(offer.operations, Math.max(16, width - name - state)).map((text, index): Line => [
			cell('text.strong', index === 0 ? offer.name : '', name),
			cell(offer.state === 'failed' ? 'health.fail' : 'text.muted', index === 0 ? offer.state : '', state),
			span('text.muted', text),
		]),
	);
}
