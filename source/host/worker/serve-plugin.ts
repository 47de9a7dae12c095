import {AsyncLocalStorage} from 'node:async_hooks';
import {type EventLevel} from '../../core/event.ts';
import {type Frame, frameLimits, protocolVersion, textOf} from '../protocol/frame.ts';
import {type HelloBody, type InitializeArgument, noMethodName, type ReadyBody, type RequestBody} from '../protocol/messages.ts';
import {findMethod, methodNames, ownFunction} from './find-method.ts';
import {type FramePort} from './frame-port.ts';
import {createOutbox} from './outbox.ts';
import {createLog} from './log.ts';
import {createPluginContext} from './plugin-context.ts';
import {createProgress} from './progress.ts';
import {createRequests, type Serving} from './requests.ts';
import {createTimers, type Timers} from './timers.ts';
import {createCredits, type Credits, sendStream} from './send-stream.ts';

/** For what a plugin says outside of its context. */
export type Served = {
	readonly print: (level: EventLevel, text: string) => void;
	readonly uncaught: (error: unknown) => void;
	/** One count for all timers of a plugin. */
	readonly timers: Timers;
};

/** The worker's end of `cws-plugin/1`, the same for a bundled plugin and for one in the sandbox. */
export function servePlugin({
	port,
	load,
	readStack,
	isAlone = true,
}: {
	readonly port: FramePort;
	/** Runs the plugin's code and gives what it exports. */
	readonly load: () => Promise<unknown>;
	/** The stack of an error where the error itself does not tell it. */
	readonly readStack?: (error: unknown) => string | undefined;
	/** It has its thread for itself: what nobody catches there is its own. */
	readonly isAlone?: boolean;
}): Served {
	const outbox = createOutbox(port, readStack);
	const calls = new Map<number, {readonly controller: AbortController; readonly credits: Credits}>();
	const stopping = new AbortController();
	const log = createLog(outbox);
	const uncaught = (error: unknown) => outbox.sendError('x', 0, error);
	const timers = createTimers(uncaught);
	const serving = new AsyncLocalStorage<Serving>();
	// What goes on after its call was answered belongs to nobody any more.
	const requests = createRequests({
		outbox,
		serving() {
			const served = serving.getStore();
			return served !== undefined && calls.has(served.id) ? served : undefined;
		},
	});
	let plugin: object = {};
	let isDraining = false;

	if (isAlone) {
		process.on('uncaughtException', uncaught);
		process.on('unhandledRejection', uncaught);
	}

	port.onFrame(receive);
	outbox.send('H', 0, {proto: [protocolVersion, protocolVersion], features: []} satisfies HelloBody);
	return {print: (level, text) => log[level](text), uncaught, timers};

	function receive([kind, id, body]: Frame) {
		const value: unknown = body === undefined ? undefined : JSON.parse(textOf(body));
		switch (kind) {
			case 'W': {
				void begin();
				break;
			}

			case 'q': {
				void answer(id, value as RequestBody);
				break;
			}

			case 'w': {
				calls.get(id)?.credits.grant(value as number);
				break;
			}

			case 'c': {
				calls.get(id)?.controller.abort();
				break;
			}

			case 'a':
			case 'A':
			case 's':
			case 'z': {
				requests.receive(kind, id, value);
				break;
			}

			case '?': {
				outbox.send('!', id);
				break;
			}

			case 'd': {
				isDraining = true;
				stopping.abort();
				sayBye();
				break;
			}

			default:
		}
	}

	async function begin() {
		try {
			const loaded = await load();
			if (typeof loaded !== 'object' || loaded === null) {
				throw new TypeError('the main file has no plugin as its default export');
			}

			plugin = loaded;
			outbox.send('r', 0, {methods: methodNames(plugin)} satisfies ReadyBody);
		} catch (error) {
			outbox.sendError('f', 0, error);
		}
	}

	async function answer(id: number, request: RequestBody) {
		const controller = new AbortController();
		const credits = createCredits(frameLimits.window);
		const progress = createProgress(value => outbox.send('p', id, value));
		calls.set(id, {controller, credits});
		const {signal} = controller;
		const served: Serving = {id, signal, ...(request.dl !== undefined && {deadlineAt: performance.now() + request.dl})};
		const call = {
			signal,
			progress: progress.report,
			...(request.cl !== undefined && {caller: {plugin: request.cl}}),
			...(request.in === 1 && {input: requests.stream('call.input', [id])}),
		};
		try {
			const result = serving.run(served, () => run(request, call));
			if (request.s === 1) {
				const items = await result;
				const count = await serving.run(served, () =>
					sendStream({items, signal, credits, sendChunk: json => outbox.sendJson('s', id, json)}),
				);
				outbox.send('z', id, {count});
			} else {
				outbox.sendJson('a', id, JSON.stringify(await result) ?? 'null');
			}
		} catch (error) {
			outbox.sendError('A', id, error);
		} finally {
			progress.stop();
			calls.delete(id);
			sayBye();
		}
	}

	function run({m: name, a: args}: RequestBody, call: unknown): unknown {
		if (name === 'lifecycle.initialize') {
			const context = createPluginContext(args[0] as InitializeArgument, {outbox, requests, timers, log, signal: stopping.signal});
			return ownFunction(plugin, 'initialize')?.(context);
		}

		const method = findMethod(plugin, name);
		if (method === undefined) {
			throw Object.assign(new Error(name), {name: noMethodName});
		}

		return method(...args, call);
	}

	function sayBye() {
		if (isDraining && calls.size === 0) {
			outbox.send('b', 0);
		}
	}
}
