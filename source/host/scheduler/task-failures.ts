import {failure, type Failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';

export const busyFailure = (plugin: string, task: string): Failure =>
	failure('CWS_CONFLICT', {message: `The task \`${task}\` of \`${plugin}\` is running.`, fix: 'Wait until it has ended.', retryable: true});

export const cancelledFailure = (plugin: string, task: string): Failure =>
	failure('CWS_CANCELLED', {message: `The task \`${task}\` of \`${plugin}\` was cancelled.`});

export const idleFailure = (plugin: string, task: string): Failure =>
	failure('CWS_INVALID_STATE', {message: `The task \`${task}\` of \`${plugin}\` does not run now.`, fix: 'cws tasks'});

export function unknownTask(plugin: string, task: string, known: readonly string[]): Failure {
	const near = nearest(task, known);
	return failure('CWS_NO_TASK', {
		message: `The plugin \`${plugin}\` has no task \`${task}\`.`,
		fix: near !== undefined ? `Did you mean \`${near}\`?` : known.length > 0 ? `It has ${known.join(', ')}.` : 'It has none.',
	});
}

/** The task itself said that it did not work. */
export const saidNo = (plugin: string, task: string): Failure =>
	failure('CWS_PLUGIN_FAILED', {message: `The task \`${task}\` of \`${plugin}\` failed.`, cause: 'it answered `false`'});
