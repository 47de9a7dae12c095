import {after, test} from 'node:test';
import {startBackend} from './lib/start-backend.ts';
import {journey} from './slurm/journey.ts';

const backend = await startBackend('slurm');

after(async () => 'skip' in backend || backend[Symbol.asyncDispose]());

test('a job of Slurm lives its whole life by keyboard', {skip: 'skip' in backend && backend.skip}, async t => {
	if (!('skip' in backend)) {
		await journey(t, backend);
	}
});
