import {type Failure, FailureError} from '../../core/failure/failure.ts';
import {frameLimits} from '../protocol/frame.ts';
import {type ErrorBody, type RequestBody} from '../protocol/messages.ts';
import {onAbortOf, reasonOf} from './on-abort.ts';
import {type Outbox} from './outbox.ts';

/** The host's request on whose behalf plugin code runs at the moment. */
export type Serving = {
	readonly id: number;
	/** Of `performance.now()`; absent for what has no deadline. */
	readonly deadlineAt?: number;
	readonly signal: AbortSignal;
};

/** What a plugin asks of the host. */
export type Requests = {
	/** Throws what the host refused with. */
	readonly call: (method: string, args: readonly unknown[], signal?: AbortSignal) => Promise<unknown>;
	/** Items as the reader takes them; leaving the loop gives the request up. */
	readonly stream: (method: string, args: readonly unknown[], signal?: AbortSignal) => AsyncGenerator<unknown, void>;
	/** An answer of the host: `a`, `A`, `s` or `z`. */
	readonly receive: (kind: string, id: number, value: unknown) => void;
};

type Pending = (kind: string, value: unknown) => void;

const inFlight = 32;

/** Requests go out as there is place among those in flight, inherit the deadline of the call they serve, and end with it. */
export function createRequests({outbox, serving}: {readonly outbox: Outbox; readonly serving: () => Serving | undefined}): Requests {
	const pending = new Map<number, Pending>();
	const waiting: (() => void)[] = [];
	let sequence = 0;
	let places = inFlight;

	async function take(signals: readonly AbortSignal[]) {
		if (places > 0) {
			places--;
			return;
		}

		await new Promise<void>((resolve, reject) => {
			const ignore = onAbortOf(signals, reason => {
				waiting.splice(waiting.indexOf(resume), 1);
				reject(reason);
			});
			const resume = () => {
				ignore();
				resolve();
			};

			waiting.push(resume);
		});
	}

	/** The place goes straight to the next in the line. */
	function leave() {
		const next = waiting.shift();
		if (next === undefined) {
			places++;
		} else {
			next();
		}
	}

	/** Sends a request; `onAbort` hears that the caller, or the call it serves, gave up. */
	async function open(
		method: string,
		args: readonly unknown[],
		own: AbortSignal | undefined,
		{isStream, receive, onAbort}: {readonly isStream: boolean; readonly receive: Pending; readonly onAbort: (reason: Error) => void},
	) {
		const served = serving();
		const signals = [own, served?.signal].filter(signal => signal !== undefined);
		const gone = signals.find(signal => signal.aborted);
		if (gone !== undefined) {
			throw reasonOf(gone);
		}

		await take(signals);
		sequence++;
		const id = sequence;
		const ignore = onAbortOf(signals, reason => {
			cancel();
			onAbort(reason);
		});

		function close() {
			ignore();
			if (pending.delete(id)) {
				leave();
			}
		}

		function cancel() {
			if (pending.has(id)) {
				outbox.send('c', id);
				close();
			}
		}

		pending.set(id, (kind, value) => {
			if (kind !== 's') {
				close();
			}

			receive(kind, value);
		});
		try {
			outbox.send('q', id, {
				m: method,
				a: args,
				...(served?.deadlineAt !== undefined && {dl: Math.max(1, Math.round(served.deadlineAt - performance.now()))}),
				...(isStream && {s: 1 as const}),
				...(served !== undefined && {p: served.id}),
			} satisfies RequestBody);
		} catch (error) {
			close();
			throw error;
		}

		return {id, cancel};
	}

	return {
		call: (method, args, signal) =>
			new Promise((resolve, reject) => {
				open(method, args, signal, {
					isStream: false,
					receive: (kind, value) => (kind === 'a' ? resolve(value) : reject(errorOf(value))),
					onAbort: reject,
				}).catch(reject);
			}),
		async *stream(method, args, signal) {
			const chunks: (readonly unknown[])[] = [];
			let ending: {readonly error?: Error} | undefined;
			let wake = () => {};
			const finish = (error?: Error) => {
				ending ??= {...(error !== undefined && {error})};
				wake();
			};

			const request = await open(method, args, signal, {
				isStream: true,
				receive(kind, value) {
					if (kind === 's') {
						chunks.push(value as readonly unknown[]);
						wake();
					} else {
						finish(kind === 'A' ? errorOf(value) : undefined);
					}
				},
				onAbort: finish,
			});
			try {
				for (;;) {
					const chunk = chunks.shift();
					if (chunk !== undefined) {
						yield* chunk;
						outbox.send('w', request.id, 1);
					} else if (ending === undefined) {
						await new Promise<void>(resolve => {
							wake = resolve;
						});
					} else if (ending.error === undefined) {
						return;
					} else {
						throw ending.error;
					}
				}
			} finally {
				request.cancel();
			}
		},
		receive: (kind, id, value) => pending.get(id)?.(kind, value),
	};
}

/** What the host answers with was made by the host: its failure is one. */
function errorOf(value: unknown): Error {
	const {message, failure} = value as ErrorBody;
	return failure === undefined ? new Error(message.slice(0, frameLimits.errorLength)) : new FailureError(failure as Failure);
}
