import {providerError} from 'cws/sdk';

export type Finished = {readonly stdout: string; readonly stderr: string; readonly code: number | undefined; readonly isTimedOut: boolean};

/** Runs the system's ssh and waits for its end; an answer is cut at `outputBytes`. */
export type RunSsh = (request: {
	readonly arguments: readonly string[];
	readonly input?: string;
	readonly signal: AbortSignal;
	readonly timeoutMs: number;
}) => Promise<Finished>;

const outputBytes = 1_048_576;

export const runSsh: RunSsh = async ({arguments: args, input, signal, timeoutMs}) => {
	const {execa} = await import('execa');
	const done = await execa('ssh', args, {
		...(input === undefined ? {stdin: 'ignore'} : {input}),
		cancelSignal: signal,
		timeout: timeoutMs,
		forceKillAfterDelay: 500,
		maxBuffer: outputBytes,
		reject: false,
		stripFinalNewline: false,
		env: {LC_ALL: 'C'},
	});
	signal.throwIfAborted();
	if (done.failed && (done as {code?: string}).code === 'ENOENT') {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: 'The program `ssh` is not installed.',
			cause: 'it is not on the PATH',
			fix: 'install the OpenSSH client',
		});
	}

	return {stdout: done.stdout, stderr: done.stderr, code: done.exitCode, isTimedOut: done.timedOut};
};
