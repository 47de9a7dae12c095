import {constants} from 'node:os';
import {setTimeout as delay} from 'node:timers/promises';
import {type Result} from 'execa';
import {failure, type Failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {safeText} from '../core/text/safe-text.ts';

/** A program and its arguments; no shell is ever between. */
export type TerminalCommand = {
	readonly command: string;
	readonly args?: readonly string[];
	/** Added to our own environment. */
	readonly env?: Readonly<Record<string, string>>;
	/** `env` is all it gets. */
	readonly isOwnEnvironment?: boolean;
	readonly cwd?: string;
};

// While a child has the terminal these keys are for it, but the kernel sends them to the whole group.
const keyboardSignals = ['SIGINT', 'SIGQUIT'] as const;
// Of two signals that wait, another thread may hand on the later one first: that the child is dead is heard before what killed it.
const lateSignalMs = 1000;
let borrowers = 0;
// An opener without a desktop ends at once with an error; a browser it became runs on.
const openerGraceMs = 2000;

/** Whether a child has the terminal, or had it a moment ago: an interrupt is meant for it and not for us. */
export const isInterruptForChild = (): boolean => borrowers > 0;

/**
Gives our terminal to a program and waits until it ends. The caller has suspended the screen and the input before.
Ends with the program's exit code, or 128 and the signal as a shell says it; a failure is only that it did not start.
*/
export async function runOnTerminal({
	command,
	args = [],
	env,
	isOwnEnvironment = false,
	cwd,
}: TerminalCommand): Promise<Outcome<{readonly exitCode: number}>> {
	const ignore = () => {};
	borrowers++;
	for (const name of keyboardSignals) {
		process.on(name, ignore);
	}

	try {
		const {execa} = await import('execa');
		const result = await execa(command, args, {
			stdio: 'inherit',
			reject: false,
			extendEnv: !isOwnEnvironment,
			...(env !== undefined && {env}),
			...(cwd !== undefined && {cwd}),
		});
		const {exitCode, signal} = result;
		if (exitCode !== undefined) {
			return ok({exitCode});
		}

		return signal === undefined ? failed(failureOf(command, result)) : ok({exitCode: 128 + constants.signals[signal]});
	} finally {
		setTimeout(() => {
			borrowers--;
			for (const name of keyboardSignals) {
				process.off(name, ignore);
			}
		}, lateSignalMs).unref();
	}
}

/** Opens a web address in the person's browser. Nothing but http and https: a link from a provider may name any program. */
export async function openUrl(
	url: string,
	environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Outcome<void>> {
	const address = URL.canParse(url) ? new URL(url) : undefined;
	if (address === undefined || !['http:', 'https:'].includes(address.protocol)) {
		return failed(
			failure('CWS_NOT_SUPPORTED', {message: `\`${safeText(url)}\` is no web address.`, fix: 'Only http and https are opened.'}),
		);
	}

	const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
	const {execa} = await import('execa');
	// The browser outlives us and gets none of our streams.
	const running = execa(command, [address.href], {
		stdio: 'ignore',
		detached: true,
		cleanup: false,
		reject: false,
		env: environment,
		extendEnv: false,
	});
	running.nodeChildProcess.unref();
	const grace = new AbortController();
	const result = await Promise.race([running, delay(openerGraceMs, undefined, {signal: grace.signal}).catch(() => {})]);
	grace.abort();
	return result?.failed ? failed({...failureOf(command, result), fix: `Open it yourself: ${safeText(address.href)}`}) : ok(undefined);
}

function failureOf(command: string, {code, exitCode, originalMessage}: Result): Failure {
	const name = safeText(command);
	if (code === 'ENOENT') {
		return failure('CWS_COMMAND_NOT_FOUND', {message: `\`${name}\` is not installed, or its directory does not exist.`});
	}

	return exitCode === undefined
		? failure('CWS_COMMAND_FAILED', {
				message: `\`${name}\` could not be started.`,
				...(originalMessage && {cause: safeText(originalMessage)}),
			})
		: failure('CWS_COMMAND_FAILED', {message: `\`${name}\` failed with exit code ${exitCode}.`});
}
