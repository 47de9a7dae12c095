import {getCompileCacheDir} from 'node:module';
import {dirname} from 'node:path';
import {Worker} from 'node:worker_threads';
import {type WorkerSetup} from '../protocol/messages.ts';
import {threadOptions, threadTransport} from './thread-transport.ts';
import {type OpenTransport} from './transport.ts';

/** Bundled plugins: a worker thread with all of Node. */
export const openWorkerTransport =
	(workerUrl: URL): OpenTransport =>
	setup => {
		const options = threadOptions(setup);
		const own = getCompileCacheDir();
		const worker = new Worker(workerUrl, {
			...options,
			workerData: {id: setup.id, main: setup.main, ...(own !== undefined && {compileCache: dirname(own)})} satisfies WorkerSetup,
			// Not those of the main thread: loaders given there would run again in every worker.
			execArgv: ['--no-warnings'],
		});
		return threadTransport(worker, options.name);
	};
