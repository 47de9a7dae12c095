import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {missing, startSshd, type Sshd} from '../backends/ssh/sshd.ts';
import {type Bench, type Figure} from './bench.ts';
import {type Installed} from './support/install-copy.ts';
import {type Polls} from './support/polls.ts';
import {runHeadless} from './support/run-headless.ts';
import {median} from './support/stats.ts';
import {timeRun} from './support/time-run.ts';

const hosts = 50;
const refreshes = 13;
// A shell needs long for all of them.
const besides = 10;
const warmLimitMs = 1500;
const memoryLimitMb = 40;
// What sshd allows by itself: from the tenth login at once it drops three of ten, from the hundredth all.
const maxStartups = '10:30:100';

/** Fifty machines behind one sshd on loopback: the first look with its logins, then looks over the connections that stay. */
export const sshMachines: Bench = {
	name: 'ssh',
	async run(installed) {
		if (missing !== false) {
			return [{name: `refresh of ${hosts} machines over ssh`, value: Number.NaN, unit: 'ms', beside: `not measured: ${missing}`}];
		}

		const names = Array.from({length: hosts}, (_, index) => `bench-${String(index + 1).padStart(2, '0')}`);
		await using server = await startSshd(names, {maxStartups});
		const {polls, memoryMb} = await runHeadless<Polls>(installed, homeFor(installed, server), 'poll', 'ssh', String(refreshes));
		const [cold, ...warm] = polls;
		const answered = Math.min(...polls.map(({running}) => running));
		if (cold === undefined || answered !== hosts || memoryMb === 0) {
			throw new Error(`of ${hosts} machines ${answered} answered, and the worker took ${memoryMb} MB`);
		}

		const dropped = server.dropped();
		const logins = server.logins();
		const shell = await peer(server, names.slice(0, besides));
		return [
			{
				name: `refresh of ${hosts} machines over open connections`,
				value: median(warm.map(({ms}) => ms)),
				unit: 'ms',
				limit: warmLimitMs,
				beside: `\`ssh NAME uptime\` to ${besides} of them over shared connections, all at once: ${shell.warmMs.toFixed(0)} ms`,
			},
			{
				name: `first look at ${hosts} machines`,
				value: cold.ms,
				unit: 'ms',
				beside: `the same to ${besides} for the first time, six at once: ${shell.coldMs.toFixed(0)} ms`,
			},
			{
				name: 'logins a server with MaxStartups 10:30:100 dropped',
				value: dropped,
				unit: '',
				limit: 0,
				gross: 0,
				beside: 'its log',
			},
			{
				name: `connections made by ${refreshes - 1} more looks`,
				value: logins - hosts,
				unit: '',
				limit: 0,
				gross: 0,
				beside: 'its log',
			},
			{
				name: 'memory of the worker of ssh',
				value: memoryMb,
				unit: 'MB',
				limit: memoryLimitMb,
				beside: `${hosts} machines, as cws shows it`,
			},
		] satisfies readonly Figure[];
	},
};

/** A person with these machines and nothing else. */
function homeFor(installed: Installed, {configFile}: Sshd): string {
	const home = installed.home('ssh');
	mkdirSync(path.join(home, 'config'), {recursive: true});
	writeFileSync(
		path.join(home, 'config/config.toml'),
		`[plugins]\ndisabled = ["aws", "docker", "local", "slurm"]\n[plugins.ssh]\nprobe = "all"\nconfigFile = "${configFile}"\n`,
	);
	return home;
}

/** What somebody would write instead: one command to each, over connections that ssh itself keeps open. */
async function peer({configFile, directory}: Sshd, names: readonly string[]): Promise<{readonly coldMs: number; readonly warmMs: number}> {
	const share = `-o BatchMode=yes -o ControlMaster=auto -o ControlPersist=60 -o ControlPath=${directory}/%C-%n`;
	const toEach = (atOnce: number) => `printf '%s\\n' ${names.join(' ')} | xargs -P ${atOnce} -I{} ssh -F ${configFile} ${share} {} uptime`;
	const coldMs = await timeRun('sh', ['-c', toEach(6)]);
	return {coldMs, warmMs: await timeRun('sh', ['-c', toEach(names.length)])};
}
