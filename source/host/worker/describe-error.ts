import {type ErrorBody} from '../protocol/messages.ts';
import {frameLimits} from '../protocol/frame.ts';

/** A thrown value as plain data. It may have throwing getters, be null, or come from another copy of the SDK. */
export function describeError(error: unknown, readStack?: (error: unknown) => string | undefined): ErrorBody {
	const read = (key: string): unknown => {
		try {
			return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[key] : undefined;
		} catch {
			return undefined;
		}
	};

	const failure = read('failure');
	const stack = readStack?.(error) ?? read('stack');
	return {
		name: textOr(read('name'), 'Error'),
		message: textOr(read('message'), printed(error)),
		...(typeof stack === 'string' && stack !== '' && {stack: stack.slice(0, frameLimits.errorLength)}),
		...(typeof failure === 'object' && failure !== null && {failure}),
	};
}

const textOr = (value: unknown, fallback: string): string =>
	(typeof value === 'string' ? value : fallback).slice(0, frameLimits.errorLength);

function printed(error: unknown): string {
	try {
		return String(error);
	} catch {
		return 'unprintable error';
	}
}
