import {readFileSync} from 'node:fs';
import {userInfo} from 'node:os';

/** A process, told apart from a later one that got the same pid. */
export type ProcessIdentity = {
	readonly pid: number;
	/** Opaque; equal for as long as it is the same process. Empty where the system does not tell. */
	readonly startTime: string;
};

export type OwnProcess = ProcessIdentity & {readonly user: string};

export const ownProcess = (): OwnProcess => ({pid: process.pid, startTime: startTimeOf(process.pid) ?? '', user: userName()});

/** Whether the process still runs. Without a start time, or where the system does not tell it, the pid alone decides. */
export function isAlive(pid: number, startTime?: string): boolean {
	if (!Number.isSafeInteger(pid) || pid <= 0 || !hasPid(pid)) {
		return false;
	}

	const stat = readStat(pid);
	if (stat === undefined) {
		return true;
	}

	// A zombie has ended; it only waits for its parent to look.
	const isRunning = stat.state !== 'Z' && stat.state !== 'X';
	return isRunning && (!startTime || startTime === stat.startTime);
}

/** Start of a process in ticks since boot, with the boot it belongs to; undefined off Linux. */
export const startTimeOf = (pid: number): string | undefined => readStat(pid)?.startTime;

function readStat(pid: number): {readonly state: string; readonly startTime: string} | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The program's name, field 2, is in parentheses and may hold spaces and parentheses itself.
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		const [state, ticks] = [fields[0], fields[19]];
		return state && ticks ? {state, startTime: `${ticks}@${bootId()}`} : undefined;
	} catch {
		return undefined;
	}
}

let knownBootId: string | undefined;

// Ticks count from boot, so that after a reboot the same pid can meet the same ticks.
function bootId(): string {
	if (knownBootId === undefined) {
		try {
			knownBootId = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
		} catch {
			knownBootId = '';
		}
	}

	return knownBootId;
}

function hasPid(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it is there, but somebody else's.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

// `userInfo` throws for a user id without an entry in the user database, as containers have.
function userName(): string {
	try {
		return userInfo().username;
	} catch {
		return process.env['USER'] ?? String(process.getuid?.() ?? 'unknown');
	}
}
