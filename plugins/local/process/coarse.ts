import {type ResourceMetrics} from 'cws/sdk';

const minute = 60_000;
const megabyte = 1_048_576;

/**
Keeps a shown figure until it really differs, so that a quiet screen stays silent: a processor that wavers between
one and two percent is the same news.
*/
export function coarsen(shown: ResourceMetrics | undefined, measured: ResourceMetrics): ResourceMetrics {
	const next: ResourceMetrics = {
		...measured,
		...(measured.cpuPercent !== undefined && {cpuPercent: step(shown?.cpuPercent, Math.round(measured.cpuPercent), 5)}),
		...(measured.memoryBytes !== undefined && {
			memoryBytes: step(shown?.memoryBytes, roundTo(measured.memoryBytes, megabyte), Math.max(4 * megabyte, measured.memoryBytes / 20)),
		}),
		...(measured.diskBytes !== undefined && {
			diskBytes: step(shown?.diskBytes, roundTo(measured.diskBytes, 64 * megabyte), 256 * megabyte),
		}),
		...(measured.load1 !== undefined && {load1: step(shown?.load1, Math.round(measured.load1 * 10) / 10, 0.25)}),
		...(measured.uptimeMs !== undefined && {uptimeMs: coarseUptime(measured.uptimeMs)}),
	};
	return shown !== undefined && isSame(shown, next) ? shown : next;
}

const step = (shown: number | undefined, value: number, width: number): number =>
	shown === undefined || Math.abs(value - shown) >= width ? value : shown;

const roundTo = (value: number, unit: number): number => Math.round(value / unit) * unit;

function coarseUptime(ms: number): number {
	const unit = ms < 60 * minute ? minute : ms < 48 * 60 * minute ? 60 * minute : 24 * 60 * minute;
	return Math.floor(ms / unit) * unit;
}

function isSame(a: ResourceMetrics, b: ResourceMetrics): boolean {
	const keys = Object.keys(b) as readonly (keyof ResourceMetrics)[];
	return Object.keys(a).length === keys.length && keys.every(key => a[key] === b[key]);
}
