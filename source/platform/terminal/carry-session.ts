import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type TerminalInput, type TerminalOutput} from '../../core/plugin.ts';
import {type TerminalGuard} from '../guard.ts';
import {type TerminalStdin} from './terminal-input.ts';
import {createTypedInput} from './typed-input.ts';

export type SessionTerminal = {
	readonly stdin: TerminalStdin;
	readonly stdout: NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number};
	/** Resets the terminal if we are killed meanwhile; started by the caller, who also ends its duty. */
	readonly guard?: TerminalGuard;
	/** Calls back when the process is asked to end; returns the unsubscription. */
	readonly onTermination?: (listener: () => void) => () => void;
};

export type Session = {
	/** 80 × 24 where there is no terminal. */
	readonly columns: number;
	readonly rows: number;
	/** False for bytes in and out without a terminal: a pipe. */
	readonly isTerminal: boolean;
	readonly input: AsyncIterable<TerminalInput>;
	readonly signal: AbortSignal;
};

/** As ssh has it: a new line, then `~.` */
const escapeKeys = /[\r\n]~\.$/;

/**
Lends the terminal to a session whose bytes somebody else carries: raw keys go in, what comes out is written as it is.
Ends when the session does, when its input ends, or with enter, `~`, `.` when nothing answers any more; gives the terminal back in any case.
*/
export async function carrySession(
	{stdin, stdout, guard, onTermination}: SessionTerminal,
	open: (session: Session) => AsyncIterable<Outcome<readonly TerminalOutput[]>>,
): Promise<Outcome<{readonly exitCode: number}>> {
	const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
	const controller = new AbortController();
	const abort = () => controller.abort();
	let typed = '\r';
	const input = createTypedInput(stdin, bytes => {
		typed = (typed + Buffer.from(bytes.subarray(-3)).toString('latin1')).slice(-3);
		if (isTerminal && escapeKeys.test(typed)) {
			abort();
		}

		return controller.signal.aborted;
	});
	const onResize = () => input.resized(sizeOf(stdout));
	const offTermination = onTermination?.(abort);
	if (isTerminal) {
		guard?.arm();
		stdin.setRawMode?.(true);
		stdout.on('resize', onResize);
	}

	try {
		let exitCode = 0;
		const {signal} = controller;
		for await (const chunk of open({...sizeOf(stdout), isTerminal, input: input.items, signal})) {
			if (!chunk.ok) {
				return signal.aborted ? ok({exitCode: 130}) : failed(chunk.error);
			}

			for (const item of chunk.value) {
				exitCode = (await write(stdout, item, signal)) ?? exitCode;
			}
		}

		return ok({exitCode: controller.signal.aborted ? 130 : exitCode});
	} finally {
		offTermination?.();
		input.end();
		if (isTerminal) {
			stdout.off('resize', onResize);
			setCooked(stdin);
			guard?.disarm();
		}
	}
}

/** Writes what came, as fast as the terminal takes it; the exit code when it is one. Anything else is passed over. */
async function write(stdout: NodeJS.WritableStream, item: TerminalOutput, signal: AbortSignal): Promise<number | undefined> {
	const {data, exitCode} = (item ?? {}) as {readonly data?: unknown; readonly exitCode?: unknown};
	if (typeof data === 'string' && !stdout.write(Buffer.from(data, 'base64')) && !signal.aborted) {
		await new Promise<void>(resolve => {
			const go = () => {
				stdout.off('drain', go);
				signal.removeEventListener('abort', go);
				resolve();
			};

			stdout.on('drain', go);
			signal.addEventListener('abort', go, {once: true});
		});
	}

	return typeof exitCode === 'number' && Number.isInteger(exitCode) && exitCode >= 0 && exitCode <= 255 ? exitCode : undefined;
}

const sizeOf = ({columns = 80, rows = 24}: SessionTerminal['stdout']) => ({columns, rows});

// The terminal may be gone by now.
function setCooked(stdin: TerminalStdin): void {
	try {
		stdin.setRawMode?.(false);
	} catch {}
}
