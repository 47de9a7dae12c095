import {createElement, type ReactElement} from 'react';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlays/overlay.ts';
import {type Theme} from '../theme/tokens.ts';
import {type ViewContext} from '../view/context.ts';
import {type Effect} from '../view/effect.ts';
import {type ViewState} from '../view/state.ts';
import {openAudit, updateAudit, viewAudit} from './audit/audit.ts';
import {isConfigOff, openConfig, updateConfig, viewConfig} from './config/config.ts';
import {updateCost, viewCost} from './cost/cost.ts';
import {updateDescribe} from './describe/describe.ts';
import {openDescribe} from './describe/open-describe.ts';
import {viewDescribe} from './describe/view-describe.ts';
import {updateErrors, viewErrors} from './errors/errors.ts';
import {closeLogs, openLogs, openPluginLog, updateLogs} from './logs/logs.ts';
import {viewLogs} from './logs/view-logs.ts';
import {isPluginOff, updatePlugin, viewPlugin} from './plugin/plugin.ts';
import {isSecretOff, openSecrets, updateSecrets, viewSecrets} from './secrets/secrets.ts';
import {isTaskOff, updateTasks} from './tasks/tasks.ts';
import {viewTasks} from './tasks/view-tasks.ts';
import {isTemplateOff, openTemplates, updateTemplates} from './templates/templates.ts';
import {viewTemplates} from './templates/view-templates.ts';
import {isViewOff, updatePluginView, viewPluginView} from './view/view.ts';
import {type ScreenArea, type ScreenState, type ScreenView} from './screen.ts';
import {isSearchOff} from './shared/screen-keys.ts';
import {ScreenFrame} from './shared/screen-frame.tsx';

type ScreenModule<State> = {
	readonly update: (state: State, event: LayerEvent, context: ViewContext, view: ViewState) => LayerUpdate<ScreenState>;
	readonly view: (state: State, context: ViewContext, view: ViewState, area: ScreenArea) => ScreenView;
	/** Whether a command with a key here would do nothing now; the hint bar then leaves it out. */
	readonly isOff?: (state: State, command: string, context: ViewContext, view: ViewState) => boolean;
};

type ScreenModules = {readonly [Kind in ScreenState['kind']]: ScreenModule<Extract<ScreenState, {kind: Kind}>>};

type ScreenProps = {
	readonly state: ScreenState;
	readonly context: ViewContext;
	readonly view: ViewState;
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
};

const modules: ScreenModules = {
	audit: {update: updateAudit, view: viewAudit, isOff: isSearchOff},
	config: {update: updateConfig, view: viewConfig, isOff: isConfigOff},
	cost: {update: updateCost, view: viewCost},
	describe: {update: updateDescribe, view: viewDescribe, isOff: isSearchOff},
	errors: {update: updateErrors, view: viewErrors},
	logs: {update: updateLogs, view: viewLogs, isOff: isSearchOff},
	plugin: {update: updatePlugin, view: viewPlugin, isOff: isPluginOff},
	secrets: {update: updateSecrets, view: viewSecrets, isOff: isSecretOff},
	tasks: {update: updateTasks, view: viewTasks, isOff: isTaskOff},
	templates: {update: updateTemplates, view: viewTemplates, isOff: isTemplateOff},
	view: {update: updatePluginView, view: viewPluginView, isOff: isViewOff},
};

/** The one update of all screens. A key it hands back with `isIgnored` goes on to the global keys. */
export const updateScreen = (state: ScreenState, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<ScreenState> =>
	moduleOf(state).update(state, event, context, view);

export const isOffOnScreen = (state: ScreenState, command: string, context: ViewContext, view: ViewState): boolean =>
	moduleOf(state).isOff?.(state, command, context, view) ?? false;

/** What has to be undone when a screen goes without having been asked, for example because another took its place. */
export const closeScreen = (state: ScreenState): readonly Effect[] => (state.kind === 'logs' ? closeLogs(state) : []);

/** The screen from before, with what it wants to know asked anew. */
export function reopenScreen(state: ScreenState, context: ViewContext): Opened<ScreenState> {
	switch (state.kind) {
		case 'audit': {
			return openAudit();
		}

		case 'config': {
			return openConfig();
		}

		case 'secrets': {
			return openSecrets();
		}

		case 'templates': {
			return openTemplates();
		}

		case 'describe': {
			return openDescribe(state.resource, state.tab);
		}

		case 'logs': {
			const {source, title} = state;
			return source.type === 'resource' ? openLogs({ref: source.ref, name: title}) : openPluginLog({id: source.plugin}, context);
		}

		default: {
			return {state, effects: []};
		}
	}
}

/** A screen, drawn on exactly `width` by `height` cells. */
export function Screen({state, context, view, theme, width, height}: ScreenProps): ReactElement {
	const area = {width: Math.max(1, width - 4), height: Math.max(1, height - 2)};
	return createElement(ScreenFrame, {view: moduleOf(state).view(state, context, view, area), width, height, theme});
}

const moduleOf = (state: ScreenState): ScreenModule<ScreenState> => modules[state.kind] as ScreenModule<ScreenState>;
