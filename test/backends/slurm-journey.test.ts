import {after, test} from 'node:test';
import {startBackend} from './lib/start-backend.ts';
import {crashJourney, journey} from './slurm/journey.ts';

const backend = await startBackend('slurm');

after(async () => 'skip' in backend || backend[Symbol.asyncDispose]());

test('a job of Slurm lives its whole life by keyboard', {skip: 'skip' in backend && backend.skip}, async t => {
	if (!('skip' in backend)) {
		await journey(t, backend);
	}
});

test('a slurmctld that is killed while somebody looks comes back by itself', {skip: 'skip' in backend && backend.skip}, async t => {
	if (!('skip' in backend)) {
		await crashJourney(t, backend);
	}
});
