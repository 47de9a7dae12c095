import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {type Bench, type Figure} from './bench.ts';
import {measureEcho} from './keys.ts';
import {listedRows} from './support/demo.ts';
import {type Installed} from './support/install-copy.ts';
import {measureKeys, repeat} from './support/measure-keys.ts';
import {type Probe, startProbe} from './support/probe.ts';
import {type SlurmWithJobs, startSlurmWithJobs} from './support/slurm-with-jobs.ts';
import {median, p95} from './support/stats.ts';

const jobs = 2000;
const changeMs = 1000;
// The first look asks for jobs, nodes and partitions at once; what counts is how it goes on.
const settleMs = 12_000;
const rounds = 12;
const roundMs = 6000;
// With fewer the keys would have met nothing that changes.
const leastLists = 4;
/** A sixtieth of a second. */
const frameMs = 16;
const queryMs = 5000;
const memoryLimitMb = 40;
const name = `key with ${jobs} jobs that change every second`;

/** The dashboard over a real Slurm: two thousand jobs of which each changes every second. */
export const slurm: Bench = {
	name: 'slurm',
	async run(installed) {
		const cluster = await startSlurmWithJobs(jobs);
		if ('skip' in cluster) {
			return [{name, value: Number.NaN, unit: 'ms', beside: `not measured: ${cluster.skip}`}];
		}

		await using _ = cluster;
		const home = homeFor(installed);
		const env = {PATH: process.env['PATH'] ?? '', HOME: home, CWS_HOME: home, SLURM_CONF: cluster.env['SLURM_CONF']!};
		const probe = startProbe({command: process.execPath, args: [installed.bin], env});
		try {
			await probe.until(screen => listedRows(screen).total >= jobs, `${jobs} jobs`);
			return await whileTheyChange(cluster, async () => measure(probe, cluster));
		} finally {
			await probe.close();
		}
	},
};

/** Somebody who looks at one cluster and at nothing else. */
function homeFor(installed: Installed): string {
	const home = installed.home('slurm');
	mkdirSync(path.join(home, 'config'), {recursive: true});
	writeFileSync(path.join(home, 'config/config.toml'), '[plugins]\ndisabled = ["docker", "local", "aws", "ssh"]\n');
	return home;
}

async function whileTheyChange<Result>(cluster: SlurmWithJobs, work: () => Promise<Result>): Promise<Result> {
	const stop = new AbortController();
	const changing = (async () => {
		while (!stop.signal.aborted) {
			await cluster.changeAll();
			await delay(changeMs, undefined, {signal: stop.signal}).catch(() => undefined);
		}
	})();
	try {
		return await work();
	} finally {
		stop.abort();
		await changing;
	}
}

async function measure(probe: Probe, cluster: SlurmWithJobs): Promise<readonly Figure[]> {
	await delay(settleMs);
	const times: number[] = [];
	const pressed = await countQuestions(cluster, async () => {
		for (let round = 0; round < rounds; round++) {
			const next = delay(roundMs);
			// Asks for a list now: on a slow machine the next one by itself would come long after the keys.
			probe.type('R');
			times.push(...(await measureKeys(probe, repeat(['j', 'j', 'k', 'j', 'pageDown', 'k', 'pageUp'], 3))));
			await next;
		}
	});
	if (pressed.lists < leastLists) {
		throw new Error(`while keys were pressed the jobs were listed ${pressed.lists} times`);
	}

	const left = await countQuestions(cluster, async () => delay(rounds * roundMs));
	const echo = await measureEcho();
	return [
		{
			name: `${name}, p95`,
			value: p95(times),
			unit: 'ms',
			limit: frameMs,
			// Where a program that does nothing but echo is as slow, it is the machine.
			gross: 3 * Math.max(frameMs, p95(echo)),
			beside: `median ${median(times).toFixed(1)} ms of ${times.length}, over ${pressed.lists} lists of the jobs`,
		},
		{name: 'key of a peer meanwhile, p95', value: p95(echo), unit: 'ms', beside: 'a Node program that echoes'},
		{name: `questions to slurmctld in ${queryMs / 1000} s`, value: left.rate, unit: '', limit: 1, beside: left.told},
		{name: `the same with \`R\` every ${roundMs / 1000} s`, value: pressed.rate, unit: '', beside: pressed.told},
		{
			name: `the worker of slurm after lists of ${jobs} jobs`,
			value: await memoryMb(probe),
			unit: 'MB',
			limit: memoryLimitMb,
			gross: 2 * memoryLimitMb,
			beside: 'as cws itself shows it',
		},
	];
}

/** What slurmctld is asked meanwhile, for `queryMs`. */
async function countQuestions(cluster: SlurmWithJobs, work: () => Promise<void>) {
	const before = await questionsTo(cluster);
	const startedAt = performance.now();
	await work();
	const tookMs = performance.now() - startedAt;
	const after = await questionsTo(cluster);
	const all = after.all - before.all;
	const lists = after.lists - before.lists;
	return {
		lists,
		rate: (all * queryMs) / tookMs,
		told: `${all} in ${(tookMs / 1000).toFixed(0)} s, of which ${lists} for the jobs; \`sdiag\` counts them`,
	};
}

/** What slurmctld was asked to tell since it started; what the bench itself does to jobs, or asks for these figures, is none of it. */
async function questionsTo({run}: SlurmWithJobs): Promise<{readonly all: number; readonly lists: number}> {
	const counts = [...(await run('sdiag')).matchAll(/^\s*(REQUEST_\w+)\s+\(\s*\d+\) count:(\d+)/gm)];
	const sum = (pattern: RegExp) => counts.reduce((total, [, type = '', count]) => total + (pattern.test(type) ? Number(count) : 0), 0);
	return {all: sum(/^REQUEST_(?!STATS_)\w*(_INFO|_INFO_SINGLE|PING)$/), lists: sum(/^REQUEST_JOB_INFO$/)};
}

/** From the plugin's own page, wherever it stands in the list of plugins. */
async function memoryMb(probe: Probe): Promise<number> {
	await probe.press('1');
	for (let tries = 0; tries < 8; tries++) {
		await probe.press('enter');
		await probe.until(screen => screen.includes('─ Plugin '), 'the page of a plugin');
		if (probe.screen().includes('─ Plugin Slurm ')) {
			break;
		}

		await probe.press('esc');
		await probe.until(screen => !screen.includes('─ Plugin '), 'the list of plugins');
		await probe.press('j');
	}

	let memory = Number.NaN;
	await probe.until(screen => {
		memory = Number(/memory +([\d.]+) MB/.exec(screen)?.[1]);
		return memory > 0;
	}, 'the memory of the plugin');
	return memory;
}
