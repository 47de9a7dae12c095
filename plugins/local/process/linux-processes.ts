import {closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync} from 'node:fs';
import {type ProcessRow, type ProcessTable} from './process-table.ts';

// One buffer for every read: a pass over a big machine allocates nothing but the rows.
const buffer = Buffer.alloc(4096);

/** Reads /proc; nothing is spawned. */
export function createLinuxProcesses(): ProcessTable {
	const {pageBytes, ticksPerSecond} = readAuxiliary();
	const read = (pid: number): ProcessRow | undefined => {
		const text = readSmall(`/proc/${pid}/stat`);
		return text === undefined ? undefined : parseStat(text, {pageBytes, ticksPerSecond});
	};

	return {
		bootId: readSmall('/proc/sys/kernel/random/boot_id')?.trim() ?? '-',
		read,
		readAll() {
			const rows: ProcessRow[] = [];
			for (const name of readdirSync('/proc')) {
				const row = /^\d+$/.test(name) ? read(Number(name)) : undefined;
				if (row !== undefined) {
					rows.push(row);
				}
			}

			return rows;
		},
		hasVariable: (pid, variable) => `\0${readWhole(`/proc/${pid}/environ`)}\0`.includes(`\0${variable}\0`),
		writesTo: (pid, path) => [1, 2].some(fd => readLink(`/proc/${pid}/fd/${fd}`) === path),
		commandOf: pid => readSmall(`/proc/${pid}/comm`)?.trim(),
	};
}

type Units = {readonly pageBytes: number; readonly ticksPerSecond: number};

/** The name in a stat line may hold spaces and parentheses; the fields begin after its last one. */
export function parseStat(text: string, {pageBytes, ticksPerSecond}: Units): ProcessRow | undefined {
	const end = text.lastIndexOf(')');
	const fields = text.slice(end + 2).split(' ');
	return end === -1 || fields.length < 22
		? undefined
		: {
				pid: Number.parseInt(text, 10),
				state: fields[0]!,
				parent: Number(fields[1]),
				group: Number(fields[2]),
				session: Number(fields[3]),
				cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond,
				nice: Number(fields[16]),
				startTime: fields[19]!,
				memoryBytes: Number(fields[21]) * pageBytes,
			};
}

function readSmall(path: string): string | undefined {
	let file: number;
	try {
		file = openSync(path, 'r');
	} catch {
		return undefined;
	}

	try {
		return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
	} catch {
		// The process ended between open and read.
		return undefined;
	} finally {
		closeSync(file);
	}
}

function readWhole(path: string): string {
	try {
		return readFileSync(path, 'latin1');
	} catch {
		return '';
	}
}

function readLink(path: string): string | undefined {
	try {
		return readlinkSync(path);
	} catch {
		return undefined;
	}
}

// The kernel tells every process the size of a page (6) and the ticks of a second (17).
function readAuxiliary(): Units {
	const entries = new Map<number, number>();
	try {
		const words = readFileSync('/proc/self/auxv');
		for (let offset = 0; offset + 16 <= words.length; offset += 16) {
			entries.set(Number(words.readBigUInt64LE(offset)), Number(words.readBigUInt64LE(offset + 8)));
		}
	} catch {
		// Hidden by the container; the usual values hold.
	}

	return {pageBytes: entries.get(6) ?? 4096, ticksPerSecond: entries.get(17) ?? 100};
}
