import {type ErrorCode} from '../core/failure/error-codes.ts';
import {failure, type Failure, FailureError} from '../core/failure/failure.ts';

/** An expected failure of a provider: `throw providerError('CWS_PORT_TAKEN', {message, cause, fix})`. */
export const providerError = (code: ErrorCode, text: Omit<Failure, 'code'>): FailureError => new FailureError(failure(code, text));
