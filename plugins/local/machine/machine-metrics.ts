import {readFileSync, statfsSync} from 'node:fs';
import {cpus, freemem, loadavg, totalmem, uptime} from 'node:os';
import {type ResourceMetrics} from 'cws/sdk';

/** Processor ticks since the machine started; two of them give a percentage. */
export type MachineSample = {readonly busy: number; readonly total: number};

export function sampleMachine(): MachineSample {
	const times = cpus().map(cpu => cpu.times);
	const total = times.reduce((sum, {user, nice, sys, idle, irq}) => sum + user + nice + sys + idle + irq, 0);
	return {busy: total - times.reduce((sum, {idle}) => sum + idle, 0), total};
}

/** Figures of this machine; the disk is the one that holds the workstations. */
export function machineMetrics(directory: string, before: MachineSample | undefined, now: MachineSample): ResourceMetrics {
	const disk = diskOf(directory);
	const memory = memoryOf();
	return {
		...(before !== undefined && now.total > before.total && {cpuPercent: ((now.busy - before.busy) * 100) / (now.total - before.total)}),
		memoryBytes: memory.total - memory.available,
		memoryTotalBytes: memory.total,
		...(disk !== undefined && {diskBytes: disk.used, diskTotalBytes: disk.total}),
		uptimeMs: uptime() * 1000,
		load1: loadavg()[0],
	};
}

export type Space = {readonly total: number; readonly available: number};

/** `used` and `available` do not add up to the total: a part is kept for the system. */
export function diskOf(directory: string): (Space & {readonly used: number}) | undefined {
	try {
		const {bsize, blocks, bfree, bavail} = statfsSync(directory);
		return {total: blocks * bsize, available: bavail * bsize, used: (blocks - bfree) * bsize};
	} catch {
		return undefined;
	}
}

// Memory that caches files counts as free: the system gives it back when asked.
export function memoryOf(): Space {
	try {
		const available = /^MemAvailable:\s*(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1];
		return {total: totalmem(), available: available === undefined ? freemem() : Number(available) * 1024};
	} catch {
		return {total: totalmem(), available: freemem()};
	}
}
