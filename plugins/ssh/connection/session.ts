import {type Finished} from './run.ts';

/** One `sh` on a machine that stays open, so that a look costs no new program on either side. */
export type Session = {
	/** Writes lines to the shell and waits for the line `end`; its output until then, or how the session ended instead. */
	readonly ask: (lines: string, end: string, options: {readonly signal: AbortSignal; readonly timeoutMs: number}) => Promise<Reply>;
	readonly close: () => void;
	readonly isOpen: () => boolean;
};

export type Reply = {readonly output: string} | {readonly ended: Finished};

/** Starts `ssh … sh` with these arguments. */
export type OpenSession = (args: readonly string[]) => Promise<Session>;

const mostOutput = 1_048_576;
const mostErrors = 16_384;

export const openSession: OpenSession = async args => {
	const {execa} = await import('execa');
	const running = execa('ssh', args, {buffer: false, reject: false, forceKillAfterDelay: 500, env: {LC_ALL: 'C'}});
	let output = '';
	let errors = '';
	let finished: Finished | undefined;
	let notice = () => {};
	running.stdin.on('error', () => undefined);
	running.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
		if (output.length > mostOutput) {
			running.kill('SIGKILL');
		}

		notice();
	});
	running.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors = (errors + text).slice(-mostErrors);
	});
	void running.then(done => {
		finished = {stdout: output, stderr: errors || (done.originalMessage ?? ''), code: done.exitCode, isTimedOut: false};
		notice();
	});

	return {
		isOpen: () => finished === undefined,
		close() {
			running.stdin.end();
			running.kill();
		},
		async ask(lines, end, {signal, timeoutMs}) {
			output = '';
			running.stdin.write(lines);
			const deadline = AbortSignal.timeout(timeoutMs);
			const over = AbortSignal.any([signal, deadline]);
			try {
				for (;;) {
					const at = output.indexOf(`${end}\n`);
					if (at !== -1) {
						return {output: output.slice(0, at + end.length + 1)};
					}

					if (finished !== undefined) {
						return {ended: finished};
					}

					await new Promise<void>((resolve, reject) => {
						notice = resolve;
						over.addEventListener('abort', () => reject(over.reason as Error), {once: true});
					});
				}
			} catch (error) {
				// What comes now would be the answer to an old question.
				running.kill();
				signal.throwIfAborted();
				if (deadline.aborted) {
					return {ended: {stdout: output, stderr: errors, code: undefined, isTimedOut: true}};
				}

				throw error;
			}
		},
	};
};
