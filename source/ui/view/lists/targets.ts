import {type Resource, type ResourceOperation} from '../../../core/resource.ts';
import {disabledReason} from '../../../engine/selectors/disabled-reason.ts';
import {type ViewContext} from '../context.ts';
import {type ViewState} from '../state.ts';

/** The resource under the cursor. */
export const selectedResource = ({lists}: ViewState, {rows}: ViewContext): Resource | undefined => rows[lists.resources.cursor];

/** What an action is for: the marked ones when there are any, else the one under the cursor. */
export function targetsOf(view: ViewState, context: ViewContext): readonly Resource[] {
	if (view.marks.size === 0) {
		const resource = selectedResource(view, context);
		return resource === undefined ? [] : [resource];
	}

	return context.engine.sources.flatMap(source => source.resources.filter(resource => view.marks.has(resource.ref)));
}

/** Why an operation cannot be done to any of the targets now. */
export function targetsReason(view: ViewState, context: ViewContext, operation: ResourceOperation): string | undefined {
	const targets = targetsOf(view, context);
	if (targets.length === 0) {
		return 'no resource is selected';
	}

	const reasons = targets.map(target => disabledReason(context.engine, target, operation));
	return reasons.every(reason => reason !== undefined) ? reasons[0] : undefined;
}
