import {disabledReason} from '../../../engine/selectors/disabled-reason.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type Effect} from '../effect.ts';
import {failureTag} from '../activity/failure-tag.ts';
import {type ViewState} from '../state.ts';
import {targetsOf, targetsReason} from '../lists/targets.ts';
import {withToast} from '../activity/toasts.ts';
import {type ViewCommand, type ViewCommands} from './view-command.ts';

type SimpleOperation = 'start' | 'stop' | 'restart' | 'hibernate' | 'resume';

const doing: Readonly<Record<SimpleOperation, string>> = {
	start: 'starting',
	stop: 'stopping',
	restart: 'restarting',
	hibernate: 'hibernating',
	resume: 'resuming',
};

const command = (operation: SimpleOperation): ViewCommand => ({
	run: (view, context) => runOnTargets(view, context, operation),
	disabledReason: (view, context) => targetsReason(view, context, operation),
});

/** Operations that need no question: on the marked resources, or on the one under the cursor. */
export const operationCommands: ViewCommands = {
	'resources.start': command('start'),
	'resources.stop': command('stop'),
	'resources.restart': command('restart'),
	'resources.hibernate': command('hibernate'),
	'resources.resume': command('resume'),
};

function runOnTargets(view: ViewState, context: ViewContext, operation: SimpleOperation): ViewUpdate {
	const targets = targetsOf(view, context);
	const able = targets.filter(target => disabledReason(context.engine, target, operation) === undefined);
	const left = targets.length - able.length;
	const names = able.length === 1 ? `\`${able[0]!.name}\`` : `${able.length} resources`;
	const skipped = left === 0 ? '' : `, ${left} cannot ${operation} now`;
	return {
		view: withToast(view, left === 0 ? 'info' : 'warn', `${doing[operation]} ${names}${skipped}`),
		effects: able.map(({ref}): Effect => ({type: 'run', command: operation, input: {ref}, reply: failureTag})),
	};
}
