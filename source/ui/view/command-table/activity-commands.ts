import {isEnded, type Operation} from '../../../core/operation.ts';
import {findResource} from '../../overlays/shared/find-resource.ts';
import {openDescribe} from '../../screens/describe/open-describe.ts';
import {openErrors} from '../../screens/errors/errors.ts';
import {openPluginLog} from '../../screens/logs/logs.ts';
import {openPlugin} from '../../screens/plugin/plugin.ts';
import {openTasks} from '../../screens/tasks/tasks.ts';
import {type ActivityItem, activityItems, activityTabs} from '../activity/activity-items.ts';
import {activityText} from '../activity/activity-text.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type ViewState} from '../state.ts';
import {withToast} from '../activity/toasts.ts';
import {failureTag} from '../activity/failure-tag.ts';
import {only, openScreen, type ViewCommand, type ViewCommands} from './view-command.ts';

const selectedItem = ({lists, activityTab}: ViewState, {engine}: ViewContext): ActivityItem | undefined =>
	activityItems(engine, activityTab)[lists.activity.cursor];

const onOperation = (
	run: (view: ViewState, operation: Operation) => ViewUpdate,
	reasonOf: (operation: Operation) => string | undefined,
): ViewCommand => {
	const operationOf = (view: ViewState, context: ViewContext) => {
		const item = selectedItem(view, context);
		return item?.kind === 'operation' ? item.operation : undefined;
	};

	return {
		run: (view, context) => run(view, operationOf(view, context)!),
		disabledReason(view, context) {
			const operation = operationOf(view, context);
			return operation === undefined ? 'the line is no task' : reasonOf(operation);
		},
	};
};

export const activityCommands: ViewCommands = {
	'activity.nextTab': {run: view => turnTab(view, 1)},
	'activity.previousTab': {run: view => turnTab(view, -1)},
	'activity.open': {
		run: open,
		disabledReason: (view, context) => (selectedItem(view, context) === undefined ? 'there is no line' : undefined),
	},
	'activity.cancel': onOperation(
		(view, {id}) => only(view, {type: 'run', command: 'cancelOperation', input: {operation: id}, reply: failureTag}),
		({state}) => (isEnded(state) ? 'it has ended' : undefined),
	),
	'activity.retry': onOperation(
		(view, {id}) => only(view, {type: 'run', command: 'retryOperation', input: {operation: id}, reply: failureTag}),
		({state}) => (isEnded(state) ? undefined : 'it is still running'),
	),
	'activity.copy': {
		run(view, context) {
			const item = selectedItem(view, context)!;
			return only(view, {type: 'copy', text: activityText(item), label: item.kind === 'operation' ? 'command' : 'line'});
		},
		disabledReason: (view, context) => (selectedItem(view, context) === undefined ? 'there is no line' : undefined),
	},
};

function turnTab(view: ViewState, by: 1 | -1): ViewUpdate {
	const index = (activityTabs.indexOf(view.activityTab) + by + activityTabs.length) % activityTabs.length;
	const activityTab = activityTabs[index]!;
	return only(
		{...view, activityTab, lists: {...view.lists, activity: {cursor: 0, top: 0}}},
		{type: 'remember', key: 'activityTab', value: activityTab},
	);
}

// A line about something that is still there leads to it, any other to where such lines are read in full.
function open(view: ViewState, context: ViewContext): ViewUpdate {
	const item = selectedItem(view, context)!;
	switch (item.kind) {
		case 'operation': {
			return openScreen(view, openTasks(context, item.operation.id));
		}

		case 'event': {
			const {ref, subject} = item.event;
			const resource = ref === undefined ? undefined : findResource(context.engine, ref);
			if (resource !== undefined) {
				return openScreen(view, openDescribe(resource));
			}

			const plugin = context.engine.plugins.find(({id}) => id === subject);
			return plugin === undefined ? only(withToast(view, 'info', item.event.message)) : openScreen(view, openPlugin(plugin));
		}

		case 'log': {
			return openScreen(view, openPluginLog({id: item.record.plugin}, context));
		}

		case 'notice': {
			return openScreen(view, openErrors());
		}
	}
}
