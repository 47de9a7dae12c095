import {Worker} from 'node:worker_threads';
import {sandboxFlags} from './sandbox-start.ts';

const filename = 'sandbox.js';

/** As one expression: the engine keeps what it made of a script, and a thread that is given it need not read the script again. */
export const wrapBootstrap = (bootstrap: string): string => `(function(require){${bootstrap}\n})`;

/** The first lines of a thread that has a cache. */
export const cachedStart = `'use strict';
const {workerData} = require('node:worker_threads');
const {Script} = require('node:vm');
new Script(workerData.bootstrap, {cachedData: workerData.cache, filename: '${filename}'}).runInThisContext()(require);`;

const makerStart = `'use strict';
const {workerData, parentPort} = require('node:worker_threads');
const {Script} = require('node:vm');
const port = parentPort, post = port.postMessage.bind(port);
const script = new Script(workerData.bootstrap, {filename: '${filename}'});
port.on('message', ([kind]) => { if (kind === 'cache') post(['cache', 0, script.createCachedData()]); });
script.runInThisContext()(require);`;

/**
What the engine made of the bootstrap, asked of a sandbox that runs nothing, after it started: so the parts are in it that were made
late. Good for this version of Node with these flags; to any other it is as if there were none.
*/
export async function makeBootstrapCache(bootstrap: string): Promise<Uint8Array<ArrayBuffer>> {
	const worker = new Worker(makerStart, {
		eval: true,
		env: {},
		stdout: true,
		stderr: true,
		execArgv: [...sandboxFlags],
		workerData: {id: 'cache', code: 'module.exports = {}', maxBufferBytes: 16 * 1024 * 1024, bootstrap: wrapBootstrap(bootstrap)},
	});
	worker.unref();
	try {
		return await new Promise((resolve, reject) => {
			worker.once('error', reject);
			worker.once('exit', () => reject(new Error('the sandbox ended')));
			worker.on('message', ([kind, , body]: readonly [string, number, Uint8Array<ArrayBuffer>]) => {
				if (kind === 'cache') {
					resolve(new Uint8Array(body));
				} else {
					// Hello is answered with a welcome; ready means that it is complete.
					const next = [kind === 'H' ? 'W' : 'cache', 0];
					worker.postMessage(next, []);
				}
			});
		});
	} finally {
		await worker.terminate();
	}
}
