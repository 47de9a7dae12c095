import {nearest} from '../../../core/text/nearest.ts';
import {offeredTypes} from '../../../engine/contributions/resource-types.ts';
import {type CommandInputs} from '../../../engine/command-types.ts';
import {type EngineState} from '../../../engine/state.ts';
import {pluginLogins} from '../../../engine/logins/find-login.ts';
import {type FuzzyMatch, fuzzyMatch} from '../../components/menu/fuzzy.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {type ViewState} from '../../view/state.ts';
import {type DeployPreset} from '../deploy/deploy-state.ts';
import {openableViews} from '../views/views.ts';
import {parseDeployLine} from './deploy-line.ts';
import {paletteWord} from './palette-word.ts';
import {pluginCommandItems, pluginLineItem} from './plugin-line.ts';

export type PaletteItem = {
	/** The word to type for it. */
	readonly name: string;
	readonly title: string;
	readonly keys: readonly string[];
	readonly reason?: string;
	readonly does:
		| {readonly type: 'command'; readonly id: string; readonly argument?: string}
		| {readonly type: 'effect'; readonly effect: Effect}
		| {readonly type: 'plugin'; readonly id: string}
		| {readonly type: 'deploy'; readonly preset: DeployPreset}
		| {readonly type: 'pluginCommand'; readonly line: string; readonly input: CommandInputs['runPluginCommand']}
		/** Goes on typing. */
		| {readonly type: 'complete'; readonly text: string};
};

export type FoundItem = {readonly item: PaletteItem; readonly at: readonly number[]};

/** What fits the typed words, the best first. `deploy vm web-2 …` is a line of its own and always fits. */
export function findPaletteItems(query: string, context: ViewContext, view: ViewState): readonly FoundItem[] {
	const typed = query.trim();
	if (/^deploy\s+\S/.test(typed)) {
		return [{item: deployItem(typed), at: []}];
	}

	const pluginLine = pluginLineItem(typed, context.engine);
	if (pluginLine !== undefined) {
		return [{item: pluginLine, at: []}];
	}

	return paletteItems(context, view)
		.flatMap(item => {
			const match = matchItem(typed, item);
			return match === undefined ? [] : [{item, ...match}];
		})
		.toSorted((a, b) => b.score - a.score);
}

/** The nearest word when nothing fits. */
export const suggestItem = (query: string, context: ViewContext, view: ViewState): string | undefined =>
	nearest(
		query.trim(),
		paletteItems(context, view).map(({name}) => name),
	);

function paletteItems(context: ViewContext, view: ViewState): readonly PaletteItem[] {
	return [
		...context
			.commands(view)
			.filter(({id}) => !hidden.test(id))
			.map(({id, title, keys, disabledReason}): PaletteItem => ({
				name: paletteWord(id),
				title,
				keys,
				does: {type: 'command', id},
				...(disabledReason === undefined ? {} : {reason: disabledReason}),
			})),
		...typesOf(context.engine).map((type): PaletteItem => ({
			name: type,
			title: `Show only ${type}`,
			keys: [],
			does: {type: 'command', id: 'global.filter', argument: `type:${type}`},
		})),
		...pluginCommandItems(context.engine),
		...pluginLogins(context.engine.plugins).map(({name, title}): PaletteItem => ({
			name: `login ${name}`,
			title: `Log in to ${title}, or out`,
			keys: [],
			does: {type: 'command', id: 'plugins.login', argument: name},
		})),
		...context.themes.map(({name, title}): PaletteItem => ({
			name: `theme ${name}`,
			title: `Theme ${title || name}`,
			keys: [],
			does: {type: 'effect', effect: {type: 'setTheme', name, persist: true}},
		})),
		...openableViews(context).map(({key, title, plugin}): PaletteItem => ({
			name: `view ${key}`,
			title: `${title} of ${plugin}`,
			keys: [],
			does: {type: 'command', id: 'global.views', argument: key},
		})),
		...context.engine.plugins.map(({id}): PaletteItem => ({
			name: `plugin ${id}`,
			title: `Plugin ${id} in detail`,
			keys: [],
			does: {type: 'plugin', id},
		})),
	];
}

// Movement and the keys inside of views make no sense from here.
const hidden =
	/^(?:list|text|logs|describe|tasks|actions|activity|cost|plugin|view|secrets|config|templates)\.|^global\.(?:palette|cancel|back|nextPane|previousPane)$/;

const typesOf = ({plugins}: EngineState): readonly string[] => [...new Set(offeredTypes(plugins).map(({type}) => type))];

function deployItem(line: string): PaletteItem {
	const preset = parseDeployLine(line);
	const {type, name, provider} = preset;
	return {
		name: 'deploy',
		title: ['Deploy', type, name, provider === undefined ? undefined : `on ${provider}`].filter(Boolean).join(' '),
		keys: [],
		does: {type: 'deploy', preset},
	};
}

// The exact word beats everything, then names, then titles; what is off comes later.
function matchItem(typed: string, item: PaletteItem): FuzzyMatch | undefined {
	const byName = fuzzyMatch(typed, item.name);
	const byTitle = fuzzyMatch(typed, item.title);
	if (byName === undefined && byTitle === undefined) {
		return undefined;
	}

	const exact = item.name === typed.toLowerCase() ? 10_000 : 0;
	const off = item.reason === undefined || typed === '' ? 0 : 50;
	return {score: exact + Math.max((byName?.score ?? -1000) + 5, byTitle?.score ?? -1000) - off, at: byTitle?.at ?? []};
}
