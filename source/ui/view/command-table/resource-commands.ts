import {type Resource, type ResourceOperation} from '../../../core/resource.ts';
import {parseSort} from '../../../engine/query/parse-sort.ts';
import {disabledReason} from '../../../engine/selectors/disabled-reason.ts';
import {openDeploy} from '../../overlays/deploy/open-deploy.ts';
import {openActions} from '../../overlays/actions/actions.ts';
import {openDestroy} from '../../overlays/destroy/destroy.ts';
import {findResource} from '../../overlays/shared/find-resource.ts';
import {openSortPicker} from '../../overlays/sort/sort-picker.ts';
import {openDescribe} from '../../screens/describe/open-describe.ts';
import {openLogs} from '../../screens/logs/logs.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type Effect} from '../effect.ts';
import {endpointUrl} from '../endpoint-url.ts';
import {chooseRow} from '../lists/list.ts';
import {type ViewState} from '../state.ts';
import {selectedResource, targetsOf} from '../lists/targets.ts';
import {withToast} from '../activity/toasts.ts';
import {only, openOverlay, openScreen, type ViewCommand, type ViewCommands} from './view-command.ts';

// Other layers name the resource they are about; from the list it is the one under the cursor.
const resourceOf = (view: ViewState, context: ViewContext, ref?: string): Resource | undefined =>
	ref === undefined ? selectedResource(view, context) : findResource(context.engine, ref);

// Whoever acts on a row finds the cursor on it afterwards, whatever arrived above it meanwhile.
const withChosenRow = (view: ViewState): ViewState => ({
	...view,
	lists: {...view.lists, resources: chooseRow(view.lists.resources)},
});

/** A command about one resource, off with its reason where that one cannot do it. */
const onResource = (
	run: (view: ViewState, resource: Resource, context: ViewContext) => ViewUpdate,
	operation?: ResourceOperation,
): ViewCommand => ({
	run(view, context, ref) {
		const resource = resourceOf(view, context, ref);
		return resource === undefined ? only(view) : run(withChosenRow(view), resource, context);
	},
	disabledReason(view, context, ref) {
		const resource = resourceOf(view, context, ref);
		if (resource === undefined) {
			return 'no resource is selected';
		}

		return operation === undefined ? undefined : disabledReason(context.engine, resource, operation);
	},
});

export const resourceCommands: ViewCommands = {
	'resources.deploy': {
		run: (view, context) => openOverlay(view, openDeploy(context)),
		disabledReason: (_view, {engine}) => (engine.isReadOnly ? 'read-only mode' : undefined),
	},
	'resources.actions': {
		run: (view, context) => openOverlay(withChosenRow(view), openActions(targetsOf(view, context), context)),
		disabledReason: (view, context) => (targetsOf(view, context).length === 0 ? 'no resource is selected' : undefined),
	},
	'resources.destroy': onResource((view, resource, context) => openOverlay(view, openDestroy(resource, context)), 'destroy'),
	'resources.describe': onResource((view, resource) => openScreen(view, openDescribe(resource))),
	'resources.yaml': onResource((view, resource) => openScreen(view, openDescribe(resource, 'yaml'))),
	'resources.json': onResource((view, resource) => openScreen(view, openDescribe(resource, 'json'))),
	'resources.logs': onResource((view, resource) => openScreen(view, openLogs(resource)), 'logs'),
	'resources.connect': onResource((view, {ref}) => only(view, {type: 'connect', ref}), 'connect'),
	'resources.open': {
		...onResource((view, {endpoints}) => only(view, {type: 'open', url: endpointUrl(endpoints![0]!.address)})),
		disabledReason(view, context, ref) {
			const resource = resourceOf(view, context, ref);
			if (resource === undefined) {
				return 'no resource is selected';
			}

			return resource.endpoints?.[0] === undefined ? 'it has no address' : undefined;
		},
	},
	'resources.copyId': onResource((view, {id}) => only(view, {type: 'copy', text: id, label: 'id'})),
	'resources.copyRef': onResource((view, {ref}) => only(view, {type: 'copy', text: ref, label: 'reference'})),
	'resources.sort': {run: sort},
	'resources.wide': {run: view => remember({...view, isWide: !view.isWide}, 'isWide', !view.isWide)},
	'resources.attention': {run: view => only({...view, attentionOnly: !view.attentionOnly})},
	'resources.save': {
		run: (view, {rows}) => only(view, {type: 'save', name: 'cws-resources.json', text: `${JSON.stringify(rows, undefined, '\t')}\n`}),
		disabledReason: (_view, {rows}) => (rows.length === 0 ? 'the list is empty' : undefined),
	},
};

const remember = (view: ViewState, key: string, value: unknown): ViewUpdate => only(view, {type: 'remember', key, value} satisfies Effect);

// Without an argument it asks; `-hourly` sorts at once.
function sort(view: ViewState, _context: ViewContext, argument?: string): ViewUpdate {
	if (argument === undefined) {
		return openOverlay(view, openSortPicker(view.sort));
	}

	const parsed = parseSort(argument);
	return parsed.ok ? remember({...view, sort: parsed.value}, 'sort', parsed.value) : only(withToast(view, 'warn', parsed.error.message));
}
