import {pathToFileURL} from 'node:url';
import {type Frame, packBody} from '../protocol/frame.ts';
import {servePlugin} from '../worker/serve-plugin.ts';
import {type OpenTransport} from './transport.ts';

/**
Bundled plugins where there is nothing to protect from them: a verb that looks once and ends. They run in this thread, behind the same
frames, which saves the verb the start of a thread. One that never gives the thread back is ended with the process, by ctrl+c.
*/
export const openInlineTransport: OpenTransport = ({main}) => {
	const {promise: killed, resolve: end} = Promise.withResolvers<void>();
	let toPlugin: ((frame: Frame) => void) | undefined;
	let toHost: ((frame: Frame) => void) | undefined;
	let isEnded = false;
	const later = (deliver: () => void) => {
		queueMicrotask(() => {
			if (!isEnded) {
				deliver();
			}
		});
	};

	const {uncaught} = servePlugin({
		port: {
			post: frame => later(() => toHost?.(frame)),
			onFrame(listener) {
				toPlugin = listener;
			},
		},
		load: async () => ((await import(pathToFileURL(main).href)) as {readonly default?: unknown}).default,
		isAlone: false,
	});
	// As in a thread of its own, where it would be nobody else's.
	process.on('uncaughtException', uncaught);
	process.on('unhandledRejection', uncaught);

	return {
		send(kind, id, value) {
			const body = value === undefined ? undefined : packBody(JSON.stringify(value));
			if (value !== undefined && body === undefined) {
				return false;
			}

			later(() => toPlugin?.(body === undefined ? [kind, id] : [kind, id, body]));
			return true;
		},
		onFrame(listener) {
			toHost = listener;
		},
		// What it prints cannot be told from what the verb prints, and there is no thread that could end.
		onOutput: () => {},
		onExit(listener) {
			void killed.then(() => listener({code: 0}));
		},
		stats: async () => ({memoryBytes: 0, cpuMicros: 0}),
		lowerPriority: () => false,
		async kill() {
			isEnded = true;
			process.off('uncaughtException', uncaught);
			process.off('unhandledRejection', uncaught);
			end();
			return 0;
		},
	};
};
