import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {spawnPty, type Pty} from '../../helpers/pty.ts';

export type StartOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** A `CWS_HOME` to share between runs; a fresh one otherwise. */
	readonly home?: string;
	/** The folder it is started in; a place without plugins otherwise. */
	readonly cwd?: string;
	/** Another installation of cws, see `copyCws`. */
	readonly bin?: string;
};

/** The launcher of this checkout. */
export const bin = new URL('../../../bin/cws.cjs', import.meta.url).pathname;

/** Runs the built `cws` in a pseudo-terminal with a home of its own; both go with the test. */
export function startCws(
	t: TestContext,
	args: readonly string[] = [],
	{home = freshHome(t), bin: launcher = bin, env, cwd = tmpdir(), ...size}: StartOptions = {},
): Pty {
	const pty = spawnPty({command: process.execPath, args: [launcher, ...args], env: {CWS_HOME: home, ...env}, cwd, ...size});
	t.after(() => pty.close());
	return pty;
}

/** A directory for `CWS_HOME` that goes with the test. */
export function freshHome(t: TestContext): string {
	const home = mkdtempSync(path.join(tmpdir(), 'cws-e2e-'));
	t.after(() => {
		rmSync(home, {recursive: true, force: true});
	});
	return home;
}
