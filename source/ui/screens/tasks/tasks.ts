import {isEnded, type Operation} from '../../../core/operation.ts';
import {type ScrollMove} from '../../components/scroll-text/scroll.ts';
import {moveCursor} from '../../components/scroll-text/scroll.ts';
import {openConfirm} from '../../overlays/confirm/confirm.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {findResource} from '../../overlays/shared/find-resource.ts';
import {type ViewContext} from '../../view/context.ts';
import {failureTag} from '../../view/activity/failure-tag.ts';
import {type ViewState} from '../../view/state.ts';
import {openDescribe} from '../describe/open-describe.ts';
import {screenScopes} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';

/** Every operation with where it stands; the cursor stays on its operation. */
export type TasksScreen = {readonly kind: 'tasks'; readonly cursor: number; readonly top: number; readonly selected?: string};

export const openTasks = ({engine}: ViewContext, selected?: string): Opened<TasksScreen> => {
	const cursor = Math.max(
		0,
		engine.operations.findIndex(({id}) => id === selected),
	);
	return {state: withSelected({kind: 'tasks', cursor, top: 0}, engine.operations), effects: []};
};

/** Rows of the list: the head and the details below it take the rest. */
export const taskRows = (height: number): number => Math.max(1, height - 2 - detailRows(height));

export const detailRows = (height: number): number => (height < 12 ? 3 : 8);

export function updateTasks(state: TasksScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<TasksScreen> {
	const {operations} = context.engine;
	if (event.type === 'engine') {
		return {state: follow(state, operations, taskRows(screenArea(view).height))};
	}

	if (event.type === 'reply') {
		return {state};
	}

	const operation = operations[state.cursor];
	const command = screenCommand(event, screenScopes.tasks, context);
	switch (command) {
		case 'back': {
			return {};
		}

		case 'tasks.cancel': {
			return operation === undefined || isEnded(operation.state) ? {state} : {state, ...askCancel(operation)};
		}

		case 'tasks.retry': {
			return operation === undefined || !canRetry(operation)
				? {state}
				: {state, effects: [{type: 'run', command: 'retryOperation', input: {operation: operation.id}, reply: failureTag}]};
		}

		case 'tasks.copy': {
			return operation === undefined ? {state} : {state, effects: [{type: 'copy', text: operation.cli, label: 'command line'}]};
		}

		case 'tasks.describe': {
			const resource = operation?.ref === undefined ? undefined : findResource(context.engine, operation.ref);
			if (resource === undefined) {
				return {state};
			}

			const {state: screen, effects} = openDescribe(resource);
			return {state, screen, effects};
		}

		default: {
			const move = moveOf(command);
			return move === undefined ? {state, isIgnored: true} : {state: moved(state, move, operations, taskRows(screenArea(view).height))};
		}
	}
}

export const canRetry = ({state}: Operation): boolean => state === 'failed' || state === 'diverged' || state === 'cancelled';

/** What the operation under the cursor cannot have done to it. */
export function isTaskOff({cursor}: TasksScreen, command: string, {engine}: ViewContext): boolean {
	const operation = engine.operations[cursor];
	switch (command) {
		case 'tasks.cancel': {
			return operation === undefined || isEnded(operation.state);
		}

		case 'tasks.retry': {
			return operation === undefined || !canRetry(operation);
		}

		case 'tasks.describe': {
			return operation?.ref === undefined || findResource(engine, operation.ref) === undefined;
		}

		default: {
			return operation === undefined && command === 'tasks.copy';
		}
	}
}

// Cancelling is asked: half-done work at a provider may cost money.
function askCancel({id, action, name, state}: Operation) {
	const {state: overlay, effects} = openConfirm({
		title: 'Cancel task',
		question: `Cancel ${action} of ${name}?`,
		details: [
			state === 'scheduled'
				? 'It has not begun: nothing happens to the resource.'
				: 'What the provider has already begun may go on; refresh shows what is there.',
		],
		label: 'Cancel the task',
		effects: [{type: 'run', command: 'cancelOperation', input: {operation: id}, reply: failureTag}],
	});
	return {overlay, effects};
}

const moved = (state: TasksScreen, move: ScrollMove, operations: readonly Operation[], height: number): TasksScreen =>
	withSelected({...state, ...moveCursor(state, move, operations.length, height)}, operations);

function follow(state: TasksScreen, operations: readonly Operation[], height: number): TasksScreen {
	const index = operations.findIndex(({id}) => id === state.selected);
	const cursor = index === -1 ? state.cursor : index;
	const next = withSelected({...state, ...moveCursor({cursor, top: state.top}, undefined, operations.length, height)}, operations);
	return next.cursor === state.cursor && next.top === state.top && next.selected === state.selected ? state : next;
}

function withSelected(state: TasksScreen, operations: readonly Operation[]): TasksScreen {
	const selected = operations[state.cursor]?.id;
	const {selected: _, ...rest} = state;
	return selected === undefined ? rest : {...rest, selected};
}
