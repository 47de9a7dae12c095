import {spawn} from 'node:child_process';

/** Milliseconds a command takes from start to end, its output thrown away. */
export async function timeRun(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
	const {promise, resolve, reject} = Promise.withResolvers<number>();
	const startedAt = performance.now();
	const child = spawn(command, args, {env, stdio: ['ignore', 'ignore', 'ignore']});
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
