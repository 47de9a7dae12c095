import {type ResourceMetrics} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {numberAt, listAt, textAt} from '../read.ts';
import {speaks} from '../client/engine.ts';

/** What one answer of `/stats` says, in the engine's own units. */
export type Sample = {
	readonly at: number;
	readonly cpuNanos: number;
	readonly systemNanos: number;
	readonly cpus: number;
	readonly memoryBytes?: number;
	readonly memoryTotalBytes?: number;
};

export type Meter = {
	readonly of: (id: string) => ResourceMetrics | undefined;
	/** Keeps a sample and gives the figures since the one before. */
	readonly take: (account: string, id: string, sample: Sample) => ResourceMetrics;
	/** Forgets all of an account but these. */
	readonly keep: (account: string, ids: ReadonlySet<string>) => void;
};

export function createMeter(): Meter {
	const known = new Map<string, {readonly account: string; readonly sample: Sample; readonly metrics: ResourceMetrics}>();
	return {
		of: id => known.get(id)?.metrics,
		take(account, id, sample) {
			const metrics = metricsBetween(known.get(id)?.sample, sample);
			known.set(id, {account, sample, metrics});
			return metrics;
		},
		keep(account, ids) {
			for (const [id, entry] of known) {
				if (entry.account === account && !ids.has(id)) {
					known.delete(id);
				}
			}
		},
	};
}

/** Asks once, without the second the engine would wait for a second sample. Podman measures by itself since the last question. */
export async function sampleOf(client: DockerClient, id: string, signal: AbortSignal): Promise<Sample | undefined> {
	const engine = await client.engine(signal);
	const {status, value} = await client.ask({
		path: `/containers/${id}/stats`,
		query: {stream: false, ...(speaks(engine, '1.41') && {'one-shot': true})},
		doing: 'measure the container',
		signal,
		timeoutMs: 10_000,
		accept: [404, 409, 500],
	});
	return status >= 400 ? undefined : readSample(value, Date.now());
}

export function readSample(value: unknown, now: number): Sample | undefined {
	const cpuNanos = numberAt(value, 'cpu_stats', 'cpu_usage', 'total_usage');
	if (cpuNanos === undefined) {
		return undefined;
	}

	const usage = numberAt(value, 'memory_stats', 'usage');
	// The page cache is not what a program uses; `inactive_file` in cgroups v2, `total_inactive_file` in v1.
	const cache =
		numberAt(value, 'memory_stats', 'stats', 'total_inactive_file') ?? numberAt(value, 'memory_stats', 'stats', 'inactive_file') ?? 0;
	const limit = numberAt(value, 'memory_stats', 'limit');
	const read = Date.parse(textAt(value, 'read') ?? '');
	return {
		at: Number.isFinite(read) ? read : now,
		cpuNanos,
		systemNanos: numberAt(value, 'cpu_stats', 'system_cpu_usage') ?? 0,
		cpus: Math.max(1, numberAt(value, 'cpu_stats', 'online_cpus') ?? listAt(value, 'cpu_stats', 'cpu_usage', 'percpu_usage').length),
		...(usage !== undefined && usage > 0 && {memoryBytes: Math.max(0, usage - (cache < usage ? cache : 0))}),
		// Without a limit of its own the engine gives a number larger than any machine, or the machine's.
		...(limit !== undefined && limit > 0 && limit < 2 ** 53 && {memoryTotalBytes: limit}),
	};
}

/** Percent of one core, as `docker stats` counts, rounded so that rows do not change for nothing. */
export function metricsBetween(before: Sample | undefined, now: Sample): ResourceMetrics {
	const {memoryBytes, memoryTotalBytes} = now;
	const used = before === undefined ? Number.NaN : now.cpuNanos - before.cpuNanos;
	const elapsed = before === undefined ? 0 : (now.at - before.at) * 1_000_000;
	const percent = elapsed > 0 && used >= 0 ? (used / elapsed) * 100 : undefined;
	return {
		...(percent !== undefined && {cpuPercent: percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)}),
		...(memoryBytes !== undefined && {memoryBytes: rounded(memoryBytes)}),
		...(memoryTotalBytes !== undefined && {memoryTotalBytes}),
	};
}

/** To a megabyte, and to a tenth of one where that says something. */
function rounded(bytes: number): number {
	const step = bytes < 10 * 1_048_576 ? 104_858 : 1_048_576;
	return Math.round(bytes / step) * step;
}
