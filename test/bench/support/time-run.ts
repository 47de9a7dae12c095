import {spawn} from 'node:child_process';
import {tmpdir} from 'node:os';

/** Milliseconds a command takes from start to end, its output thrown away. */
export async function timeRun(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
	const {promise, resolve, reject} = Promise.withResolvers<number>();
	const startedAt = performance.now();
	// A place without plugins of its own, about which the program would say something.
	const child = spawn(command, args, {env, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'ignore']});
	child.once('error', reject);
	child.once('exit', code => {
		if (code === 0) {
			resolve(performance.now() - startedAt);
		} else {
			reject(new Error(`${[command, ...args].join(' ')} ended with ${code}`));
		}
	});
	return promise;
}
