import {readdirSync, readFileSync} from 'node:fs';
import {createServer, connect} from 'node:net';
import {type TestContext} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {freshHome} from './start-cws.ts';

export type ProcessRow = {readonly pid: number; readonly command: string; /** `R`, `S`, `T`, as `ps` writes it. */ readonly state: string};

/** Every live process that was started out of this home: keepers, workstations and what they started, and cws itself. */
export function processesOf(home: string): readonly ProcessRow[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.flatMap(name => {
			const environment = read(`/proc/${name}/environ`);
			const command = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim();
			const state = stateOf(Number(name));
			return (environment.includes(home) || command.includes(home)) && state !== undefined && state !== 'Z'
				? [{pid: Number(name), command, state}]
				: [];
		});
}

/** The processes of workstations: cws and its guard are not among them. */
export const workstationProcesses = (home: string): readonly ProcessRow[] =>
	processesOf(home).filter(({pid}) => read(`/proc/${pid}/environ`).includes('CWS_WORKSTATION_RUN='));

/** The state of a process as `ps` writes it; undefined when there is none. */
export const stateOf = (pid: number): string | undefined => /^.*\) (\S)/s.exec(read(`/proc/${pid}/stat`))?.[1];

/** A home whose processes are all killed when the test is over, whatever it left behind. */
export function homeWithProcesses(t: TestContext): string {
	const home = freshHome(t);
	t.after(async () => {
		for (let left = processesOf(home); left.length > 0; left = processesOf(home)) {
			for (const {pid} of left) {
				try {
					process.kill(pid, 'SIGKILL');
				} catch {
					// It went by itself.
				}
			}

			await delay(10);
		}
	});
	return home;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
	const server = createServer();
	const {promise, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	const {port} = server.address() as {readonly port: number};
	await new Promise(closed => server.close(closed));
	return port;
}

/** Whether something answers on a port of this machine. */
export async function answers(port: number): Promise<boolean> {
	const {promise, resolve} = Promise.withResolvers<boolean>();
	const socket = connect(port, '127.0.0.1');
	socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
	const result = await promise;
	socket.destroy();
	return result;
}

/** Waits until something holds in the world outside the screen. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, timeoutMs = 45_000): Promise<void> {
	for (const deadline = performance.now() + timeoutMs; !(await condition()); await delay(20)) {
		if (performance.now() > deadline) {
			throw new Error(`waited ${timeoutMs} ms for ${what}`);
		}
	}
}

function read(file: string): string {
	try {
		return readFileSync(file, 'latin1');
	} catch {
		return '';
	}
}
