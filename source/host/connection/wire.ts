import {type Failure} from '../../core/failure/failure.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type HostLimits} from '../limits.ts';
import {type Frame} from '../protocol/frame.ts';
import {type RequestBody} from '../protocol/messages.ts';
import {type Transport} from '../transport/transport.ts';

export type ConnectionRequest = {
	readonly method: string;
	readonly args: readonly unknown[];
	/** Without one it runs until it is cancelled. */
	readonly deadlineMs?: number;
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: unknown) => void;
	/** What the plugin may read while it answers, see `call.input`. */
	readonly input?: AsyncIterable<unknown>;
	/** The plugins that ask through services, the first caller first. */
	readonly chain?: readonly string[];
};

/** A request that waits for its answers. */
export type Pending = {
	/** Has a deadline, so that silence means something. */
	readonly isBounded: boolean;
	/** Monotonic milliseconds. */
	readonly deadlineAt?: number;
	readonly chain?: readonly string[];
	readonly input?: AsyncIterable<unknown>;
	readonly receive: (frame: Frame) => void;
	readonly fail: (reason: Failure) => void;
};

/** What calls and streams share of one connection. */
export type Wire = {
	readonly plugin: string;
	readonly transport: Transport;
	readonly clock: Clock;
	readonly limits: HostLimits;
	readonly isFull: () => boolean;
	/** Resolves when there may be a place among the requests in flight. */
	readonly place: () => Promise<void>;
	/** Why a request cannot go out. */
	readonly refusal: (request: ConnectionRequest) => Failure | undefined;
	readonly add: (pending: Pending) => number;
	readonly remove: (id: number) => void;
	/** Tells the plugin to stop, and ends what the host does for this request. */
	readonly cancel: (id: number) => void;
	readonly isClosed: () => boolean;
	/** Asks, after a missed deadline, whether the thread still turns its loop. */
	readonly probe: () => void;
	readonly violate: (what: string) => void;
	/** What the plugin threw, as a failure; a bug of the plugin is also logged. */
	readonly failureOf: (method: string, thrown: unknown) => Failure;
};

/** The part of an entry that requests of the worker inherit when they serve it. */
export const servedPart = ({clock}: Wire, {deadlineMs, chain, input}: ConnectionRequest): Omit<Pending, 'receive' | 'fail'> => ({
	isBounded: deadlineMs !== undefined,
	...(deadlineMs !== undefined && {deadlineAt: clock.monotonic() + deadlineMs}),
	...(chain !== undefined && {chain}),
	...(input !== undefined && {input}),
});

/** False when the input is too large for a frame. */
export const sendRequest = (
	transport: Transport,
	id: number,
	{method, args, deadlineMs, chain, input}: ConnectionRequest,
	isStream: boolean,
): boolean =>
	transport.send('q', id, {
		m: method,
		a: args,
		...(deadlineMs !== undefined && {dl: deadlineMs}),
		...(isStream && {s: 1}),
		...(chain !== undefined && {cl: chain.at(-1)!}),
		...(input !== undefined && {in: 1}),
	} satisfies RequestBody);
