import {openConfirm} from '../../overlays/confirm/confirm.ts';
import {openHelp} from '../../overlays/help/help.ts';
import {openPalette} from '../../overlays/palette/palette.ts';
import {openThemePicker} from '../../overlays/theme/theme-picker.ts';
import {openableViews, openViews} from '../../overlays/views/views.ts';
import {openPluginView} from '../../screens/view/view.ts';
import {goBack, goForward, goLast} from '../history.ts';
import {refreshPanes} from '../plugin-panes/pane-reading.ts';
import {findPane} from '../plugin-panes/plugin-panes.ts';
import {openAudit} from '../../screens/audit/audit.ts';
import {openCost} from '../../screens/cost/cost.ts';
import {openErrors} from '../../screens/errors/errors.ts';
import {openConfig} from '../../screens/config/config.ts';
import {openSecrets} from '../../screens/secrets/secrets.ts';
import {openTasks} from '../../screens/tasks/tasks.ts';
import {openTemplates} from '../../screens/templates/templates.ts';
import {runningOperations} from '../activity/activity-items.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {withFilter} from '../lists/filtering.ts';
import {nextPane} from '../layout.ts';
import {type PaneId, type ViewState} from '../state.ts';
import {withToast} from '../activity/toasts.ts';
import {failureTag} from '../activity/failure-tag.ts';
import {focusPane, only, openOverlay, openScreen, type ViewCommand, type ViewCommands} from './view-command.ts';

const focus = (pane: PaneId): ViewCommand => ({run: view => focusPane(view, pane)});

export const globalCommands: ViewCommands = {
	'global.palette': {run: (view, _context, argument) => openOverlay(view, openPalette(argument))},
	'global.help': {run: view => openOverlay(view, openHelp())},
	'global.theme': {run: (view, context) => openOverlay(view, openThemePicker(context, view.theme))},
	'global.filter': {
		run(view, _context, argument) {
			const update = focusPane(view, 'resources');
			return {...update, view: argument === undefined ? {...update.view, isFiltering: true} : withFilter(update.view, argument)};
		},
	},
	'global.cancel': {run: view => only(cancel(view))},
	'global.back': {run: back},
	'global.quit': {run: view => only(view, {type: 'quit'})},
	'global.suspend': {run: view => only(view, {type: 'suspend'})},
	'global.nextPane': {run: view => focusPane(view, nextPane(view.focus, 1))},
	'global.previousPane': {run: view => focusPane(view, nextPane(view.focus, -1))},
	'global.focusPlugins': focus('plugins'),
	'global.focusResources': focus('resources'),
	'global.focusCost': focus('cost'),
	'global.focusActivity': focus('activity'),
	'global.zoom': {run: view => only({...view, isZoomed: !view.isZoomed})},
	'global.refresh': {
		run: view => ({
			view: withToast({...view, panes: refreshPanes(view.panes)}, 'info', 'refreshing'),
			effects: [{type: 'run', command: 'refresh', input: {}, reply: failureTag}],
		}),
	},
	'global.pause': {run: pause},
	'global.undo': {
		run: view => only(view, {type: 'run', command: 'undo', input: {}, reply: failureTag}),
		disabledReason: (_view, {engine}) =>
			runningOperations(engine).some(({state}) => state === 'scheduled') ? undefined : 'nothing is waiting to be destroyed',
	},
	'global.cost': {run: view => openScreen(view, openCost())},
	'global.errors': {run: view => openScreen(view, openErrors())},
	'global.audit': {run: view => openScreen(view, openAudit())},
	'global.tasks': {run: (view, context) => openScreen(view, openTasks(context))},
	'global.templates': {run: view => openScreen(view, openTemplates())},
	'global.secrets': {run: view => openScreen(view, openSecrets())},
	'global.config': {run: view => openScreen(view, openConfig())},
	// With a view as its argument it opens that one.
	'global.views': {
		run: (view, _context, pane) => (pane === undefined ? openOverlay(view, openViews()) : openScreen(view, openPluginView(pane))),
		disabledReason(_view, context, pane) {
			if (pane === undefined) {
				return openableViews(context).length === 0 ? 'no plugin that runs brings one' : undefined;
			}

			return findPane(context.engine.plugins, pane) === undefined ? 'there is no such view now' : undefined;
		},
	},
	'global.historyBack': {run: goBack, disabledReason: ({history}) => (history.past.length === 0 ? 'there is none before' : undefined)},
	'global.historyForward': {
		run: goForward,
		disabledReason: ({history}) => (history.future.length === 0 ? 'there is none ahead' : undefined),
	},
	'global.lastView': {run: goLast, disabledReason: ({history}) => (history.past.length === 0 ? 'there was none' : undefined)},
	'cost.open': {run: view => openScreen(view, openCost())},
};

/** Takes back one thing at a time, the nearest first; never quits. */
function cancel(view: ViewState): ViewState {
	if (view.rangeAnchor !== undefined) {
		const {rangeAnchor: _, ...rest} = view;
		return rest;
	}

	if (view.marks.size > 0) {
		return {...view, marks: new Set()};
	}

	if (view.isZoomed) {
		return {...view, isZoomed: false};
	}

	if (view.filter !== '' || view.activeFilter !== '') {
		return withFilter(view, '');
	}

	return view.attentionOnly ? {...view, attentionOnly: false} : view;
}

function back(view: ViewState, context: ViewContext): ViewUpdate {
	if (view.isZoomed) {
		return only({...view, isZoomed: false});
	}

	const running = runningOperations(context.engine);
	const scheduled = running.filter(({state}) => state === 'scheduled').length;
	return openOverlay(
		view,
		openConfirm({
			title: 'Quit',
			question: 'Leave cws?',
			details: [
				'Workstations go on running.',
				...(running.length > scheduled
					? [`${running.length - scheduled} running ${running.length - scheduled === 1 ? 'task goes' : 'tasks go'} on at the provider.`]
					: []),
				...(scheduled > 0
					? [`${scheduled} scheduled ${scheduled === 1 ? 'destroy is' : 'destroys are'} dropped: nothing is destroyed.`]
					: []),
			],
			label: 'Quit',
			effects: [{type: 'quit'}],
		}),
	);
}

function pause(view: ViewState, {engine}: ViewContext): ViewUpdate {
	const isPaused = !engine.isPaused;
	return {
		view: withToast(view, 'info', isPaused ? 'refreshing is paused' : 'refreshing goes on'),
		effects: [{type: 'run', command: 'pauseRefresh', input: {isPaused}, reply: failureTag}],
	};
}
