import {createElement, type ReactElement} from 'react';
import {type LayerEvent, type LayerUpdate} from '../overlays/overlay.ts';
import {type Theme} from '../theme/tokens.ts';
import {type ViewContext} from '../view/context.ts';
import {type Effect} from '../view/effect.ts';
import {type ViewState} from '../view/state.ts';
import {updateAudit, viewAudit} from './audit/audit.ts';
import {updateCost, viewCost} from './cost/cost.ts';
import {updateDescribe} from './describe/describe.ts';
import {viewDescribe} from './describe/view-describe.ts';
import {updateErrors, viewErrors} from './errors/errors.ts';
import {closeLogs, updateLogs} from './logs/logs.ts';
import {viewLogs} from './logs/view-logs.ts';
import {updatePlugin, viewPlugin} from './plugin/plugin.ts';
import {updateTasks} from './tasks/tasks.ts';
import {viewTasks} from './tasks/view-tasks.ts';
import {type ScreenArea, type ScreenState, type ScreenView} from './screen.ts';
import {ScreenFrame} from './shared/screen-frame.tsx';

type ScreenModule<State> = {
	readonly update: (state: State, event: LayerEvent, context: ViewContext, view: ViewState) => LayerUpdate<ScreenState>;
	readonly view: (state: State, context: ViewContext, view: ViewState, area: ScreenArea) => ScreenView;
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
	audit: {update: updateAudit, view: viewAudit},
	cost: {update: updateCost, view: viewCost},
	describe: {update: updateDescribe, view: viewDescribe},
	errors: {update: updateErrors, view: viewErrors},
	logs: {update: updateLogs, view: viewLogs},
	plugin: {update: updatePlugin, view: viewPlugin},
	tasks: {update: updateTasks, view: viewTasks},
};

/** The one update of all screens. A key it hands back with `isIgnored` goes on to the global keys. */
export const updateScreen = (state: ScreenState, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<ScreenState> =>
	moduleOf(state).update(state, event, context, view);

/** What has to be undone when a screen goes without having been asked, for example because another took its place. */
export const closeScreen = (state: ScreenState): readonly Effect[] => (state.kind === 'logs' ? closeLogs(state) : []);

/** A screen, drawn on exactly `width` by `height` cells. */
export function Screen({state, context, view, theme, width, height}: ScreenProps): ReactElement {
	const area = {width: Math.max(1, width - 4), height: Math.max(1, height - 2)};
	return createElement(ScreenFrame, {view: moduleOf(state).view(state, context, view, area), width, height, theme});
}

const moduleOf = (state: ScreenState): ScreenModule<ScreenState> => modules[state.kind] as ScreenModule<ScreenState>;
