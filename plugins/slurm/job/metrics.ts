import {providerError, type ResourceMetrics} from 'cws/sdk';
import {type FoundJob} from './find.ts';
import {parseMegabytes} from './tres.ts';

type Reading = {readonly at: number; readonly cpuSeconds: number};

// The processor's share needs two readings.
const before = new Map<string, Reading>();
const mostReadings = 1000;

/** What a running job uses, as `sstat` tells it of all its steps. */
export async function measureJob({job, cluster}: FoundJob, signal: AbortSignal): Promise<ResourceMetrics> {
	const {run} = cluster.client;
	if (run === undefined || (job.status !== 'running' && job.status !== 'hibernated')) {
		throw providerError('CWS_INVALID_STATE', {
			message: `\`${job.name}\` cannot be measured.`,
			cause: run === undefined ? 'it needs `sstat`' : 'it does not run',
		});
	}

	const text = await run('sstat', ['--jobs', job.spec, '--allsteps', '--noheader', '--parsable2', '--format=AveCPU,AveRSS,NTasks'], signal);
	const now = Date.now();
	const steps = text.split('\n').flatMap(line => readStep(line) ?? []);
	const cpuSeconds = steps.reduce((sum, step) => sum + step.cpuSeconds, 0);
	const key = `${cluster.name} ${job.id}`;
	const earlier = before.get(key);
	before.delete(key);
	before.set(key, {at: now, cpuSeconds});
	if (before.size > mostReadings) {
		before.delete(before.keys().next().value!);
	}

	const cpus = job.tres.cpus ?? 1;
	const share =
		earlier === undefined || now - earlier.at < 500 ? undefined : ((cpuSeconds - earlier.cpuSeconds) * 1000) / (now - earlier.at) / cpus;
	return {
		...(share !== undefined && share >= 0 && {cpuPercent: Math.min(100, Math.round(share * 100))}),
		...(steps.length > 0 && {memoryBytes: steps.reduce((sum, step) => sum + step.memoryBytes, 0)}),
		...(job.tres.memoryMb !== undefined && {memoryTotalBytes: job.tres.memoryMb * 1_048_576}),
		...(job.startedAt !== undefined && {uptimeMs: Math.max(0, now - job.startedAt)}),
	};
}

export function readStep(line: string): {readonly cpuSeconds: number; readonly memoryBytes: number} | undefined {
	const [cpu = '', rss = '', tasks = ''] = line.trim().split('|');
	const count = Number(tasks || 1);
	const match = /^(?:(\d+)-)?(\d+):(\d\d):(\d\d)(?:\.\d+)?$/.exec(cpu);
	const memory = /^\d+$/.test(rss) ? Number(rss) : (parseMegabytes(rss) ?? 0) * 1_048_576;
	if (match === null || !Number.isInteger(count) || count < 1) {
		return undefined;
	}

	const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
	return {
		cpuSeconds: (Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * count,
		memoryBytes: memory * count,
	};
}
