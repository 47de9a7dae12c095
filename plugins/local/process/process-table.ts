import {existsSync} from 'node:fs';
import {createLinuxProcesses} from './linux-processes.ts';
import {createPsProcesses} from './ps-processes.ts';

export type ProcessRow = {
	readonly pid: number;
	/** One letter: R and S run, T is stopped by a signal, Z is dead. */
	readonly state: string;
	readonly parent: number;
	readonly group: number;
	readonly session: number;
	readonly cpuMs: number;
	readonly nice: number;
	/** The kernel's word for when it started; together with the pid and the boot it names a process for good. */
	readonly startTime: string;
	readonly memoryBytes: number;
};

/** What this plugin asks the system about processes. */
export type ProcessTable = {
	/** Changes when the machine restarts; `-` where the system does not say. */
	readonly bootId: string;
	readonly read: (pid: number) => ProcessRow | undefined;
	readonly readAll: () => readonly ProcessRow[];
	/** Whether the process was started with `NAME=value`; false when that cannot be seen. */
	readonly hasVariable: (pid: number, variable: string) => boolean;
	/** Whether its output goes to this file. */
	readonly writesTo: (pid: number, path: string) => boolean;
	readonly commandOf: (pid: number) => string | undefined;
};

export const hasProc = (): boolean => existsSync('/proc/self/stat');

export const createProcessTable = (): ProcessTable => (hasProc() ? createLinuxProcesses() : createPsProcesses());

/** Dead ones wait for their parent and can do nothing any more. */
export const isAlive = (row: ProcessRow | undefined): row is ProcessRow => row !== undefined && row.state !== 'Z' && row.state !== 'X';
