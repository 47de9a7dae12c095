import {type FrameBody} from '../protocol/frame.ts';
import {readBody} from './read-body.ts';

/** What a worker asks of the host. */
export type WorkerRequest = {
	/** `<capability>.<method>`. */
	readonly method: string;
	readonly args: readonly unknown[];
	/** Milliseconds the worker wants to wait at most. */
	readonly deadlineMs?: number;
	readonly isStream: boolean;
	/** The id of the host's request it serves. */
	readonly parent?: number;
};

/** Undefined for what a sound worker never sends. Texts stay as they are: a request body with other bytes would be another request. */
export function readRequest(body: FrameBody | undefined): WorkerRequest | undefined {
	const read = readBody(body, 'exact');
	if (!read.ok || typeof read.value !== 'object' || read.value === null) {
		return undefined;
	}

	const {m, a, dl, s, p} = read.value as Readonly<Record<string, unknown>>;
	if (typeof m !== 'string' || m.length > 100 || !Array.isArray(a)) {
		return undefined;
	}

	return {
		method: m,
		args: a,
		...(typeof dl === 'number' && dl >= 0 && {deadlineMs: dl}),
		isStream: s === 1,
		...(Number.isSafeInteger(p) && {parent: p as number}),
	};
}
