import {exitCodes, type ExitCode} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {openUrl, runOnTerminal} from '../../platform/exec.ts';
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

		if (connection.value.kind === 'stream') {
			return print.failure(failure('CWS_NOT_SUPPORTED', {message: 'This provider carries the session itself.'}));
		}

		const ended = await runOnTerminal(connection.value);
		// The exit code of what ran there is what a script wants.
		return ended.ok ? (ended.value.exitCode as ExitCode) : print.failure(ended.error);
	},
};
