// A program that is killed while its operation runs: opens the database, saves one operation and waits.
import {ownProcess} from '../../../source/platform/process.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {openStore} from '../../../source/platform/store/open-store.ts';
import {operation, workerUrl} from './open-test-store.ts';

const store = await openStore({file: process.argv[2]!, workerUrl, clock: systemClock, ...ownProcess()});
await store.claimRecorder();
const outcome = await store.saveOperation(operation('held'));
console.log(outcome.ok ? 'saved' : outcome.error.message);
setInterval(() => {}, 60_000);
