import {failure, type Failure, FailureError, toFailure} from '../../core/failure/failure.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Capabilities} from '../broker/capability.ts';
import {type HostLimits} from '../limits.ts';
import {type Frame, frameLimits, textOf} from '../protocol/frame.ts';
import {type ErrorBody} from '../protocol/messages.ts';
import {type Transport} from '../transport/transport.ts';
import {createCredits, type Credits} from '../worker/send-stream.ts';
import {itemsUnlessAborted, unlessAborted} from './abortable.ts';
import {readRequest, type WorkerRequest} from './read-request.ts';

/** The host's own request that a request of the worker serves. */
export type ServedCall = {
	/** Monotonic milliseconds. */
	readonly deadlineAt?: number;
	/** Who asks through services, the first caller first. */
	readonly chain?: readonly string[];
	readonly input?: AsyncIterable<unknown>;
};

/** Answers what a worker asks of the host. */
export type RequestServer = {
	/** Takes `q`, and `c` and `w` about what was asked; false for what is about nothing, which counts towards a flood. */
	readonly receive: (frame: Frame) => boolean;
	/** The host's request was cancelled: what was done for it ends too. */
	readonly cancelled: (id: number) => void;
	/** The worker is gone: everything done for it ends, and nothing is answered any more. */
	readonly close: () => void;
};

type Options = {
	readonly plugin: string;
	readonly generation: number;
	readonly transport: Transport;
	readonly clock: Clock;
	readonly limits: HostLimits;
	readonly capabilities: Capabilities;
	readonly servedCall: (id: number) => ServedCall | undefined;
	readonly onDenied: (what: string) => void;
	readonly onUnexpected: (method: string, thrown: unknown) => void;
	readonly violate: (what: string) => void;
};

type Open = {readonly controller: AbortController; readonly credits: Credits; readonly parent?: number};

export function createRequestServer(options: Options): RequestServer {
	const {plugin, generation, transport, clock, limits, capabilities} = options;
	const open = new Map<number, Open>();
	let isClosed = false;

	function refuse(id: number, reason: Failure) {
		if (!isClosed) {
			transport.send('A', id, {name: 'FailureError', message: reason.message, failure: reason} satisfies ErrorBody);
		}
	}

	function capabilityOf(method: string) {
		// Own properties only, so that no inherited name is ever a capability.
		const handler = Object.hasOwn(capabilities, method) ? capabilities[method] : undefined;
		if (handler === undefined) {
			options.onDenied(method);
			throw new FailureError(
				failure('CWS_PLUGIN_DENIED', {message: `The plugin \`${plugin}\` may not use \`${method.slice(0, 60)}\`.`, retryable: false}),
			);
		}

		return handler;
	}

	async function answer(id: number, {method, args, deadlineMs, isStream, parent}: WorkerRequest) {
		// What is typed may be read as long as the session lasts, and by what it was typed for.
		const isInput = method === inputMethod;
		const serves = isInput && Number.isSafeInteger(args[0]) ? (args[0] as number) : parent;
		const served = serves === undefined ? undefined : options.servedCall(serves);
		const controller = new AbortController();
		const {signal} = controller;
		const entry: Open = {controller, credits: createCredits(frameLimits.window), ...(parent !== undefined && {parent})};
		open.set(id, entry);
		const leftMs = Math.max(
			0,
			Math.min(
				deadlineMs ?? Infinity,
				(served?.deadlineAt ?? Infinity) - clock.monotonic(),
				asksPerson.has(method) ? limits.personMs : limits.requestMs,
			),
		);
		const stop = isInput ? () => {} : clock.after(leftMs, () => controller.abort(tookTooLong(plugin, method)));
		try {
			const chain = served?.chain;
			const call = {plugin, generation, signal, deadlineMs: leftMs, ...(chain !== undefined && {chain, caller: chain.at(-1)!})};
			const work = isInput ? inputOf(served) : capabilityOf(method)(args, call);
			if (isStream) {
				await sendItems(id, work, entry);
			} else {
				send('a', id, (await unlessAborted(Promise.resolve(work), signal)) ?? null);
			}
		} catch (error) {
			if (!(error instanceof FailureError)) {
				options.onUnexpected(method, error);
			}

			refuse(id, toFailure(error));
		} finally {
			stop();
			open.delete(id);
		}
	}

	async function sendItems(id: number, work: unknown, {controller: {signal}, credits}: Open) {
		let count = 0;
		for await (const item of itemsUnlessAborted(work, signal)) {
			await credits.take(signal);
			signal.throwIfAborted();
			send('s', id, [item]);
			count++;
		}

		send('z', id, {count});
	}

	function send(kind: string, id: number, value: unknown) {
		if (!isClosed && !transport.send(kind, id, value)) {
			throw new FailureError(
				failure('CWS_PLUGIN_QUOTA', {message: `The answer for \`${plugin}\` is larger than ${frameLimits.bytes / 1024 / 1024} MiB.`}),
			);
		}
	}

	return {
		receive([kind, id, body]) {
			if (kind !== 'q') {
				const known = open.get(id);
				if (kind === 'c') {
					known?.controller.abort(gaveUp(plugin));
				} else {
					// The number says how many more chunks it takes; a strange one is one.
					const count = body === undefined ? 1 : Number(textOf(body));
					known?.credits.grant(Number.isSafeInteger(count) && count > 0 && count <= frameLimits.window ? count : 1);
				}

				return known !== undefined;
			}

			const request = readRequest(body);
			if (request === undefined || id <= 0 || open.has(id)) {
				options.violate('sent a request that cannot be read');
				return true;
			}

			if (open.size >= limits.requestsInFlight) {
				const message = `The plugin \`${plugin}\` has ${limits.requestsInFlight} requests in flight already.`;
				refuse(id, failure('CWS_PLUGIN_QUOTA', {message, fix: 'Wait for answers before asking more.', retryable: true}));
				return false;
			}

			void answer(id, request);
			return true;
		},
		cancelled(parent) {
			for (const request of open.values()) {
				if (request.parent === parent) {
					request.controller.abort(gaveUp(plugin));
				}
			}
		},
		close() {
			isClosed = true;
			for (const {controller} of open.values()) {
				controller.abort(gaveUp(plugin));
			}
		},
	};
}

const inputMethod = 'call.input';

/** A person may think for longer than a server. */
const asksPerson: ReadonlySet<string> = new Set(['ui.confirm', 'ui.prompt', 'secrets.request', 'exec.interactive']);

const tookTooLong = (plugin: string, method: string) =>
	new FailureError(failure('CWS_PLUGIN_TIMEOUT', {message: `\`${method}\` for the plugin \`${plugin}\` took too long.`, retryable: true}));

const gaveUp = (plugin: string) => new FailureError(failure('CWS_CANCELLED', {message: `The request of \`${plugin}\` was cancelled.`}));

function inputOf(served: ServedCall | undefined): AsyncIterable<unknown> {
	if (served?.input === undefined) {
		throw new FailureError(failure('CWS_INVALID_STATE', {message: 'This call has no input, or its input is being read already.'}));
	}

	return served.input;
}
