import {type ChildProcess} from 'node:child_process';
import {constants} from 'node:fs';
import {access, stat} from 'node:fs/promises';
import {delimiter, isAbsolute, join} from 'node:path';
import {failure, FailureError} from '../../core/failure/failure.ts';
import {type ExecPort, type ExecRequest} from '../../core/ports/plugin-ports.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {matchesPattern} from './match-pattern.ts';

/** A group that does not end when asked is killed after so long. */
const killAfterMs = 1000;

/** Runs the command lines plugins were granted. */
export function createCommandRunner(environment: Readonly<Record<string, string | undefined>>): ExecPort {
	const running = new Set<Running>();
	return {
		resolve: command => findCommand(command, environment['PATH'] ?? ''),
		run: request => runCommand(request, running),
		close() {
			for (const program of running) {
				program.kill('SIGKILL');
			}
		},
		matches: matchesPattern,
	};
}

/** Relative directories of PATH are left out: what they lead to depends on where cws was started. */
async function findCommand(command: string, path: string): Promise<string | undefined> {
	if (isAbsolute(command)) {
		return (await isProgram(command)) ? command : undefined;
	}

	if (command === '' || command.includes('/') || command.includes('\0')) {
		return undefined;
	}

	for (const directory of path.split(delimiter).filter(directory => isAbsolute(directory))) {
		const file = join(directory, command);
		if (await isProgram(file)) {
			return file;
		}
	}

	return undefined;
}

async function isProgram(file: string): Promise<boolean> {
	try {
		await access(file, constants.X_OK);
		return (await stat(file)).isFile();
	} catch {
		return false;
	}
}

type Running = {readonly kill: (signal: 'SIGKILL') => boolean};

async function runCommand(
	{file, args, environment, directory, stdin, timeoutMs, maxBytes, signal}: ExecRequest,
	all: Set<Running>,
): Promise<Awaited<ReturnType<ExecPort['run']>>> {
	// Loaded when a plugin runs its first program.
	const {execa} = await import('execa');
	const running = execa(file, args, {
		shell: false,
		preferLocal: false,
		extendEnv: false,
		env: environment,
		cwd: directory,
		...(stdin === undefined ? {stdin: 'ignore' as const} : {input: stdin}),
		encoding: 'buffer',
		stripFinalNewline: false,
		maxBuffer: maxBytes,
		timeout: Math.max(1, Math.ceil(timeoutMs)),
		cancelSignal: signal,
		killDescendants: true,
		forceKillAfterDelay: killAfterMs,
		reject: false,
	});
	const stopLeaving = leaveAfter(running.nodeChildProcess, timeoutMs, signal);
	all.add(running);
	const result = await running;
	all.delete(running);
	stopLeaving();
	// What it left behind in the background goes with it.
	running.kill('SIGKILL');
	if (signal.aborted) {
		throw signal.reason;
	}

	const name = safeText(file);
	if (result.isMaxBuffer) {
		throw new FailureError(failure('CWS_PLUGIN_QUOTA', {message: `\`${name}\` wrote too much.`, cause: `more than ${maxBytes} bytes`}));
	}

	if (result.timedOut) {
		throw new FailureError(
			failure('CWS_COMMAND_FAILED', {
				message: `\`${name}\` took too long and was stopped.`,
				cause: `it had ${Math.round(timeoutMs / 100) / 10} s`,
			}),
		);
	}

	if (result.exitCode === undefined && result.signal === undefined) {
		throw new FailureError(
			failure(result.code === 'ENOENT' ? 'CWS_COMMAND_NOT_FOUND' : 'CWS_COMMAND_FAILED', {
				message: `\`${name}\` could not be started.`,
				...(result.originalMessage && {cause: safeText(result.originalMessage)}),
			}),
		);
	}

	return {code: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr};
}

/** A descendant that made itself a session of its own outlives the group and may hold the output open; nobody waits for it. */
function leaveAfter({stdout, stderr}: Pick<ChildProcess, 'stdout' | 'stderr'>, timeoutMs: number, signal: AbortSignal): () => void {
	const leave = () => {
		stdout?.destroy();
		stderr?.destroy();
	};
	const late = setTimeout(leave, timeoutMs + 2 * killAfterMs);
	let cancelled: NodeJS.Timeout | undefined;
	const onAbort = () => {
		cancelled = setTimeout(leave, 2 * killAfterMs);
	};
	signal.addEventListener('abort', onAbort, {once: true});
	return () => {
		clearTimeout(late);
		clearTimeout(cancelled);
		signal.removeEventListener('abort', onAbort);
	};
}
