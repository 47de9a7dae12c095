import {failure, type Failure, isFailure} from '../../core/failure/failure.ts';
import {noMethodName} from '../protocol/messages.ts';

/** What a plugin threw, as the person sees it: its own failure, or a bug of the plugin with the plugin named. */
export function pluginFailure(plugin: string, method: string, thrown: unknown): Failure {
	const {name, message, failure: own} = (thrown ?? {}) as {readonly name?: unknown; readonly message?: unknown; readonly failure?: unknown};
	if (isFailure(own)) {
		return {
			code: own.code,
			message: own.message,
			...(typeof own.cause === 'string' && {cause: own.cause}),
			...(typeof own.fix === 'string' ? {fix: own.fix} : own.code.startsWith('CWS_PLUGIN_') && {fix: statusFix(plugin)}),
			...(typeof own.retryable === 'boolean' && {retryable: own.retryable}),
			...(typeof own.details === 'object' && own.details !== null && {details: own.details}),
		};
	}

	if (name === noMethodName) {
		return failure('CWS_NOT_SUPPORTED', {message: `The plugin \`${plugin}\` has no method \`${method}\`.`});
	}

	const label = typeof name === 'string' && name !== 'Error' ? `${name}: ` : '';
	return failure('CWS_PLUGIN_FAILED', {
		message: `The plugin \`${plugin}\` failed in \`${method}\`.`,
		cause: label + (typeof message === 'string' ? message : 'it said nothing'),
		fix: statusFix(plugin),
	});
}

export const timeoutFailure = (plugin: string, method: string, ms: number): Failure =>
	failure('CWS_PLUGIN_TIMEOUT', {
		message: `The plugin \`${plugin}\` did not answer \`${method}\` within ${ms >= 1000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms)} ms`}.`,
		fix: statusFix(plugin),
		retryable: true,
	});

export const cancelledFailure = (method: string): Failure => failure('CWS_CANCELLED', {message: `\`${method}\` was cancelled.`});

/** A failure of the answer itself, with whose it was. */
export const namedFailure = (plugin: string, error: Failure): Failure => ({
	...error,
	message: `The plugin \`${plugin}\` gave an answer that cannot be used.`,
	cause: error.message,
});

const statusFix = (plugin: string): string => `See \`cws plugin status ${plugin}\`.`;
