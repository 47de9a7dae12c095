import {pathToFileURL} from 'node:url';
import {parentPort, workerData} from 'node:worker_threads';
import {type Frame, frameLimits, protocolVersion, textOf} from '../protocol/frame.ts';
import {
	type HelloBody,
	type InitializeArgument,
	noMethodName,
	type ReadyBody,
	type RequestBody,
	type WorkerSetup,
} from '../protocol/messages.ts';
import {findMethod, methodNames, ownFunction} from './find-method.ts';
import {createOutbox} from './outbox.ts';
import {createPluginContext} from './plugin-context.ts';
import {createProgress} from './progress.ts';
import {createCredits, type Credits, sendStream} from './send-stream.ts';

// The first file of every plugin worker. It stays small: each worker loads it, and the plugin waits for it.
const port = parentPort!;
const setup = workerData as WorkerSetup;
const outbox = createOutbox(port);
const calls = new Map<number, {readonly controller: AbortController; readonly credits: Credits}>();
const stopping = new AbortController();
let plugin: object = {};
let isDraining = false;

process.on('uncaughtException', error => outbox.sendError('x', 0, error));
process.on('unhandledRejection', error => outbox.sendError('x', 0, error));
port.on('message', ([kind, id, body]: Frame) => {
	const value: unknown = body === undefined ? undefined : JSON.parse(textOf(body));
	switch (kind) {
		case 'W': {
			void load();
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
});
outbox.send('H', 0, {proto: [protocolVersion, protocolVersion], features: []} satisfies HelloBody);

async function load() {
	try {
		const module = (await import(pathToFileURL(setup.main).href)) as {readonly default?: unknown};
		if (typeof module.default !== 'object' || module.default === null) {
			throw new TypeError('the main file has no plugin as its default export');
		}

		plugin = module.default;
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
	try {
		const result = run(request, {signal: controller.signal, progress: progress.report});
		if (request.s === 1) {
			const count = await sendStream({
				items: await result,
				signal: controller.signal,
				credits,
				sendChunk: json => outbox.sendJson('s', id, json),
			});
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
		const context = createPluginContext(args[0] as InitializeArgument, outbox, stopping.signal);
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
