import {after, suite} from 'node:test';
import {engineSuite} from './lib/engine-suite.ts';
import {startBackend} from './lib/start-backend.ts';

const backend = await startBackend('docker');

suite('dockerd', {skip: 'skip' in backend ? backend.skip : false, concurrency: false}, () => {
	if ('skip' in backend) {
		return;
	}

	after(async () => backend[Symbol.asyncDispose]());
	engineSuite({
		backend,
		cli: async (...args) => backend.run('docker', ...args),
		daemon: 'dockerd',
		engine: /^main: Docker \d+\.\d+.*, API 1\.\d+, [\d.]+ ms$/,
		containersDie: true,
		makesFolders: false,
	});
});
