import {basename} from 'node:path';
import {failure, FailureError} from '../../core/failure/failure.ts';
import {type ExecPermission, type PermissionSet} from '../../core/manifest/permissions.ts';
import {fillArguments} from '../../core/permissions/argv.ts';
import {type CommandPaths} from '../../core/permissions/describe.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginPorts} from '../../core/ports/plugin-ports.ts';
import {type Capabilities, type CapabilityCall, type ExecItem} from './capability.ts';
import {redactInTurns, textItems} from './chunk-body.ts';
import {type BrokerLimits} from './limits.ts';
import {type LiveRedactor} from './live-redactor.ts';
import {createPace} from './pace.ts';
import {type Attention} from './person.ts';
import {readRecord, readText} from './read-arguments.ts';
import {denied} from './refusals.ts';

/** What programs need to work at all. Anything else the plugin has to ask for as `env`. */
const passed = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LANGUAGE', 'TZ', 'TERM', 'TMPDIR', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR'];

export type CommandOptions = {
	readonly plugin: string;
	readonly granted: PermissionSet;
	readonly ports: Pick<PluginPorts, 'exec' | 'ui' | 'environment'>;
	/** Absolute, of the commands that were there when they were allowed. */
	readonly paths: CommandPaths;
	/** Where programs run: the plugin's own folder. */
	readonly directory: string;
	readonly attention: Attention;
	readonly redactor: LiveRedactor;
	readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
	readonly limits: BrokerLimits;
};

/** `exec.run` and `exec.interactive`: the granted command lines, with the parameters in their places. */
export function createCommands({
	plugin,
	granted,
	ports,
	paths,
	directory,
	attention,
	redactor,
	clock,
	limits,
}: CommandOptions): Capabilities {
	const entries = new Map((granted.exec ?? []).map(entry => [entry.id, entry]));
	const files = new Map<string, Promise<string | undefined>>();
	const pace = createPace({clock, atOnce: limits.execAtOnce, perSecond: limits.requestsPerSecond});
	const environment = environmentOf(granted, ports.environment);

	async function prepare(args: readonly unknown[]) {
		const id = readText(args[0], 'id', 100);
		const entry = entries.get(id);
		if (entry === undefined) {
			throw denied(`\`${plugin}\` has no command \`${id}\`.`);
		}

		const filled = fillArguments(entry.args, readRecord(args[1], 'params'), ports.exec.matches);
		if ('problem' in filled) {
			throw denied(`\`${plugin}\` may not run \`${id}\` like this.`, filled.problem);
		}

		return {entry, request: {file: await fileOf(entry), args: filled.args, environment, directory}};
	}

	/** As it was allowed, or found once: what comes into PATH later is something else. */
	async function fileOf({command}: ExecPermission): Promise<string> {
		const found = files.get(command) ?? ports.exec.resolve(Object.hasOwn(paths, command) ? paths[command]! : command);
		files.set(command, found);
		const file = await found;
		if (file === undefined) {
			files.delete(command);
			throw new FailureError(
				failure('CWS_COMMAND_NOT_FOUND', {message: `\`${basename(command)}\`, which \`${plugin}\` wants to run, is not installed.`}),
			);
		}

		return file;
	}

	const hasTty = [...entries.values()].some(({tty}) => tty === true);
	return {...(entries.size > 0 && {'exec.run': run}), ...(hasTty && {'exec.interactive': interactive})};

	async function* run(args: readonly unknown[], {signal, deadlineMs = Infinity}: CapabilityCall): AsyncGenerator<ExecItem> {
		const {request} = await prepare(args);
		const {stdin} = readRecord(args[2], 'options');
		const input = stdin === undefined ? undefined : readText(stdin, 'stdin', limits.stdinLength);
		const leave = await pace.enter(signal);
		try {
			const {code, stdout, stderr} = await ports.exec.run({
				...request,
				...(input !== undefined && {stdin: input}),
				timeoutMs: Math.min(limits.execMs, deadlineMs),
				maxBytes: limits.execBytes,
				signal,
			});
			for (const {text} of textItems(await clean(stdout), limits.itemLength)) {
				yield {stdout: text};
			}

			for (const {text} of textItems(await clean(stderr), limits.itemLength)) {
				yield {stderr: text};
			}

			yield {code};
		} finally {
			leave();
		}
	}

	async function interactive(args: readonly unknown[], {signal}: CapabilityCall): Promise<{readonly code: number}> {
		const {entry, request} = await prepare(args);
		if (entry.tty !== true) {
			throw denied(`\`${plugin}\` may not run \`${entry.id}\` on your terminal.`);
		}

		const lend = ports.ui?.lendTerminal;
		if (lend === undefined) {
			throw new FailureError(
				failure('CWS_NO_TTY', {message: `\`${plugin}\` wants to run \`${entry.id}\` on a terminal, and there is none.`}),
			);
		}

		return attention.ask(async () => ({value: await lend({...request, plugin, signal})}));
	}

	// Programs write what they like; a plugin's code reads it as text.
	function clean(bytes: Uint8Array): Promise<string> {
		return redactInTurns(new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes), redactor.redact);
	}
}

function environmentOf({env = []}: PermissionSet, all: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
	const names = [
		...passed,
		...Object.keys(all).filter(name => name.startsWith('LC_')),
		...env.filter(({as}) => as === undefined).map(({name}) => name),
	];
	return Object.fromEntries(
		names.flatMap(name => {
			const value = all[name];
			return value === undefined ? [] : [[name, value]];
		}),
	);
}
