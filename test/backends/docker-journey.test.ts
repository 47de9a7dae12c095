import {after, test} from 'node:test';
import {crashJourney, journey} from './lib/engine-journey.ts';
import {startBackend} from './lib/start-backend.ts';

const backend = await startBackend('docker');

after(async () => 'skip' in backend || backend[Symbol.asyncDispose]());

test('a container of docker lives its whole life by keyboard', {skip: 'skip' in backend && backend.skip}, async t => {
	if (!('skip' in backend)) {
		await journey(t, backend, async (...args) => backend.run('docker', ...args));
	}
});

test('a docker that is killed while somebody looks comes back by itself', {skip: 'skip' in backend && backend.skip}, async t => {
	if (!('skip' in backend)) {
		await crashJourney(t, backend, {cli: async (...args) => backend.run('docker', ...args), daemon: 'dockerd'});
	}
});
