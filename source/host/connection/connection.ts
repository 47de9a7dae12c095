import {failure, type Failure} from '../../core/failure.ts';
import {failed, ok, type Outcome} from '../../core/outcome.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type HostLimits} from '../limits.ts';
import {type Frame, frameLimits, isFrame, protocolVersion} from '../protocol/frame.ts';
import {type RequestBody, type WelcomeBody} from '../protocol/messages.ts';
import {type Transport} from '../transport/transport.ts';
import {createFloodGuard} from './flood-guard.ts';
import {cancelledFailure, pluginFailure, timeoutFailure} from './plugin-failure.ts';
import {readBody, textModeOf} from './read-body.ts';
import {createInbox} from './stream-inbox.ts';

export type ConnectionRequest = {
	readonly method: string;
	readonly args: readonly unknown[];
	/** Without one it runs until it is cancelled. */
	readonly deadlineMs?: number;
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: unknown) => void;
};

export type ConnectionEvents = {
	readonly onLog: (body: unknown) => void;
	readonly onEvent: (body: unknown) => void;
	/** An error nobody caught inside the plugin. */
	readonly onUncaught: (body: unknown) => void;
	/** Something a sound worker cannot send. */
	readonly onViolation: (message: string) => void;
	/** The thread answers nothing. */
	readonly onStuck: () => void;
	readonly onUnexpected: (method: string, thrown: unknown) => void;
};

/** The host's end of `cws-plugin/1` with one worker. */
export type Connection = {
	/** Resolves with the plugin's method names when its code has been loaded. */
	readonly ready: Promise<Outcome<readonly string[]>>;
	readonly call: (request: ConnectionRequest) => Promise<Outcome<unknown>>;
	readonly stream: (request: ConnectionRequest) => AsyncGenerator<Outcome<readonly unknown[]>, void>;
	/** Bounded calls that wait for an answer. */
	readonly openCalls: () => number;
	readonly openStreams: () => number;
	/** Monotonic milliseconds of the last frame. */
	readonly heardAt: () => number;
	readonly ping: () => void;
	/** Takes no new work; resolves when the worker has none left. Streams without an end stop at once. */
	readonly drain: (reason: Failure) => Promise<void>;
	/** Tells the plugin to stop what is still running, and fails it here. */
	readonly cancelAll: (reason: Failure) => void;
	/** Fails everything that waits; frames are ignored from now on. */
	readonly close: (reason: Failure) => void;
};

type Pending = {
	readonly isStream: boolean;
	readonly isBounded: boolean;
	readonly receive: (frame: Frame) => void;
	readonly fail: (reason: Failure) => void;
};

export function createConnection({
	plugin,
	generation,
	locale,
	transport,
	clock,
	limits,
	events,
}: {
	readonly plugin: string;
	readonly generation: number;
	readonly locale: string;
	readonly transport: Transport;
	readonly clock: Clock;
	readonly limits: HostLimits;
	readonly events: ConnectionEvents;
}): Connection {
	const pending = new Map<number, Pending>();
	const waiting: (() => void)[] = [];
	const ready = Promise.withResolvers<Outcome<readonly string[]>>();
	const bye = Promise.withResolvers<void>();
	const isFlood = createFloodGuard({frames: limits.floodFrames, monotonic: clock.monotonic});
	let phase: 'hello' | 'loading' | 'ready' | 'closed' = 'hello';
	let closedBy: Failure | undefined;
	let drainedBy: Failure | undefined;
	let sequence = 0;
	let heardAt = clock.monotonic();

	transport.onFrame(message => {
		if (phase === 'closed') {
			return;
		}

		if (!isFrame(message)) {
			events.onViolation('sent something that is not a frame');
			return;
		}

		heardAt = clock.monotonic();
		receive(message);
	});

	function receive(frame: Frame) {
		const [kind, id, body] = frame;
		const target = kind === 'a' || kind === 'A' || kind === 's' || kind === 'z' ? pending.get(id) : undefined;
		if (target !== undefined) {
			target.receive(frame);
			return;
		}

		if (isFlood()) {
			events.onViolation('floods the host with messages');
			return;
		}

		if (kind === 'p') {
			pending.get(id)?.receive(frame);
		} else if (kind === 'l' || kind === 'e' || kind === 'x') {
			const value = readBody(body);
			if (value.ok) {
				(kind === 'l' ? events.onLog : kind === 'e' ? events.onEvent : events.onUncaught)(value.value);
			}
		} else if (kind === 'b') {
			bye.resolve();
		} else if (kind === 'H' || kind === 'r' || kind === 'f') {
			shakeHands(frame);
		} else if (!'aAsz!q'.includes(kind)) {
			events.onViolation(`sent a frame of the unknown kind \`${kind}\``);
		}
	}

	function shakeHands([kind, , body]: Frame) {
		const value = readBody(body);
		if (!value.ok) {
			events.onViolation('sent a handshake that is not JSON');
			return;
		}

		if (kind === 'H' && phase === 'hello') {
			const [min, max] = ((value.value as {proto?: unknown} | null)?.proto ?? []) as readonly unknown[];
			if (typeof min !== 'number' || typeof max !== 'number' || min > protocolVersion || max < protocolVersion) {
				transport.send('N', 0, {code: 'EPROTO', message: `this cws speaks protocol ${protocolVersion}`});
				ready.resolve(
					failed(failure('CWS_PLUGIN_PROTOCOL', {message: `The worker of \`${plugin}\` speaks another protocol than this cws.`})),
				);
				return;
			}

			phase = 'loading';
			transport.send('W', 0, {proto: protocolVersion, features: [], generation, locale} satisfies WelcomeBody);
		} else if (phase === 'loading' && kind !== 'H') {
			phase = 'ready';
			const methods: unknown = (value.value as {methods?: unknown} | null)?.methods;
			ready.resolve(
				kind === 'r'
					? ok(Array.isArray(methods) ? methods.filter(name => typeof name === 'string') : [])
					: failed(pluginFailure(plugin, 'load', value.value)),
			);
		} else {
			events.onViolation(kind === 'H' ? 'said hello twice' : 'spoke before it was asked');
		}
	}

	function send(id: number, {method, args, deadlineMs}: ConnectionRequest, isStream: boolean): boolean {
		return transport.send('q', id, {
			m: method,
			a: args,
			...(deadlineMs !== undefined && {dl: deadlineMs}),
			...(isStream && {s: 1}),
		} satisfies RequestBody);
	}

	/** Waits for one of the places in flight; undefined when the connection closed meanwhile. */
	async function place(): Promise<Failure | undefined> {
		// oxlint-disable-next-line no-unmodified-loop-condition -- closing changes it meanwhile
		while (closedBy === undefined && pending.size >= limits.callsInFlight) {
			await new Promise<void>(resolve => {
				waiting.push(resolve);
			});
		}

		return closedBy;
	}

	function forget(id: number) {
		pending.delete(id);
		waiting.shift()?.();
	}

	/** Whether the thread still turns its loop, asked after a missed deadline. */
	function probe() {
		const askedAt = clock.monotonic();
		ping();
		clock.after(limits.probeMs, () => {
			if (phase !== 'closed' && heardAt <= askedAt) {
				events.onStuck();
			}
		});
	}

	const ping = () => void transport.send('?', 0);

	async function call(request: ConnectionRequest): Promise<Outcome<unknown>> {
		const {method, signal, deadlineMs} = request;
		const refused = refusal(request) ?? (pending.size >= limits.callsInFlight ? await place() : undefined);
		if (refused) {
			return failed(refused);
		}

		return new Promise(resolve => {
			const id = ++sequence;
			const timers: (() => void)[] = [];
			const finish = (outcome: Outcome<unknown>) => {
				for (const stop of timers) {
					stop();
				}

				signal?.removeEventListener('abort', onAbort);
				forget(id);
				resolve(outcome);
			};

			let ending: Failure | undefined;
			const cancel = (reason: Failure, after?: () => void) => {
				if (ending !== undefined) {
					return;
				}

				ending = reason;
				transport.send('c', id);
				timers.push(
					clock.after(limits.graceMs, () => {
						finish(failed(reason));
						after?.();
					}),
				);
			};

			const onAbort = () => cancel(cancelledFailure(method));
			pending.set(id, {
				isStream: false,
				isBounded: deadlineMs !== undefined,
				receive([kind, , body]) {
					const value = readBody(body, textModeOf(method));
					if (kind === 'p') {
						request.onProgress?.(value.ok ? value.value : {});
					} else if (!value.ok) {
						finish(failed({...value.error, message: `\`${plugin}\`: ${value.error.message}`}));
					} else if (kind === 'a') {
						finish(value);
					} else {
						finish(failed(thrown(method, value.value, ending)));
					}
				},
				fail: reason => finish(failed(reason)),
			});
			if (deadlineMs !== undefined) {
				timers.push(clock.after(deadlineMs, () => cancel(timeoutFailure(plugin, method, deadlineMs), probe)));
			}

			signal?.addEventListener('abort', onAbort, {once: true});
			if (!send(id, request, false)) {
				finish(
					failed(
						failure('CWS_INVALID_INPUT', {message: `The input of \`${method}\` is larger than ${frameLimits.bytes / 1024 / 1024} MiB.`}),
					),
				);
			}
		});
	}

	async function* stream(request: ConnectionRequest): AsyncGenerator<Outcome<readonly unknown[]>, void> {
		const {method, signal, deadlineMs} = request;
		const refused = refusal(request) ?? (pending.size >= limits.callsInFlight ? await place() : undefined);
		if (refused) {
			yield failed(refused);
			return;
		}

		const id = ++sequence;
		const inbox = createInbox();
		const onAbort = () => inbox.end(cancelledFailure(method));
		const stopDeadline =
			deadlineMs === undefined
				? undefined
				: clock.after(deadlineMs, () => {
						inbox.end(timeoutFailure(plugin, method, deadlineMs));
						probe();
					});
		pending.set(id, {
			isStream: true,
			isBounded: deadlineMs !== undefined,
			receive([kind, , body]) {
				if (kind === 's') {
					if (!inbox.push(body)) {
						events.onViolation('sends without credit');
					}
				} else if (kind === 'p') {
					const value = readBody(body);
					request.onProgress?.(value.ok ? value.value : {});
				} else if (kind === 'z') {
					inbox.finish();
				} else {
					const value = readBody(body);
					inbox.finish(value.ok ? thrown(method, value.value) : value.error);
				}
			},
			fail: inbox.end,
		});
		signal?.addEventListener('abort', onAbort, {once: true});
		try {
			send(id, request, true);
			for (;;) {
				const next = await inbox.take();
				if (next.kind === 'end') {
					if (next.reason !== undefined) {
						yield failed(next.reason);
					}

					return;
				}

				const value = readBody(next.body, textModeOf(method));
				if (!value.ok) {
					yield failed({...value.error, message: `\`${plugin}\`: ${value.error.message}`});
					return;
				}

				yield ok(Array.isArray(value.value) ? (value.value as readonly unknown[]) : []);
				inbox.credit();
				transport.send('w', id, 1);
				// Two chunks that came in one turn are worked on in two, so that a key press fits between them.
				await new Promise(resolve => {
					setImmediate(resolve);
				});
			}
		} finally {
			stopDeadline?.();
			signal?.removeEventListener('abort', onAbort);
			if (!inbox.isFinished() && phase !== 'closed') {
				transport.send('c', id);
			}

			forget(id);
		}
	}

	function refusal({method, signal}: ConnectionRequest): Failure | undefined {
		return (
			closedBy ??
			(drainedBy !== undefined && !method.startsWith('lifecycle.') ? drainedBy : undefined) ??
			(signal?.aborted === true ? cancelledFailure(method) : undefined)
		);
	}

	/** After a cancel, an error is the way a plugin says that it stopped. */
	function thrown(method: string, value: unknown, ending?: Failure): Failure {
		const reported = pluginFailure(plugin, method, value);
		if (ending !== undefined && (reported.code === 'CWS_PLUGIN_FAILED' || reported.code === 'CWS_CANCELLED')) {
			return ending;
		}

		if (reported.code === 'CWS_PLUGIN_FAILED') {
			events.onUnexpected(method, value);
		}

		return reported;
	}

	const count = (isStream: boolean) => {
		let result = 0;
		for (const call of pending.values()) {
			if (isStream ? call.isStream : call.isBounded) {
				result++;
			}
		}

		return result;
	};

	return {
		ready: ready.promise,
		call,
		stream,
		openCalls: () => count(false),
		openStreams: () => count(true),
		heardAt: () => heardAt,
		ping,
		async drain(reason) {
			drainedBy = reason;
			for (const call of pending.values()) {
				if (!call.isBounded) {
					call.fail(reason);
				}
			}

			transport.send('d', 0);
			await bye.promise;
		},
		cancelAll(reason) {
			for (const [id, call] of pending) {
				transport.send('c', id);
				call.fail(reason);
			}
		},
		close(reason) {
			phase = 'closed';
			closedBy = reason;
			ready.resolve(failed(reason));
			bye.resolve();
			for (const call of pending.values()) {
				call.fail(reason);
			}

			for (const resume of waiting.splice(0)) {
				resume();
			}
		},
	};
}
