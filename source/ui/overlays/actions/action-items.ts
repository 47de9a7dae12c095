import {type ResourceRef} from '../../../core/reference.ts';
import {type Resource, type ResourceOperation} from '../../../core/resource.ts';
import {disabledReason} from '../../../engine/selectors/disabled-reason.ts';
import {type ViewContext} from '../../view/context.ts';
import {findResource} from '../shared/find-resource.ts';

export type Lifecycle = 'start' | 'stop' | 'restart' | 'hibernate' | 'resume';

export type ActionItem = {
	/** The binding's command, for its keys. */
	readonly command: string;
	readonly operation: ResourceOperation;
	readonly title: string;
	/** Those it can be done to now. */
	readonly able: readonly Resource[];
	readonly skipped: number;
	/** Why it is off; absent when at least one can. */
	readonly reason?: string;
	/** Why some are skipped. */
	readonly note?: string;
};

// Many marks among many rows are looked for in one pass.
export function targetsOf(refs: readonly ResourceRef[], {engine}: ViewContext): readonly Resource[] {
	if (refs.length < 4) {
		return refs.flatMap(ref => findResource(engine, ref) ?? []);
	}

	const wanted = new Set(refs);
	return engine.sources.flatMap(({resources}) => resources.filter(({ref}) => wanted.has(ref)));
}

/** The rows of the menu for these resources. */
export function actionItems(refs: readonly ResourceRef[], context: ViewContext): readonly ActionItem[] {
	const targets = targetsOf(refs, context);
	const sleeps = targets.length > 0 && targets.every(({status}) => status === 'hibernated');
	const rows: readonly (readonly [string, ResourceOperation, string])[] = [
		['actions.start', 'start', 'Start'],
		['actions.stop', 'stop', 'Stop'],
		['actions.restart', 'restart', 'Restart'],
		['actions.hibernate', sleeps ? 'resume' : 'hibernate', sleeps ? 'Resume' : 'Hibernate'],
		...(refs.length === 1
			? ([
					['actions.connect', 'connect', 'Shell'],
					['actions.logs', 'logs', 'Logs'],
					['actions.describe', 'get', 'Describe'],
					['actions.destroy', 'destroy', 'Destroy …'],
				] as const)
			: []),
	];
	return rows.map(([command, operation, title]) => actionItem(command, operation, title, targets, context));
}

function actionItem(
	command: string,
	operation: ResourceOperation,
	title: string,
	targets: readonly Resource[],
	{engine}: ViewContext,
): ActionItem {
	const checked = targets.map(target => ({target, reason: disabledReason(engine, target, operation)}));
	// The destroy dialog explains itself what is protected, describing needs nothing.
	const isAlways = operation === 'get' || (operation === 'destroy' && targets.some(target => target.protected !== undefined));
	const able = checked.filter(({reason}) => isAlways || reason === undefined).map(({target}) => target);
	const reasons = countReasons(checked.flatMap(({reason}) => reason ?? []));
	const skipped = targets.length - able.length;
	return {
		command,
		operation,
		title,
		able,
		skipped,
		...(able.length === 0 ? {reason: targets.length === 1 ? (checked[0]?.reason ?? 'it is gone') : reasons || 'they are gone'} : {}),
		...(able.length > 0 && skipped > 0 ? {note: reasons} : {}),
	};
}

function countReasons(reasons: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const reason of reasons) {
		counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}

	return [...counts].map(([reason, count]) => `${count}: ${reason}`).join(', ');
}
