import {Worker} from 'node:worker_threads';
import {toFailure} from '../../core/failure/failure.ts';
import {type FromWorker, type ToWorker, type WorkerStart} from './protocol.ts';

/** The way to the one who has the database open. */
export type StoreLink = {
	readonly post: (message: ToWorker) => void;
	/** Whether the program has to stay up for it. */
	readonly setWaiting: (isWaiting: boolean) => void;
	readonly terminate: () => Promise<void>;
};

export type StoreLinkEvents = {
	readonly onMessage: (message: FromWorker) => void;
	/** Completes the sentence "The database thread has stopped: …". */
	readonly onEnd: (cause: string) => void;
};

/** In a thread of its own, so that nothing of it is ever in the way of a key. */
export function openThread(workerUrl: URL, start: WorkerStart, {onMessage, onEnd}: StoreLinkEvents): StoreLink {
	// Without the parent's `execArgv`: loaders and inspectors of the program are not for this thread.
	// Its output is not for the terminal the dashboard draws on: older Node versions warn there that SQLite is new.
	const worker = new Worker(workerUrl, {workerData: start, execArgv: [], name: 'cws-store', stdout: true, stderr: true});
	worker.stdout.resume();
	worker.stderr.resume();
	worker.on('message', onMessage);
	worker.on('error', error => {
		onEnd(`it failed: ${toFailure(error).message}`);
	});
	worker.on('exit', code => {
		onEnd(`it ended with code ${code}`);
	});
	return {
		post(message) {
			// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
			worker.postMessage(message);
		},
		setWaiting(isWaiting) {
			if (isWaiting) {
				worker.ref();
			} else {
				worker.unref();
			}
		},
		async terminate() {
			await worker.terminate();
		},
	};
}

/** In this thread: a verb has nobody to keep waiting, and a thread takes longer to start than everything that is asked of it. */
export function openHere(start: WorkerStart, {onMessage, onEnd}: StoreLinkEvents): StoreLink {
	const server = loadServer().then(({createStoreServer}) => createStoreServer(start, {send: onMessage, onClosed() {}}));
	server.catch((error: unknown) => {
		onEnd(`it failed: ${toFailure(error).message}`);
	});
	return {
		post(message) {
			server.then(
				({receive}) => receive(message),
				() => {},
			);
		},
		setWaiting() {},
		async terminate() {},
	};
}

async function loadServer() {
	const warning = Object.getOwnPropertyDescriptor(process, 'emitWarning')!;
	// Older Node versions warn that SQLite is new when it is loaded.
	process.emitWarning = () => {};
	try {
		process.getBuiltinModule('node:sqlite');
	} finally {
		Object.defineProperty(process, 'emitWarning', warning);
	}

	return import('./store-server.ts');
}
