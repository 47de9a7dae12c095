import {after, before, suite} from 'node:test';
import {publishApp, pullTests} from './lib/engine-pull.ts';
import {startRegistry} from './lib/registry.ts';
import {startBackend} from './lib/start-backend.ts';

const registry = await startRegistry();
const doors = 'skip' in registry ? '' : [registry.open, registry.slow, registry.closed].join(' ');
const backend = 'skip' in registry ? registry : await startBackend('docker', {BK_INSECURE_REGISTRIES: doors});

after(async () => {
	for (const started of [backend, registry]) {
		if (!('skip' in started)) {
			await started[Symbol.asyncDispose]();
		}
	}
});

suite('docker and a registry', {skip: 'skip' in backend && backend.skip}, () => {
	if ('skip' in registry || 'skip' in backend) {
		return;
	}

	const pulling = {engine: 'docker', backend, registry} as const;
	before(async () => publishApp(pulling));
	pullTests(pulling);
});
