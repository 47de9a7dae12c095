import {type ResourceMetrics} from 'cws/sdk';
import {type Probe} from './parse-probe.ts';

const minute = 60_000;
const megabyte = 1_048_576;

/** Figures for the row, coarse, so that a quiet machine gives a quiet row. The processor's share needs two looks. */
export function toMetrics(now: Probe, before: Probe | undefined): ResourceMetrics {
	const {memoryTotalBytes: total, memoryAvailableBytes: available, diskTotalBytes, diskUsedBytes, uptimeMs, load1} = now;
	const cpuPercent = busyBetween(before?.cpuTicks, now.cpuTicks);
	return {
		...(cpuPercent !== undefined && {cpuPercent}),
		...(total !== undefined && available !== undefined && {memoryBytes: roundTo(Math.max(0, total - available), 64 * megabyte)}),
		...(total !== undefined && {memoryTotalBytes: total}),
		...(diskTotalBytes !== undefined && diskUsedBytes !== undefined && {diskBytes: roundTo(diskUsedBytes, 256 * megabyte), diskTotalBytes}),
		...(uptimeMs !== undefined && {uptimeMs: Math.floor(uptimeMs / minute) * minute}),
		...(load1 !== undefined && {load1: Math.round(load1 * 10) / 10}),
	};
}

function busyBetween(before: Probe['cpuTicks'], now: Probe['cpuTicks']): number | undefined {
	if (before === undefined || now === undefined || now.total <= before.total) {
		return undefined;
	}

	const share = (now.busy - before.busy) / (now.total - before.total);
	return Math.min(100, Math.max(0, Math.round(share * 100)));
}

const roundTo = (value: number, unit: number): number => Math.round(value / unit) * unit;
