import {execFileSync} from 'node:child_process';
import {type TestContext} from 'node:test';
import {spawnPty, type Pty} from '../../helpers/pty.ts';
import {stateOf} from './processes.ts';

const node = process.execPath;
const register = new URL('../../helpers/register.ts', import.meta.url).pathname;
const app = new URL('../../fixtures/terminal/app.tsx', import.meta.url).pathname;

/**
Starts the fixture from a shell that says `before` first and, when it is over, its exit code and the terminal's modes;
with `FIXTURE_GO` not before there is a file of that name.
*/
export async function startApp(t: TestContext, env: Readonly<Record<string, string>> = {}): Promise<Pty> {
	const script =
		'echo before; "$0" --import "$1" "$2" 2>/dev/null; code=$?; while [ -n "$FIXTURE_GO" ] && [ ! -e "$FIXTURE_GO" ]; do sleep 0.05; done; echo "code=$code"; stty -a; echo; read -r line; echo "line=$line"';
	const pty = spawnPty({command: 'sh', args: ['-c', script, node, register, app], columns: 100, rows: 24, env});
	t.after(() => pty.close());
	await pty.waitFor('ready 100x24');
	return pty;
}

/** Starts the fixture from an interactive shell with job control. */
export async function startAppInShell(t: TestContext): Promise<Pty> {
	const pty = spawnPty({command: 'bash', args: ['--norc', '--noediting', '-i'], columns: 100, rows: 24, env: {PS1: '> '}});
	t.after(() => pty.close());
	await pty.waitFor('>');
	await pty.type(`'${node}' --import '${register}' '${app}'`);
	await pty.press('enter');
	await pty.waitFor('ready 100x24');
	return pty;
}

/** The process of the fixture under its shell. */
export const appPid = (pty: Pty): number => childOf(pty.pid);

/** The guard is the only child the fixture has while it lends its terminal to nobody. */
export const guardPid = (app: number): number => childOf(app);

export const isRunning = (pid: number): boolean => ![undefined, 'Z'].includes(stateOf(pid));

function childOf(parent: number): number {
	const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], {encoding: 'utf8'}).split('\n');
	const child = rows.map(row => row.trim().split(/ +/).map(Number)).find(([, ppid]) => ppid === parent)?.[0];
	if (child === undefined) {
		throw new Error(`process ${parent} has no child`);
	}

	return child;
}
