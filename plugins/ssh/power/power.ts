import {type CallContext, type OperationResult, type PlanLine, providerError} from 'cws/sdk';
import {sshArguments} from '../connection/arguments.ts';
import {troubleOf} from '../connection/trouble.ts';
import {type Machine} from '../hosts/machines.ts';
import {type SshState} from '../state.ts';
import {wake} from './wake.ts';

const commandMs = 45_000;

/** Starts a machine the way the person set: by a command of theirs, else by waking its network card. */
export async function start({name, config}: Machine, {signal, progress}: CallContext): Promise<OperationResult> {
	if (config?.startCommand !== undefined) {
		progress({message: `runs \`${config.startCommand}\``});
		await runHere(config.startCommand, name, signal);
		return {status: 'started', id: name};
	}

	if (config?.mac !== undefined) {
		progress({message: `wakes ${config.mac}`});
		await wake({mac: config.mac, broadcast: config.broadcast ?? '255.255.255.255', port: config.wakePort ?? 9});
		return {status: 'started', id: name, message: 'the wake-up call was sent; nobody confirms one'};
	}

	throw notSet(name, 'startCommand` or `mac');
}

/** Runs the person's command on the machine; that the line drops while it goes down is no failure. */
export async function command(
	state: SshState,
	machine: Machine,
	field: 'stopCommand' | 'restartCommand',
	{signal, progress}: CallContext,
): Promise<OperationResult> {
	const line = machine.config?.[field];
	if (line === undefined) {
		throw notSet(machine.name, field);
	}

	progress({message: `runs \`${line}\` there`});
	const finished = await state.dial(machine, {}, signal, async () =>
		state.run({
			arguments: [...sshArguments(machine, state.optionsOf(machine), 'batch'), '--', machine.name, 'sh'],
			input: `${line}\n`,
			signal,
			timeoutMs: commandMs,
		}),
	);
	const trouble = troubleOf(machine.name, finished);
	// Who shares a connection dies with it without a word; who never came through says why.
	const isCut =
		finished.code === 255 &&
		/^\s*$|closed by remote host|Connection to .* closed|Broken pipe|mux_client|Connection reset/.test(finished.stderr);
	if (trouble !== undefined && !isCut && !finished.isTimedOut) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `\`${machine.name}\` cannot be reached.`,
			cause: trouble.reason,
			...(trouble.fix !== undefined && {fix: trouble.fix}),
		});
	}

	if (trouble === undefined && finished.code !== 0) {
		throw refused(`\`${line}\` failed on \`${machine.name}\` (status ${finished.code}).`, finished.stderr);
	}

	return {status: field === 'stopCommand' ? 'stopped' : 'started', id: machine.name};
}

/** What an action will do, without doing it. */
export function planLines(action: string, {config}: Machine): readonly PlanLine[] {
	switch (action) {
		case 'start': {
			return config?.startCommand === undefined
				? [{label: 'wakes', value: `${config?.mac ?? 'nothing'} through ${config?.broadcast ?? '255.255.255.255'}`}]
				: [{label: 'runs here', value: config.startCommand}];
		}

		case 'stop': {
			return [{label: 'runs there', value: config?.stopCommand ?? 'nothing'}];
		}

		case 'restart': {
			return [{label: 'runs there', value: config?.restartCommand ?? 'nothing'}];
		}

		default: {
			return [];
		}
	}
}

async function runHere(line: string, name: string, signal: AbortSignal): Promise<void> {
	const {execa} = await import('execa');
	const done = await execa('sh', ['-c', line], {
		stdin: 'ignore',
		cancelSignal: signal,
		timeout: commandMs,
		forceKillAfterDelay: 500,
		maxBuffer: 65_536,
		reject: false,
	});
	signal.throwIfAborted();
	if (done.failed) {
		throw refused(
			`The command that starts \`${name}\` failed${done.timedOut ? ': it takes too long' : ` (status ${done.exitCode})`}.`,
			done.stderr,
		);
	}
}

const refused = (message: string, stderr: string) =>
	providerError('CWS_PROVIDER_FAILED', {
		message,
		cause: stderr.trim().split('\n').at(-1) || 'it said nothing',
		fix: 'run the same line by hand',
	});

const notSet = (name: string, field: string) =>
	providerError('CWS_NOT_SUPPORTED', {
		message: `cws does not know how to do that to \`${name}\`.`,
		fix: `set \`${field}\` for it under \`plugins.ssh.hosts\``,
	});
