import {Worker} from 'node:worker_threads';
import {type SandboxSetup} from '../sandbox/sandbox-setup.ts';
import {cachedStart, wrapBootstrap} from './bootstrap-cache.ts';
import {sandboxFlags, sandboxSetupOf} from './sandbox-start.ts';
import {threadOptions, threadTransport} from './thread-transport.ts';
import {type OpenTransport} from './transport.ts';

/**
Every other plugin: a worker thread that starts from a text, is denied everything by Node, and empties itself before it runs the plugin.

@param cacheOf What `makeBootstrapCache` gave for this bootstrap: it starts some milliseconds earlier with it.
*/
export const openSandboxTransport =
	(bootstrap: () => string, cacheOf: () => Uint8Array | undefined = () => undefined): OpenTransport =>
	setup => {
		const options = threadOptions(setup);
		const text = bootstrap();
		const cache = cacheOf();
		const own = sandboxSetupOf(setup) satisfies SandboxSetup;
		const worker = new Worker(cache === undefined ? text : cachedStart, {
			...options,
			eval: true,
			workerData: cache === undefined ? own : {...own, bootstrap: wrapBootstrap(text), cache},
			argv: [],
			env: {},
			stdin: false,
			execArgv: [...sandboxFlags],
			trackUnmanagedFds: true,
		});
		return threadTransport(worker, options.name);
	};
