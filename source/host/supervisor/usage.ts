import {type PluginUsage} from '../../core/plugin.ts';
import {type HostLimits} from '../limits.ts';
import {type Sample} from './watchdog.ts';

const mib = 1024 * 1024;
const durations = 128;

/** Counts calls and measures a plugin. What it publishes is rounded and rare, so that a quiet screen stays quiet. */
export type Usage = {
	readonly called: (ms: number, isOk: boolean) => void;
	/** New figures when they are due and differ. */
	readonly sampled: (sample: Sample) => PluginUsage | undefined;
	/** A new worker counts its processor time from zero. */
	readonly restarted: () => void;
};

export function createUsage(limits: HostLimits): Usage {
	let calls = 0;
	let errors = 0;
	let latencies: readonly number[] = [];
	let base: Sample | undefined;
	let published: PluginUsage | undefined;
	return {
		called(ms, isOk) {
			calls++;
			errors += isOk ? 0 : 1;
			latencies = [...latencies.slice(1 - durations), ms];
		},
		restarted() {
			base = undefined;
		},
		sampled(sample) {
			if (base !== undefined && sample.at - base.at < limits.usageMs) {
				return undefined;
			}

			const percent = base === undefined ? 0 : (sample.cpuMicros - base.cpuMicros) / 10 / (sample.at - base.at);
			base = sample;
			const sorted = latencies.toSorted((a, b) => a - b);
			const next: PluginUsage = {
				memoryBytes: settle(Math.round(sample.memoryBytes / mib), (published?.memoryBytes ?? 0) / mib, 0.05) * mib,
				cpuPercent: settle(percent < 1 ? 0 : Math.round(percent), published?.cpuPercent ?? 0, 0.2),
				calls,
				errors,
				...(sorted.length > 0 && {
					p50Ms: twoDigits(sorted[Math.floor(sorted.length / 2)]!),
					p95Ms: twoDigits(sorted[Math.floor(sorted.length * 0.95)]!),
				}),
			};
			if (published !== undefined && isSame(next, published)) {
				return undefined;
			}

			published = next;
			return next;
		},
	};
}

/** Keeps the old figure while the new one is near it: a value that flickers between two steps would redraw for nothing. */
const settle = (next: number, before: number, share: number): number =>
	Math.abs(next - before) <= Math.max(1, before * share) && before > 0 ? before : next;

const twoDigits = (value: number): number => (value < 1 ? 1 : Number(value.toPrecision(2)));

const isSame = (one: PluginUsage, other: PluginUsage): boolean =>
	one.memoryBytes === other.memoryBytes &&
	one.cpuPercent === other.cpuPercent &&
	one.calls === other.calls &&
	one.errors === other.errors &&
	one.p50Ms === other.p50Ms &&
	one.p95Ms === other.p95Ms;
