import {type Failure} from '../../core/failure/failure.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Capabilities} from '../broker/capability.ts';
import {type HostLimits} from '../limits.ts';
import {type Frame, isFrame} from '../protocol/frame.ts';
import {type Transport} from '../transport/transport.ts';
import {callPlugin} from './call.ts';
import {createFloodGuard} from './flood-guard.ts';
import {createHandshake, type Handshake} from './handshake.ts';
import {cancelledFailure, pluginFailure} from './plugin-failure.ts';
import {createProofs} from './proofs.ts';
import {readBody} from './read-body.ts';
import {createRequestServer} from './serve-requests.ts';
import {streamFromPlugin} from './stream.ts';
import {type ConnectionRequest, type Pending, type Wire} from './wire.ts';

export type ConnectionEvents = {
	readonly onLog: (body: unknown) => void;
	readonly onEvent: (body: unknown) => void;
	/** An error nobody caught inside the plugin. */
	readonly onUncaught: (body: unknown) => void;
	/** The plugin asked for a capability it does not have. */
	readonly onDenied: (what: string) => void;
	/** Something a sound worker cannot send; completes the sentence "The plugin …". */
	readonly onViolation: (what: string) => void;
	/** The thread answers nothing. */
	readonly onStuck: () => void;
	/** A bug of the plugin, with its stack for the log. */
	readonly onUnexpected: (method: string, thrown: unknown) => void;
};

/** The host's end of `cws-plugin/1` with one worker. */
export type Connection = {
	readonly ready: Handshake['ready'];
	readonly call: (request: ConnectionRequest) => Promise<Outcome<unknown>>;
	readonly stream: (request: ConnectionRequest) => AsyncGenerator<Outcome<readonly unknown[]>, void>;
	/** Requests with a deadline that wait for an answer. */
	readonly openCalls: () => number;
	/** Somebody waits for an answer, also for one without a deadline. */
	readonly isBusy: () => boolean;
	/** Monotonic milliseconds of the last frame. */
	readonly heardAt: () => number;
	readonly ping: () => void;
	/** Pings it; false when nothing at all came back in time. */
	readonly answers: (ms: number) => Promise<boolean>;
	/** Takes no new work; resolves when the worker has none left. Requests without a deadline end at once. */
	readonly drain: (reason: Failure) => Promise<void>;
	/** Tells the plugin to stop what is still running, and fails it here. */
	readonly cancelAll: (reason: Failure) => void;
	/** Fails everything that waits; frames are ignored from now on. */
	readonly close: (reason: Failure) => void;
};

export function createConnection({
	plugin,
	generation,
	locale,
	transport,
	clock,
	limits,
	capabilities,
	events,
}: {
	readonly plugin: string;
	readonly generation: number;
	readonly locale: string;
	readonly transport: Transport;
	readonly clock: Clock;
	readonly limits: HostLimits;
	/** What the plugin may ask of the host. */
	readonly capabilities: Capabilities;
	readonly events: ConnectionEvents;
}): Connection {
	const pending = new Map<number, Pending>();
	const waiting: (() => void)[] = [];
	const listening: (() => void)[] = [];
	const bye = Promise.withResolvers<void>();
	const handshake = createHandshake({plugin, generation, locale, transport, violate: events.onViolation});
	const requests = createRequestServer({
		plugin,
		generation,
		transport,
		clock,
		limits,
		capabilities,
		servedCall: id => pending.get(id),
		onDenied: events.onDenied,
		onUnexpected: events.onUnexpected,
		violate: events.onViolation,
	});
	const isFlood = createFloodGuard({frames: limits.floodFrames, monotonic: clock.monotonic});
	let closedBy: Failure | undefined;
	let drainedBy: Failure | undefined;
	let sequence = 0;
	let heardAt = clock.monotonic();

	transport.onFrame(message => {
		if (closedBy !== undefined) {
			return;
		}

		if (!isFrame(message)) {
			events.onViolation('sent something that is not a frame');
			return;
		}

		heardAt = clock.monotonic();
		for (const hear of listening.splice(0)) {
			hear();
		}

		receive(message);
	});

	function receive(frame: Frame) {
		const [kind, id, body] = frame;
		const asked = 'aAsz'.includes(kind) ? pending.get(id) : undefined;
		if (asked !== undefined) {
			asked.receive(frame);
			return;
		}

		if ('qcw'.includes(kind) && handshake.isReady()) {
			if (!requests.receive(frame) && isFlood()) {
				events.onViolation('floods the host with messages');
			}

			return;
		}

		if (isFlood()) {
			events.onViolation('floods the host with messages');
			return;
		}

		switch (kind) {
			case 'p': {
				pending.get(id)?.receive(frame);
				break;
			}

			case 'l':
			case 'e':
			case 'x': {
				const value = readBody(body);
				if (value.ok) {
					(kind === 'l' ? events.onLog : kind === 'e' ? events.onEvent : events.onUncaught)(value.value);
				}

				break;
			}

			case 'H':
			case 'r':
			case 'f': {
				handshake.receive(frame);
				break;
			}

			case 'b': {
				bye.resolve();
				break;
			}

			// A late answer to a call that was let go, or a pong.
			case 'a':
			case 'A':
			case 's':
			case 'z':
			case '!': {
				break;
			}

			case 'q':
			case 'c':
			case 'w': {
				events.onViolation('spoke before it was asked');
				break;
			}

			default: {
				events.onViolation(`sent a frame of the unknown kind \`${kind}\``);
			}
		}
	}

	const ping = () => void transport.send('?', 0);
	const proofs = createProofs({
		transport,
		clock,
		limits,
		ping,
		nextFrame: () =>
			new Promise(resolve => {
				listening.push(() => {
					resolve(true);
				});
			}),
		isClosed: () => closedBy !== undefined,
		onStuck: events.onStuck,
	});

	const wire: Wire = {
		plugin,
		transport,
		clock,
		limits,
		isFull: () => pending.size >= limits.callsInFlight && closedBy === undefined,
		place: () =>
			new Promise(resolve => {
				waiting.push(resolve);
			}),
		refusal: ({method, signal}) =>
			closedBy ?? (isFarewell(method) ? undefined : drainedBy) ?? (signal?.aborted === true ? cancelledFailure(method) : undefined),
		add(entry) {
			sequence++;
			pending.set(sequence, entry);
			return sequence;
		},
		remove(id) {
			pending.delete(id);
			waiting.shift()?.();
		},
		cancel(id) {
			transport.send('c', id);
			requests.cancelled(id);
		},
		isClosed: () => closedBy !== undefined,
		probe: proofs.probe,
		violate: events.onViolation,
		failureOf(method, thrown) {
			const reported = pluginFailure(plugin, method, thrown);
			if (reported.code === 'CWS_PLUGIN_FAILED') {
				events.onUnexpected(method, thrown);
			}

			return reported;
		},
	};

	return {
		ready: handshake.ready,
		call: request => callPlugin(wire, request),
		stream: request => streamFromPlugin(wire, request),
		openCalls: () => [...pending.values()].filter(({isBounded}) => isBounded).length,
		isBusy: () => pending.size > 0,
		heardAt: () => heardAt,
		ping,
		answers: proofs.answers,
		async drain(reason) {
			drainedBy = reason;
			for (const request of pending.values()) {
				if (!request.isBounded) {
					request.fail(reason);
				}
			}

			transport.send('d', 0);
			await bye.promise;
		},
		cancelAll(reason) {
			for (const [id, request] of pending) {
				wire.cancel(id);
				request.fail(reason);
			}
		},
		close(reason) {
			closedBy = reason;
			handshake.fail(reason);
			bye.resolve();
			requests.close();
			for (const request of pending.values()) {
				request.fail(reason);
			}

			for (const resume of waiting.splice(0)) {
				resume();
			}
		},
	};
}

/** What a worker that is ending is still asked. */
const isFarewell = (method: string): boolean =>
	method.startsWith('lifecycle.') || (method.startsWith('tasks.') && method.endsWith('.cleanup'));
