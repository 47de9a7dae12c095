import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const run = promisify(execFile);
const scripts = fileURLToPath(new URL('../', import.meta.url));
const missingPackages = 69;

/** A real server of the tests' own, on loopback and in a directory of its own. */
export type Backend = {
	readonly directory: string;
	/** What its script says a client needs, for example `DOCKER_HOST`. */
	readonly env: Readonly<Record<string, string>>;
	/** Starts again what died, with the same data. */
	readonly up: () => Promise<void>;
	/** The process of one of its daemons. */
	readonly pid: (daemon: string) => number;
	/** Ends one of its daemons as a crash would. */
	readonly kill: (daemon: string) => void;
	/** Runs a program with the environment of a client, and gives what it printed. */
	readonly run: (program: string, ...args: readonly string[]) => Promise<string>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/**
Starts `<name>-up.sh`, with variables that it reads. Where its packages are not installed the answer is the reason to skip; anything else
that goes wrong is an error.
*/
export async function startBackend(
	name: string,
	settings: Readonly<Record<string, string>> = {},
): Promise<Backend | {readonly skip: string}> {
	const directory = mkdtempSync(join(tmpdir(), `cws-${name}-`));
	const up = async () => {
		await run('bash', [join(scripts, `${name}-up.sh`), directory], {timeout: 120_000, env: {...process.env, ...settings}});
	};

	try {
		await up();
	} catch (error) {
		const {code, stderr} = error as {readonly code?: number; readonly stderr?: string};
		await run('bash', [join(scripts, `${name}-down.sh`), directory, '--purge']).catch(() => {});
		if (code === missingPackages) {
			rmSync(directory, {recursive: true, force: true});
			return {skip: `${name} cannot run here: ${(stderr ?? '').trim().replaceAll('\n', '; ')}`};
		}

		throw new Error(`${name} did not start: ${stderr}`, {cause: error});
	}

	const env = readEnv(join(directory, 'env'));
	const pid = (daemon: string) => {
		const pid = Number(readFileSync(join(directory, 'pid', daemon), 'utf8').split(' ')[0]);
		assert.ok(pid > 1, `${daemon} has no pid`);
		return pid;
	};

	return {
		directory,
		env,
		up,
		pid,
		kill(daemon) {
			process.kill(pid(daemon), 'SIGKILL');
		},
		async run(program, ...args) {
			const {stdout} = await run(program, args, {env: {...process.env, ...env}, maxBuffer: 67_108_864, timeout: 120_000});
			return stdout.trim();
		},
		async [Symbol.asyncDispose]() {
			await run('bash', [join(scripts, `${name}-down.sh`), directory, '--purge'], {timeout: 120_000});
		},
	};
}

/** `KEY='value'` lines, as a shell would read them. */
function readEnv(file: string): Readonly<Record<string, string>> {
	const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
	return Object.fromEntries(
		lines.map(line => {
			const [key = '', ...value] = line.split('=');
			return [
				key,
				value
					.join('=')
					.slice(1, -1)
					.replaceAll(String.raw`'\''`, "'"),
			];
		}),
	);
}
