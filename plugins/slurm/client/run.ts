import {join} from 'node:path';
import {providerError} from 'cws/sdk';
import {type ClusterPlace} from '../cluster/find-clusters.ts';
import {trouble} from './trouble.ts';

const questionMs = 30_000;
const outputBytes = 256 * 1_048_576;

type RunOptions = {
	/** What a failure says could not be done. */
	readonly doing: string;
	readonly signal: AbortSignal;
	readonly input?: string;
	readonly timeoutMs?: number;
	readonly cwd?: string;
	/** Takes what it prints as it comes; nothing of it is kept then. */
	readonly take?: (chunk: Buffer) => void;
};

/** Runs a program of Slurm and gives what it printed. */
export type Run = (command: string, args: readonly string[], options: RunOptions) => Promise<string>;

export const programOf =
	({config}: ClusterPlace) =>
	(command: string): string =>
		config.bin === undefined ? command : join(config.bin, command);

export const elsewhereOf = ({config}: ClusterPlace): readonly string[] => (config.cluster === undefined ? [] : ['-M', config.cluster]);

export const environmentOf = ({config}: ClusterPlace): Readonly<Record<string, string>> =>
	config.conf === undefined ? {} : {SLURM_CONF: config.conf};

export function createRun(place: ClusterPlace): Run {
	const {name, config} = place;
	const program = programOf(place);
	return async (command, args, {doing, signal, input, timeoutMs = questionMs, cwd, take}) => {
		const {execa} = await import('execa');
		const running = execa(program(command), [...elsewhereOf(place), ...args], {
			...(input === undefined ? {stdin: 'ignore'} : {input}),
			...(cwd !== undefined && {cwd}),
			cancelSignal: signal,
			timeout: timeoutMs,
			forceKillAfterDelay: 500,
			maxBuffer: outputBytes,
			buffer: {stdout: take === undefined},
			reject: false,
			stripFinalNewline: false,
			env: {...environmentOf(place), LC_ALL: 'C'},
		});
		if (take !== undefined) {
			running.stdout.on('data', take);
		}

		const done = await running;
		signal.throwIfAborted();
		if (done.failed && (done as {code?: string}).code === 'ENOENT') {
			throw providerError('CWS_PROVIDER_UNAVAILABLE', {
				message: `The program \`${command}\` of \`${name}\` cannot be started.`,
				cause: config.bin === undefined ? 'it is not on the PATH' : `it is not in ${config.bin}`,
				fix: `set \`plugins.slurm.clusters.${name}.bin\`, or its \`url\` to use slurmrestd`,
			});
		}

		if (done.timedOut) {
			throw trouble(doing, `connection timed out: ETIMEDOUT after ${timeoutMs / 1000} s`, name);
		}

		if (done.exitCode !== 0) {
			const said = done.stderr === '' ? (done.stdout ?? '') : done.stderr;
			throw trouble(doing, said === '' && done.signal !== undefined ? `\`${command}\` was ended by ${done.signal}` : said, name);
		}

		return done.stdout ?? '';
	};
}
