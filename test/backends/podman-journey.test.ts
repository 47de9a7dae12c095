import {after, test} from 'node:test';
import {crashJourney, journey} from './lib/engine-journey.ts';
import {startBackend} from './lib/start-backend.ts';

const backend = await startBackend('podman');

after(async () => 'skip' in backend || backend[Symbol.asyncDispose]());

test('a container of podman lives its whole life by keyboard', {skip: 'skip' in backend && backend.skip}, async t => {
	if (!('skip' in backend)) {
		await journey(t, backend, async (...args) => backend.run('podman', ...args));
	}
});

test('a podman that is killed while somebody looks comes back by itself', {skip: 'skip' in backend && backend.skip}, async t => {
	if (!('skip' in backend)) {
		await crashJourney(t, backend, {cli: async (...args) => backend.run('podman', ...args), daemon: 'podman'});
	}
});
