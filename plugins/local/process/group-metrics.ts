import {type ResourceMetrics} from 'cws/sdk';
import {type LocalContext} from '../context.ts';
import {type RunFile} from '../workstation/record.ts';
import {isAlive, type ProcessRow} from './process-table.ts';

/** The processor time of a run at one moment; two of them give a percentage. */
export type Sample = {readonly at: number; readonly cpuMs: number; readonly memoryBytes: number};

/** One pass over all processes, summed up for each run by its session. */
export function sampleRuns({processes}: Pick<LocalContext, 'processes'>, runs: readonly RunFile[]): ReadonlyMap<string, Sample> {
	const at = performance.now();
	const bySession = Map.groupBy(
		processes.readAll().filter(row => isAlive(row)),
		({session}) => session,
	);
	return new Map(runs.map(({run, pid}) => [run, sum(at, bySession.get(pid) ?? [])]));
}

export const metricsBetween = (before: Sample | undefined, now: Sample, uptimeMs: number): ResourceMetrics => ({
	...(before !== undefined &&
		now.at - before.at > 50 && {cpuPercent: Math.max(0, ((now.cpuMs - before.cpuMs) * 100) / (now.at - before.at))}),
	memoryBytes: now.memoryBytes,
	uptimeMs,
});

const sum = (at: number, rows: readonly ProcessRow[]): Sample => ({
	at,
	cpuMs: rows.reduce((total, row) => total + row.cpuMs, 0),
	memoryBytes: rows.reduce((total, row) => total + row.memoryBytes, 0),
});
