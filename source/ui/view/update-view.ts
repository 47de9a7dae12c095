import {type InputEvent, type KeyEvent} from '../../keymap/key-event.ts';
import {type LayerEvent, type LayerUpdate, type OverlayState} from '../overlays/overlay.ts';
import {updateOverlay} from '../overlays/registry.ts';
import {updateScreen} from '../screens/registry.ts';
import {openScreen} from './command-table/view-command.ts';
import {runCommand} from './command-table/view-commands.ts';
import {type ViewContext, type ViewUpdate} from './context.ts';
import {sayFailure, withAsk} from './asks.ts';
import {failureTag} from './activity/failure-tag.ts';
import {followHistory} from './history.ts';
import {updateFilter} from './lists/filtering.ts';
import {layoutOf} from './layout.ts';
import {type Message} from './message.ts';
import {followLists} from './lists/pane-lists.ts';
import {readPanes, receivePane} from './plugin-panes/pane-reading.ts';
import {isPaneCommand, scopesOf} from './scopes.ts';
import {type ViewState} from './state.ts';
import {withoutExpired, withoutRead, withToast} from './activity/toasts.ts';

/** The one place where the view changes. Pure: what has to happen outside comes back as effects. */
export function updateView(view: ViewState, message: Message, context: ViewContext): ViewUpdate {
	const update = handle(view, message, context);
	return readPanes({...update, view: withAsk(followHistory(view, update.view))}, context);
}

function handle(view: ViewState, message: Message, context: ViewContext): ViewUpdate {
	switch (message.type) {
		case 'input': {
			return updateInput(withoutRead(view), message.event, context);
		}

		case 'resize': {
			const {columns, rows} = message;
			return only(followLists({...view, size: {columns, rows}}, context));
		}

		case 'engine': {
			return tellLayers(followLists(view, context), {type: 'engine'}, context);
		}

		case 'tick': {
			return only(tick(view, message.now, message.isSpinning));
		}

		case 'reply': {
			if (message.reply === failureTag) {
				return only(sayFailure(view, message, context));
			}

			const read = receivePane(view, message.reply, message.outcome);
			return read === undefined ? tellLayers(view, message, context) : only(read);
		}

		case 'theme': {
			return only({...view, theme: message.name});
		}

		case 'ask': {
			return only({...view, asks: [...view.asks, message.overlay]});
		}

		case 'withdraw': {
			const isOther = (overlay: OverlayState) => overlay.kind !== 'question' || overlay.id !== message.question;
			return only({...view, asks: view.asks.filter(isOther), overlays: view.overlays.filter(isOther)});
		}

		case 'status': {
			return only({...view, statuses: {...view.statuses, [message.plugin]: message.text}});
		}

		case 'toast': {
			return only(withToast(view, message.level, message.text));
		}
	}
}

const only = (view: ViewState): ViewUpdate => ({view, effects: []});

const interruptWindowMs = 2000;

function tick(view: ViewState, now: number, isSpinning: boolean): ViewState {
	const {interruptAt, ...rest} = view;
	const isOver = interruptAt !== undefined && now - interruptAt > interruptWindowMs;
	return withoutExpired({...(isOver ? rest : view), now, spinner: isSpinning ? view.spinner + 1 : view.spinner});
}

function updateInput(view: ViewState, event: InputEvent, context: ViewContext): ViewUpdate {
	if (event.type === 'key' && event.key.ctrl && event.key.name === 'c') {
		return interrupt(view);
	}

	if (layoutOf(view).mode === 'tooSmall') {
		return updateTooSmall(view, event, context);
	}

	if (view.overlays.length > 0) {
		return updateTop(view, 'overlays', event, context);
	}

	if (view.screens.length > 0) {
		return updateTop(view, 'screens', event, context);
	}

	const filtered = view.isFiltering ? updateFilter(view, event) : undefined;
	return filtered === undefined ? updatePanes(view, event, context) : only(filtered);
}

// Works whatever is on the screen, so that nobody is ever locked in.
function interrupt(view: ViewState): ViewUpdate {
	return view.interruptAt !== undefined && view.now - view.interruptAt <= interruptWindowMs
		? {view, effects: [{type: 'quit', force: true}]}
		: only(withToast({...view, interruptAt: view.now}, 'warn', 'ctrl+c again quits'));
}

// Nothing can be seen, so nothing can be meant but leaving.
const updateTooSmall = (view: ViewState, event: InputEvent, {keymap}: ViewContext): ViewUpdate =>
	event.type === 'key' && keymap.match(['global'], event.key)?.command === 'global.back' ? {view, effects: [{type: 'quit'}]} : only(view);

function updatePanes(view: ViewState, event: InputEvent, context: ViewContext): ViewUpdate {
	if (event.type !== 'key') {
		const what = event.type === 'paste' ? 'pasted text is' : 'so many keys at once look pasted, they are';
		return only(withToast(view, 'info', `${what} not read as commands`));
	}

	const binding = context.keymap.match(scopesOf(view), event.key);
	return binding === undefined ? only(view) : runCommand(binding.command, view, context);
}

function updateGlobal(view: ViewState, key: KeyEvent, context: ViewContext): ViewUpdate {
	const binding = context.keymap.match(scopesOf(view), key);
	return binding === undefined || isPaneCommand(binding.command) ? only(view) : runCommand(binding.command, view, context);
}

type LayerKind = 'overlays' | 'screens';

function updateTop(view: ViewState, kind: LayerKind, event: InputEvent, context: ViewContext): ViewUpdate {
	const update = updateLayer(view, kind, view[kind].length - 1, event, context);
	const applied = applyLayer(view, kind, view[kind].length - 1, update, context);
	if (kind !== 'screens' || !update.isIgnored || event.type !== 'key') {
		return applied;
	}

	const after = updateGlobal(applied.view, event.key, context);
	return {view: after.view, effects: [...applied.effects, ...after.effects]};
}

function updateLayer(
	view: ViewState,
	kind: LayerKind,
	index: number,
	event: LayerEvent,
	context: ViewContext,
): LayerUpdate<ViewState[LayerKind][number]> {
	return kind === 'overlays'
		? updateOverlay(view.overlays[index]!, event, context, view)
		: updateScreen(view.screens[index]!, event, context, view);
}

function applyLayer(
	view: ViewState,
	kind: LayerKind,
	index: number,
	update: LayerUpdate<ViewState[LayerKind][number]>,
	context: ViewContext,
): ViewUpdate {
	const {state, effects = [], command, overlay, screen, installedFrom} = update;
	const layers = view[kind];
	const isSame = state === layers[index];
	const left = isSame ? view : {...view, [kind]: state === undefined ? layers.toSpliced(index, 1) : layers.with(index, state as never)};
	const kept = installedFrom === undefined ? left : {...left, installedFrom};
	const over = overlay === undefined ? kept : {...kept, overlays: [...kept.overlays, overlay]};
	const opened = screen === undefined ? {view: over, effects} : openScreen(over, {state: screen, effects});
	if (command === undefined) {
		return opened;
	}

	const after = runCommand(command.id, opened.view, context, command.argument);
	return {view: after.view, effects: [...opened.effects, ...after.effects]};
}

// Answers and new data go to every layer, the top one first; each knows its own tags.
function tellLayers(view: ViewState, event: LayerEvent, context: ViewContext): ViewUpdate {
	let result: ViewUpdate = only(view);
	for (const kind of ['overlays', 'screens'] as const) {
		for (let index = view[kind].length - 1; index >= 0; index--) {
			const applied = applyLayer(result.view, kind, index, updateLayer(result.view, kind, index, event, context), context);
			result = {view: applied.view, effects: applied.effects.length === 0 ? result.effects : [...result.effects, ...applied.effects]};
		}
	}

	return result;
}
