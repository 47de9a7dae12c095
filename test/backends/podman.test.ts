import {after, suite} from 'node:test';
import {crashTests} from './lib/engine-crash.ts';
import {elsewhereTests} from './lib/engine-elsewhere.ts';
import {startEngineHarness} from './lib/engine-harness.ts';
import {lifecycleTests} from './lib/engine-lifecycle.ts';
import {storesTests} from './lib/engine-stores.ts';
import {streamsTests} from './lib/engine-streams.ts';
import {startBackend} from './lib/start-backend.ts';

const backend = await startBackend('podman');
const harness =
	'skip' in backend
		? backend
		: await startEngineHarness({
				backend,
				cli: async (...args) => backend.run('podman', ...args),
				daemon: 'podman',
				engine: /^main: Podman \d+\.\d+.*, API 1\.\d+, [\d.]+ ms$/,
				containersDie: false,
				makesFolders: true,
			});

suite('podman', {skip: 'skip' in harness && harness.skip}, () => {
	if ('skip' in harness || 'skip' in backend) {
		return;
	}

	after(async () => {
		await harness[Symbol.asyncDispose]();
		await backend[Symbol.asyncDispose]();
	});
	lifecycleTests(harness);
	streamsTests(harness);
	storesTests(harness);
	elsewhereTests(harness);
	crashTests(harness);
});
