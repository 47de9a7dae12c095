import {Worker} from 'node:worker_threads';
import {type SandboxSetup} from '../sandbox/sandbox-setup.ts';
import {sandboxFlags, sandboxSetupOf} from './sandbox-start.ts';
import {threadOptions, threadTransport} from './thread-transport.ts';
import {type OpenTransport} from './transport.ts';

/** Every other plugin: a worker thread that starts from a text, is denied everything by Node, and empties itself before it runs the plugin. */
export const openSandboxTransport =
	(bootstrap: () => string): OpenTransport =>
	setup => {
		const options = threadOptions(setup);
		const worker = new Worker(bootstrap(), {
			...options,
			eval: true,
			workerData: sandboxSetupOf(setup) satisfies SandboxSetup,
			argv: [],
			env: {},
			stdin: false,
			execArgv: [...sandboxFlags],
			trackUnmanagedFds: true,
		});
		return threadTransport(worker, options.name);
	};
