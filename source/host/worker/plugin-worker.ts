import {enableCompileCache} from 'node:module';
import {pathToFileURL} from 'node:url';
import {parentPort, workerData} from 'node:worker_threads';
import {type WorkerSetup} from '../protocol/messages.ts';
import {framePortOf} from './frame-port.ts';
import {servePlugin} from './serve-plugin.ts';

// The first file of a bundled plugin's worker. It stays small: each worker loads it, and the plugin waits for it.
const {main, compileCache} = workerData as WorkerSetup;
if (compileCache !== undefined) {
	enableCompileCache(compileCache);
}

servePlugin({
	port: framePortOf(parentPort!),
	load: async () => ((await import(pathToFileURL(main).href)) as {readonly default?: unknown}).default,
});
