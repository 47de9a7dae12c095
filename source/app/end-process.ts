import {type ExitCode} from '../core/failure/error-codes.ts';
import {type App} from './create-app.ts';

/**
Ends the process with this code within the deadline and a little more. Normal exit waits for every thread, and a plugin may sit in one
that never ends: then nothing but SIGKILL is left, after everything of ours was closed and the terminal given back.
*/
export async function endProcess(app: App, code: ExitCode, {deadlineMs}: {readonly deadlineMs: number}): Promise<never> {
	const {promise: late, resolve} = Promise.withResolvers<'late'>();
	const timer = setTimeout(resolve, deadlineMs + 500, 'late' as const);
	const outcome = await Promise.race([app.close(deadlineMs).catch(() => 'late' as const), late]);
	clearTimeout(timer);
	if (outcome === 'late' || outcome.length > 0) {
		process.exitCode = code;
		process.kill(process.pid, 'SIGKILL');
	}

	process.exit(code);
}
