import {after, suite} from 'node:test';
import {crashTests} from './lib/engine-crash.ts';
import {elsewhereTests} from './lib/engine-elsewhere.ts';
import {startEngineHarness} from './lib/engine-harness.ts';
import {lifecycleTests} from './lib/engine-lifecycle.ts';
import {storesTests} from './lib/engine-stores.ts';
import {streamsTests} from './lib/engine-streams.ts';
import {startBackend} from './lib/start-backend.ts';

const backend = await startBackend('docker');
const harness =
	'skip' in backend
		? backend
		: await startEngineHarness({
				backend,
				cli: async (...args) => backend.run('docker', ...args),
				daemon: 'dockerd',
				engine: /^main: Docker \d+\.\d+.*, API 1\.\d+, [\d.]+ ms$/,
				containersDie: true,
				makesFolders: false,
			});

suite('docker', {skip: 'skip' in harness && harness.skip}, () => {
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
