import {type CwsEvent} from '../../../core/event.ts';
import {type Resource} from '../../../core/resource.ts';
import {disabledReason} from '../../../engine/selectors/disabled-reason.ts';
import {type InputEvent} from '../../../keymap/key-event.ts';
import {type Line, lineText} from '../../components/line/line.ts';
import {clampTop, scrollBy} from '../../components/scroll-text/scroll.ts';
import {findLine, noSearch, updateTextSearch} from '../../components/scroll-text/text-search.ts';
import {openActions} from '../../overlays/actions/actions.ts';
import {openDestroy} from '../../overlays/destroy/destroy.ts';
import {type LayerEvent, type LayerUpdate} from '../../overlays/overlay.ts';
import {findResource} from '../../overlays/shared/find-resource.ts';
import {fromOutcome, loading} from '../../overlays/shared/remote.ts';
import {type ViewContext} from '../../view/context.ts';
import {endpointUrl} from '../../view/endpoint-url.ts';
import {paneOfTab} from '../../view/plugin-panes/pane-reading.ts';
import {type ViewState} from '../../view/state.ts';
import {openLogs} from '../logs/logs.ts';
import {screenScopes} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';
import {describeLines} from './describe-lines.ts';
import {describeTab, type DescribeScreen, type DescribeTab, describeTabs, readEffects} from './open-describe.ts';

export function updateDescribe(
	state: DescribeScreen,
	event: LayerEvent,
	context: ViewContext,
	view: ViewState,
): LayerUpdate<DescribeScreen> {
	switch (event.type) {
		case 'reply': {
			return {state: receive(state, event)};
		}

		case 'engine': {
			return {state: follow(state, context)};
		}

		default: {
			return state.search.isTyping ? {state: typeSearch(state, event, context, view)} : press(state, event, context, view);
		}
	}
}

/** Rows for the text: a line of tabs and one of air stand above it. */
export const describeRows = (height: number, {search}: DescribeScreen): number => Math.max(1, height - 2 - (search.isTyping ? 1 : 0));

function press(state: DescribeScreen, event: InputEvent, context: ViewContext, view: ViewState): LayerUpdate<DescribeScreen> {
	const {resource, search} = state;
	const command = screenCommand(event, screenScopes.describe, context);
	const lines = () => describeLines(state, context, view, screenArea(view).width);
	switch (command) {
		case 'back': {
			return search.field.value === '' ? {} : {state: {...state, search: noSearch}};
		}

		case 'describe.nextTab':
		case 'describe.previousTab': {
			const by = command === 'describe.nextTab' ? 1 : -1;
			const tabs = describeTabs(state, context).map(({id}) => id);
			return {state: turnTo(state, tabs[(tabs.indexOf(describeTab(state, context)) + by + tabs.length) % tabs.length]!)};
		}

		case 'describe.yaml': {
			return {state: turnTo(state, 'yaml')};
		}

		case 'describe.json': {
			return {state: turnTo(state, 'json')};
		}

		case 'describe.refresh': {
			return {
				state: {...state, read: loading},
				effects: readEffects(resource),
				...(paneOfTab(state.tab) !== undefined && {command: {id: 'global.refresh'}}),
			};
		}

		case 'describe.actions': {
			const {state: overlay, effects} = openActions([resource], context);
			return {state, overlay, effects};
		}

		case 'describe.destroy': {
			const {state: overlay, effects} = openDestroy(resource, context);
			return {state, overlay, effects};
		}

		case 'describe.logs': {
			const {state: screen, effects} = openLogs(resource);
			return disabledReason(context.engine, resource, 'logs') === undefined ? {state, screen, effects} : {state};
		}

		case 'describe.connect': {
			return {
				state,
				effects: disabledReason(context.engine, resource, 'connect') === undefined ? [{type: 'connect', ref: resource.ref}] : [],
			};
		}

		case 'describe.open': {
			const [endpoint] = resource.endpoints ?? [];
			return {state, effects: endpoint === undefined ? [] : [{type: 'open', url: endpointUrl(endpoint.address)}]};
		}

		case 'describe.wrap': {
			return {state: {...state, isWrapped: !state.isWrapped}};
		}

		case 'text.search': {
			return {state: {...state, search: {...noSearch, isTyping: true}}};
		}

		case 'text.next':
		case 'text.previous': {
			return {state: jump(state, lines(), command === 'text.next' ? 1 : -1, 1)};
		}

		case 'text.copy': {
			return {
				state,
				effects: [
					{
						type: 'copy',
						text: state.tab === 'summary' ? resource.id : plainText(lines()),
						label: state.tab === 'summary' ? 'id' : paneOfTab(state.tab) === undefined ? state.tab : 'view',
					},
				],
			};
		}

		case 'text.save': {
			const extension = state.tab === 'yaml' || state.tab === 'json' ? state.tab : 'txt';
			return {state, effects: [{type: 'save', name: `${resource.name}.${extension}`, text: `${plainText(lines())}\n`}]};
		}

		default: {
			const move = moveOf(command);
			if (move === undefined) {
				return {state, isIgnored: true};
			}

			const rows = describeRows(screenArea(view).height, state);
			return {state: {...state, top: scrollBy(state.top, move, lines().length, rows)}};
		}
	}
}

const plainText = (lines: readonly Line[]): string => lines.map(line => lineText(line).trimEnd()).join('\n');

const turnTo = (state: DescribeScreen, tab: DescribeTab): DescribeScreen => (tab === state.tab ? state : {...state, tab, top: 0});

function receive(state: DescribeScreen, {reply, outcome}: Extract<LayerEvent, {type: 'reply'}>): DescribeScreen {
	const {ref} = state.resource;
	if (reply === `describe:events:${ref}`) {
		return {...state, events: fromOutcome<readonly CwsEvent[]>(outcome)};
	}

	if (reply !== `describe:read:${ref}`) {
		return state;
	}

	const read = fromOutcome<Resource>(outcome);
	if (read.status === 'ready') {
		return {...state, read, resource: read.value, isGone: false};
	}

	return {...state, read, isGone: read.status === 'failed' && read.error.code === 'CWS_NOT_FOUND'};
}

// The inventory may know something newer than what was read for this screen.
function follow(state: DescribeScreen, {engine}: ViewContext): DescribeScreen {
	const resource = findResource(engine, state.resource.ref);
	if (resource === undefined) {
		return state.isGone ? state : {...state, isGone: true};
	}

	return resource === state.resource || resource.seenAt < state.resource.seenAt ? state : {...state, resource, isGone: false};
}

function typeSearch(state: DescribeScreen, event: InputEvent, context: ViewContext, view: ViewState): DescribeScreen {
	const search = updateTextSearch(state.search, event);
	const next = {...state, search};
	return search.field.value === state.search.field.value
		? next
		: jump(next, describeLines(next, context, view, screenArea(view).width), 1, 0);
}

function jump(state: DescribeScreen, lines: readonly Line[], by: 1 | -1, offset: 0 | 1): DescribeScreen {
	const found = findLine(lines.length, index => lineText(lines[index]!), state.search.field.value, state.top + offset * by, by);
	return found === undefined ? state : {...state, top: clampTop(found, lines.length, 1)};
}
