import {spawn, type ChildProcess} from 'node:child_process';
import {tmpdir} from 'node:os';
import {type TestContext} from 'node:test';
import {bin} from './start-cws.ts';

export type Ran = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

export type RunOptions = {
	readonly home: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	/** What it reads; nothing otherwise. */
	readonly input?: string;
	/** Run before it, with the command behind: `['nice']`. */ readonly prefix?: readonly string[];
};

/** Runs the built `cws` as a script does: no terminal, nothing to read, the answer when it ended. */
export async function runCws(args: readonly string[], options: RunOptions): Promise<Ran> {
	const child = spawnCws(args, options);
	const {promise, resolve} = Promise.withResolvers<number | null>();
	let stdout = '';
	let stderr = '';
	child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	child.on('close', resolve);
	return {code: await promise, stdout, stderr};
}

/** A `cws` that goes on running, for `logs -f`; it ends with the test. */
export function followCws(t: TestContext, args: readonly string[], options: RunOptions) {
	const child = spawnCws(args, options);
	t.after(() => child.kill('SIGKILL'));
	let stdout = '';
	let stderr = '';
	child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	const ended = new Promise<number | null>(resolve => {
		child.on('close', resolve);
	});
	return {output: () => stdout, errors: () => stderr, kill: (signal: NodeJS.Signals) => child.kill(signal), ended};
}

/** The object that `--json` printed, taken for what the test says it is. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const jsonOf = <Value = Record<string, unknown>>({stdout, stderr}: Ran): Value => {
	try {
		return JSON.parse(stdout) as Value;
	} catch (error) {
		throw new Error(`not JSON:\n${stdout}\n${stderr}`, {cause: error});
	}
};

function spawnCws(args: readonly string[], {home, env, cwd = tmpdir(), input, prefix = []}: RunOptions): ChildProcess {
	const [command = '', ...rest] = [...prefix, process.execPath, bin, ...args];
	const child = spawn(command, rest, {
		stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
		cwd,
		env: {PATH: process.env['PATH'], HOME: home, TERM: 'xterm-256color', TZ: 'UTC', SHELL: '/bin/sh', CWS_HOME: home, ...env},
	});
	child.stdin?.end(input);
	return child;
}
