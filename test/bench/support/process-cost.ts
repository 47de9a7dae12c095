import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Resident memory of a process in MB. */
export function residentMb(pid: number): number {
	const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
	return Number(kb) / 1024;
}

/** Seconds of processor time a process took so far, with all its threads, without its children. */
export function cpuSeconds(pid: number): number {
	const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
	// The name in parentheses may hold spaces; user and system time are the 14th and 15th field.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

let knownTicks: number | undefined;

const ticksPerSecond = (): number => (knownTicks ??= Number(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'})));
