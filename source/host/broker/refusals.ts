import {failure, FailureError} from '../../core/failure/failure.ts';
import {safeText} from '../../core/text/safe-text.ts';

/** What was not granted. The wrapper of the broker tells everybody who should know. */
export const denied = (message: string, cause?: string): FailureError =>
	new FailureError(
		failure('CWS_PLUGIN_DENIED', {message: shown(message), ...(cause !== undefined && {cause: shown(cause)}), retryable: false}),
	);

export const overQuota = (message: string, cause: string, retryable = true): FailureError =>
	new FailureError(failure('CWS_PLUGIN_QUOTA', {message: shown(message), cause, retryable}));

/** An argument of the wrong shape: a bug of the plugin. */
export const wrongArgument = (message: string): FailureError => new FailureError(failure('CWS_INVALID_INPUT', {message: shown(message)}));

const shown = (text: string): string => safeText(text.slice(0, 500));
