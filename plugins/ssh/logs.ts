import {type LogLine, type LogOptions, providerError} from 'cws/sdk';
import {sshArguments} from './connection/arguments.ts';
import {troubleOf} from './connection/trouble.ts';
import {type Machine} from './hosts/machines.ts';
import {type SshState} from './state.ts';

const batchLines = 256;
const longestLine = 65_536;

/** The machine's journal, or the file the person named; with `follow` until the signal aborts. */
export async function* readLogs(
	state: SshState,
	machine: Machine,
	{follow, tail}: LogOptions,
	signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
	const {execa} = await import('execa');
	const reading = execa('ssh', [...sshArguments(machine, state.optionsOf(machine), 'batch'), '--', machine.name, 'sh'], {
		cancelSignal: signal,
		forceKillAfterDelay: 500,
		reject: false,
		buffer: {stdout: false},
		maxBuffer: 65_536,
		env: {LC_ALL: 'C'},
	});
	// Left open: its end is what tells the reader over there that nobody listens any more.
	reading.stdin.on('error', () => undefined);
	reading.stdin.write(logScript(machine.config?.logFile, {follow, tail: Math.min(Math.max(0, Math.trunc(tail)), 100_000)}));
	if (!follow) {
		reading.stdin.end();
	}

	let lines: LogLine[] = [];
	try {
		for await (const text of reading.iterable({from: 'stdout'})) {
			lines.push({stream: 'stdout', text: text.slice(0, longestLine)});
			if (lines.length >= batchLines || follow) {
				yield lines;
				lines = [];
			}
		}
	} catch (error) {
		if (signal.aborted) {
			return;
		}

		throw error;
	}

	if (lines.length > 0) {
		yield lines;
	}

	const done = await reading;
	signal.throwIfAborted();
	const trouble = troubleOf(machine.name, {stdout: '', stderr: done.stderr, code: done.exitCode, isTimedOut: done.timedOut});
	if (trouble !== undefined || done.exitCode !== 0) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `The log of \`${machine.name}\` cannot be read.`,
			cause: trouble?.reason ?? (done.stderr.trim().split('\n').at(-1) || `status ${done.exitCode}`),
			fix: trouble?.fix ?? `set \`logFile\` for it under \`plugins.ssh.hosts\`, or let your user read the journal there`,
		});
	}
}

/** While it follows, the reader runs beside a shell that waits for its input to end, so that nothing is left behind there. */
export function logScript(file: string | undefined, {follow, tail}: LogOptions): string {
	const followFlag = (flag: string) => (follow ? ` ${flag}` : '');
	const ofFile = (path: string) => `tail -n ${tail}${followFlag('-F')} ${path}`;
	const journal = `journalctl --no-pager -q -o short-iso -n ${tail}${followFlag('-f')}`;
	const choose =
		file === undefined
			? [
					// Where no journal is kept, or this user may not read it, journalctl says nothing and is content.
					`if [ -n "$(journalctl --no-pager -q -n 1 2>/dev/null </dev/null)" ]; then set -- ${journal}`,
					`elif [ -r /var/log/syslog ]; then set -- ${ofFile('/var/log/syslog')}`,
					`elif [ -r /var/log/messages ]; then set -- ${ofFile('/var/log/messages')}`,
					`elif [ -r /var/log/system.log ]; then set -- ${ofFile('/var/log/system.log')}`,
					`else echo "no journal and no system log that this user may read" >&2; exit 1; fi`,
				]
			: [`[ -r ${quote(file)} ] || { echo ${quote(`${file} cannot be read`)} >&2; exit 1; }`, `set -- ${ofFile(quote(file))}`];
	const run = follow
		? ['"$@" </dev/null & p=$!', 'while read -r _; do :; done', 'kill $p 2>/dev/null', 'exit 0']
		: ['exec "$@" </dev/null'];
	return [...choose, ...run, ''].join('\n');
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
