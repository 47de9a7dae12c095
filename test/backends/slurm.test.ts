import {after, suite} from 'node:test';
import {startBackend} from './lib/start-backend.ts';
import {crashTests} from './slurm/crash.ts';
import {startSlurmHarness} from './slurm/harness.ts';
import {lifecycleTests} from './slurm/lifecycle.ts';
import {restTests} from './slurm/rest.ts';

const backend = await startBackend('slurm');
const harness = 'skip' in backend ? backend : await startSlurmHarness(backend);

suite('slurm', {skip: 'skip' in harness && harness.skip, concurrency: false}, () => {
	if ('skip' in harness || 'skip' in backend) {
		return;
	}

	after(async () => {
		try {
			await harness[Symbol.asyncDispose]();
		} finally {
			await backend[Symbol.asyncDispose]();
		}
	});
	lifecycleTests(harness);
	restTests(harness);
	crashTests(harness);
});
