import {type ResourceRef} from '../../../core/reference.ts';
import {type Resource} from '../../../core/resource.ts';
import {formatKey} from '../../../keymap/key-event.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {createMenu, type Menu, menuItem, updateMenu} from '../../components/menu/menu.ts';
import {openDescribe} from '../../screens/describe/open-describe.ts';
import {openLogs} from '../../screens/logs/logs.ts';
import {failureTag} from '../../view/activity/failure-tag.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {openConfirm} from '../confirm/confirm.ts';
import {openDestroy} from '../destroy/destroy.ts';
import {type LayerEvent, type LayerUpdate, type Opened, type OverlayState} from '../overlay.ts';
import {type ActionItem, actionItems, type Lifecycle, targetsOf} from './action-items.ts';

/** What can be done to one resource or to the marked ones; bound to their identities. */
export type ActionsOverlay = {
	readonly kind: 'actions';
	readonly refs: readonly ResourceRef[];
	readonly menu: Menu;
};

export const openActions = (resources: readonly Resource[], context: ViewContext): Opened<ActionsOverlay> => {
	const refs = resources.map(({ref}) => ref);
	const first = actionItems(refs, context).findIndex(({reason}) => reason === undefined);
	return {state: {kind: 'actions', refs, menu: createMenu('', Math.max(0, first))}, effects: []};
};

export function updateActions(state: ActionsOverlay, event: LayerEvent, context: ViewContext): LayerUpdate<OverlayState> {
	if (event.type === 'reply') {
		return {state};
	}

	if (event.type === 'engine') {
		return targetsOf(state.refs, context).length === 0 ? {} : {state};
	}

	const items = actionItems(state.refs, context);
	if (isKey(event, 'enter')) {
		const item = menuItem(items, state.menu);
		return item === undefined ? {state} : choose(state, item, context);
	}

	// The keys of the menu come first: `c` is an action here and not a movement.
	const command = event.type === 'key' ? context.keymap.match(['actions'], event.key)?.command : undefined;
	const index = items.findIndex(item => item.command === command);
	if (index !== -1) {
		return choose({...state, menu: {...state.menu, cursor: index}}, items[index]!, context);
	}

	if (event.type === 'key' && ['esc', 'q'].includes(formatKey(event.key))) {
		return {};
	}

	const menu = updateMenu(state.menu, event, {length: items.length, height: items.length, isSearchable: false});
	return {state: menu === undefined ? state : {...state, menu}};
}

// What is off moves the cursor there, so that its reason is read.
function choose(state: ActionsOverlay, item: ActionItem, context: ViewContext): LayerUpdate<OverlayState> {
	const [first] = item.able;
	if (first === undefined || item.reason !== undefined) {
		return {state};
	}

	switch (item.operation) {
		case 'destroy': {
			return openDestroy(first, context);
		}

		case 'connect': {
			return {effects: [{type: 'connect', ref: first.ref}]};
		}

		case 'logs': {
			const {state: screen, effects} = openLogs(first);
			return {screen, effects};
		}

		case 'get': {
			const {state: screen, effects} = openDescribe(first);
			return {screen, effects};
		}

		default: {
			const effects = item.able.map(({ref}) => runEffect(item.operation as Lifecycle, ref));
			return item.able.length > 1 && item.operation !== 'start' && item.operation !== 'resume' ? askFirst(item, effects) : {effects};
		}
	}
}

const runEffect = (operation: Lifecycle, ref: ResourceRef): Effect => ({type: 'run', command: operation, input: {ref}, reply: failureTag});

// Several at once interrupt several people.
function askFirst({operation, able, title}: ActionItem, effects: readonly Effect[]): LayerUpdate<OverlayState> {
	const shown = able.slice(0, 6).map(({name, provider}) => `${name}  ${provider}`);
	return openConfirm({
		title: `${title} ${able.length} resources`,
		question: `${title} these ${able.length} resources?`,
		details: [...shown, ...(able.length > shown.length ? [`… and ${able.length - shown.length} more`] : [])],
		label: `${title} ${able.length}`,
		isDangerous: operation === 'stop',
		effects,
	});
}
