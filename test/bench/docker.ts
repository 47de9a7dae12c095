import {setTimeout as delay} from 'node:timers/promises';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Bench, type Figure} from './bench.ts';
import {type DockerForBench, withContainers} from './support/docker-with-containers.ts';
import {type Installed} from './support/install-copy.ts';
import {type Polls} from './support/polls.ts';
import {type Probe, startProbe} from './support/probe.ts';
import {cpuSeconds} from './support/process-cost.ts';
import {runHeadless} from './support/run-headless.ts';
import {median} from './support/stats.ts';

const containers = 200;
// Each has a process of its own; the others were created and never started.
const running = 20;
const appearances = 9;
const appearanceLimitMs = 300;
// What a worker takes is told every five seconds, and these refreshes take longer than that together.
const refreshes = 120;
const memoryLimitMb = 40;
const settleMs = 20_000;
const watchMs = 40_000;
const idleLimit = 0.5;

/** A dashboard over a real Docker: how fast what happens elsewhere is seen, and what it costs to look when nothing happens. */
export const docker: Bench = {
	name: 'docker',
	async run(installed) {
		const figures = await withContainers({count: containers, running}, async engine => {
			const home = homeFor(installed, engine);
			return [await memoryOf(installed, home), ...(await inDashboard(installed, home, engine))];
		});
		return 'skip' in figures
			? [{name: 'a container started elsewhere', value: Number.NaN, unit: 'ms', beside: `not measured: ${figures.skip}`}]
			: figures;
	},
};

/** A person with this Docker and nothing else. */
function homeFor(installed: Installed, {env}: DockerForBench): string {
	const home = installed.home('docker');
	mkdirSync(path.join(home, 'config'), {recursive: true});
	writeFileSync(
		path.join(home, 'config/config.toml'),
		`[plugins]\ndisabled = ["aws", "local", "slurm", "ssh"]\n[plugins.docker]\ndiscover = false\nhosts.bench.url = "${env['DOCKER_HOST']}"\n`,
	);
	return home;
}

async function memoryOf(installed: Installed, home: string): Promise<Figure> {
	const {polls, memoryMb} = await runHeadless<Polls>(installed, home, 'poll', 'docker', String(refreshes));
	if (memoryMb === 0 || polls.some(poll => poll.running !== running + 1)) {
		throw new Error(`of ${running} containers ${polls.at(-1)?.running} ran, and the worker took ${memoryMb} MB`);
	}

	return {
		name: 'memory of the worker of docker',
		value: memoryMb,
		unit: 'MB',
		limit: memoryLimitMb,
		beside: `${refreshes} refreshes of ${containers} containers, as cws shows it; each ${median(polls.map(({ms}) => ms)).toFixed(0)} ms`,
	};
}

async function inDashboard(installed: Installed, home: string, engine: DockerForBench): Promise<readonly Figure[]> {
	const probe = startProbe({command: process.execPath, args: [installed.bin], env: {CWS_HOME: home}});
	try {
		await probe.until(screen => screen.includes(` of ${containers + 1} · live`), 'the containers');
		const ms = await appear(probe, engine);
		await delay(settleMs);
		const ofCws = cpuSeconds(probe.pid);
		const ofDaemon = cpuSeconds(engine.daemonPid);
		await delay(watchMs);
		const percent = (before: number, pid: number) => (100 * (cpuSeconds(pid) - before)) / (watchMs / 1000);
		const daemon = percent(ofDaemon, engine.daemonPid);
		return [
			{
				name: 'a container started elsewhere is on the screen',
				value: median(ms),
				unit: 'ms',
				limit: appearanceLimitMs,
				beside: `since the moment Docker says that it started; the slowest of ${ms.length} ${Math.max(...ms).toFixed(0)} ms`,
			},
			{
				name: `idle over ${containers} containers, processor`,
				value: percent(ofCws, probe.pid),
				unit: '%',
				limit: idleLimit,
				beside: `all threads, ${running} of them run; dockerd meanwhile ${daemon.toFixed(1)} %`,
			},
		];
	} finally {
		await probe.close();
	}
}

/** From the moment that Docker says it started to the bytes on the screen that say it runs. */
async function appear(probe: Probe, {docker: run, image}: DockerForBench): Promise<readonly number[]> {
	const times: number[] = [];
	// The clock of the probe, as time of day.
	const begin = performance.timeOrigin + performance.now() - (await probe.until(() => true, 'nothing'));
	for (let index = 0; index < appearances; index++) {
		const name = `a-new-${index}`;
		const rowOf = (screen: string) => screen.split('\n').find(line => line.includes(`${name} `) && line.includes(' container '));
		const isSeen = (screen: string) => rowOf(screen)?.includes('● running') ?? false;
		const seen = probe.until(isSeen, `the row of ${name}`);
		await run('run', '-d', '--name', name, '--network', 'none', '--stop-signal', 'KILL', image, 'sleep', '100000');
		const at = begin + (await seen);
		times.push(at - Date.parse(await run('inspect', '--format', '{{.State.StartedAt}}', name)));
		await run('rm', '-f', name);
		await probe.until(screen => rowOf(screen) === undefined, `the row of ${name} to go`);
	}

	return times;
}
