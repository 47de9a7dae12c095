import {after, suite} from 'node:test';
import {engineSuite} from './lib/engine-suite.ts';
import {startBackend} from './lib/start-backend.ts';

const backend = await startBackend('podman');

suite('podman', {skip: 'skip' in backend ? backend.skip : false, concurrency: false}, () => {
	if ('skip' in backend) {
		return;
	}

	after(async () => backend[Symbol.asyncDispose]());
	engineSuite({
		backend,
		cli: async (...args) => backend.run('podman', ...args),
		daemon: 'podman',
		engine: /^main: Podman \d+\.\d+.*, API 1\.\d+, [\d.]+ ms$/,
		containersDie: false,
		makesFolders: true,
	});
});
