import {exitCodes, type ExitCode} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {openUrl, runOnTerminal} from '../../platform/exec.ts';
import {startGuard} from '../../platform/guard.ts';
import {carrySession} from '../../platform/terminal/carry-session.ts';
import {type Verb} from '../shared/verb.ts';
import {findResource} from '../shared/with-inventory.ts';

export const connect: Verb = {
	name: 'connect',
	usage: 'REF [-- COMMAND …]',
	short: 'a shell in a resource, or one command there',
	minimum: 1,
	maximum: 1,
	examples: ['cws connect web-1', 'cws connect web-1 -- ls -l'],
	async run(context) {
		const {print, rest, signal} = context;
		const {engine, found} = await findResource(context, context.input[0]!);
		if (!found.ok) {
			return print.failure(found.error);
		}

		if (rest.length === 0 && !context.isInteractive) {
			return print.failure(
				failure('CWS_NO_TTY', {message: 'A shell needs a terminal.', fix: `cws connect ${found.value.name} -- COMMAND`}),
			);
		}

		const connection = await engine.connect(found.value.ref, {...(rest.length > 0 && {command: rest}), signal});
		if (!connection.ok) {
			return print.failure(connection.error);
		}

		if (connection.value.kind === 'url') {
			const opened = await openUrl(connection.value.url);
			if (!opened.ok) {
				return print.failure(opened.error);
			}

			print.line(connection.value.url);
			return exitCodes.done;
		}

		const {value} = connection;
		const ended =
			value.kind === 'exec'
				? await runOnTerminal(value)
				: await carryOnTerminal(session => engine.attach(found.value.ref, {...session, ...(rest.length > 0 && {command: rest})}));
		// The exit code of what ran there is what a script wants.
		return ended.ok ? (ended.value.exitCode as ExitCode) : print.failure(ended.error);
	},
};

/** A session of our own process: nobody else would give the terminal back when it is ended from outside. */
async function carryOnTerminal(open: Parameters<typeof carrySession>[1]): ReturnType<typeof carrySession> {
	const guard = process.stdin.isTTY && process.stdout.isTTY ? startGuard() : undefined;
	return carrySession(
		{
			stdin: process.stdin,
			stdout: process.stdout,
			...(guard && {guard}),
			onTermination(listener) {
				const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
				for (const name of signals) {
					process.on(name, listener);
				}

				return () => {
					for (const name of signals) {
						process.off(name, listener);
					}
				};
			},
		},
		open,
	);
}
