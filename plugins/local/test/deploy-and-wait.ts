// Deploys into the given directory, says so and stays, to be killed by the test.
import {localForTest} from './local-for-test.ts';

const local = localForTest({}, process.argv[2]);
await local.deploy('survivor', {command: "trap 'exit 7' USR1; while :; do sleep 0.05; done"});
process.stdout.write('deployed\n');
setInterval(() => undefined, 60_000);
