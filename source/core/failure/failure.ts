import {errorCodes, type ErrorCode} from './error-codes.ts';

/**
An expected failure as data: what happened, why, and what to do.
It crosses workers, the database and `--json` unchanged.
*/
export type Failure = {
	readonly code: ErrorCode;
	/** One sentence: what failed. Names in backticks. */
	readonly message: string;
	/** Why, when it is known. */
	readonly cause?: string;
	/** What to do next: a command or a key. Falls back to the code's cure. */
	readonly fix?: string;
	/** Whether the same call may succeed later. */
	readonly retryable?: boolean;
	/** Machine-readable extras, for example the references of an ambiguous name or the field of an invalid input. */
	readonly details?: Readonly<Record<string, unknown>>;
};

export type FailureText = Omit<Failure, 'code'>;

export const failure = (code: ErrorCode, text: FailureText): Failure => ({code, ...text});

/** Carries a `Failure` through code that can only throw; nothing but a boundary catches it. */
export class FailureError extends Error {
	override readonly name = 'FailureError';
	readonly failure: Failure;

	constructor(value: Failure) {
		super(value.message);
		this.failure = value;
	}
}

/** Turns anything thrown into a `Failure`; never lets a stack through. */
export function toFailure(error: unknown, code: ErrorCode = 'CWS_INTERNAL'): Failure {
	if (error instanceof FailureError) {
		return error.failure;
	}

	if (error instanceof Error && error.name === 'AbortError') {
		return {code: 'CWS_CANCELLED', message: 'Cancelled.'};
	}

	return {code, message: messageOf(error)};
}

export const isFailure = (value: unknown): value is Failure =>
	typeof value === 'object' &&
	value !== null &&
	typeof (value as Failure).message === 'string' &&
	Object.hasOwn(errorCodes, (value as Failure).code);

export const fixOf = (value: Failure): string => value.fix ?? errorCodes[value.code].cure;

/** The three lines of the command line: what, why, what to do. */
export function formatFailure(value: Failure): string {
	return [
		`error ${value.code}: ${value.message}`,
		...(value.cause === undefined ? [] : [`cause: ${value.cause}`]),
		`try: ${fixOf(value)}`,
	].join('\n');
}

// A thrown value may have throwing getters, or be null.
function messageOf(error: unknown): string {
	try {
		// oxlint-disable-next-line typescript/no-unnecessary-type-conversion
		return error instanceof Error ? String(error.message) : String(error);
	} catch {
		return 'unprintable error';
	}
}
