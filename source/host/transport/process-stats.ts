import {readdirSync, readFileSync} from 'node:fs';
import {setPriority} from 'node:os';
import {promisify} from 'node:util';
import {type TransportStats} from './transport.ts';

/** The clock ticks of `/proc` are hundredths of a second on every Linux. */
const microsOfTick = 10_000;

/** Memory only this process has, and its processor time. Throws when it is gone. */
export async function processStats(pid: number): Promise<TransportStats> {
	return process.platform === 'linux' ? statsOfProc(pid) : statsOfPs(pid);
}

function statsOfProc(pid: number): TransportStats {
	const anonymous = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name in parentheses may hold anything; user and system time are the 12th and 13th field after it.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	if (anonymous === undefined) {
		throw new Error(`process ${pid} has ended`);
	}

	return {memoryBytes: Number(anonymous) * 1024, cpuMicros: (Number(fields[11]) + Number(fields[12])) * microsOfTick};
}

/** Resident memory with what it shares: elsewhere nothing cheap says more. */
export async function statsOfPs(pid: number): Promise<TransportStats> {
	const {execFile} = process.getBuiltinModule('node:child_process');
	const {stdout} = await promisify(execFile)('ps', ['-o', 'rss=,time=', '-p', String(pid)]);
	const [kilobytes, time = ''] = stdout.trim().split(/\s+/);
	// `[[days-]hours:]minutes:seconds`
	const seconds = time
		.replace('-', ':')
		.split(':')
		.map(Number)
		.reduceRight((sum, value, index, parts) => sum + value * [1, 60, 3600, 86_400][parts.length - 1 - index]!, 0);
	return {memoryBytes: Number(kilobytes) * 1024, cpuMicros: seconds * 1_000_000};
}

/** Every thread of it: on Linux a priority belongs to a thread. */
export function lowerPriorityOf(pid: number, nice: number): boolean {
	try {
		const threads = process.platform === 'linux' ? readdirSync(`/proc/${pid}/task`).map(Number) : [pid];
		for (const thread of threads) {
			setPriority(thread, nice);
		}

		return true;
	} catch {
		return false;
	}
}
