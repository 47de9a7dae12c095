import {type Bench, type Figure} from './bench.ts';
import {withContainers} from './support/docker-with-containers.ts';
import {type Installed} from './support/install-copy.ts';
import {withWorkstations} from './support/run-headless.ts';
import {startSlurmWithJobs} from './support/slurm-with-jobs.ts';
import {median, ratio} from './support/stats.ts';
import {timeRun} from './support/time-run.ts';

const workstations = 200;
const containers = 200;
const jobs = 2000;
const rounds = 9;

type Skipped = {readonly skip: string};

type Peer = {
	readonly provider: string;
	/** What the figure is measured with, for example `200 containers`. */
	readonly amount: string;
	/** What lists the same on the same machine. */
	readonly command: string;
	readonly args: readonly string[];
	/** How many times as long cws may take. */
	readonly limit: number;
	/** Starts the server with all it lists, hands over what a client needs in its environment, and stops it whatever happens. */
	readonly withServer: <Result>(work: (env: Readonly<Record<string, string>>) => Promise<Result>) => Promise<Result | Skipped>;
};

const peers: readonly Peer[] = [
	{
		provider: 'docker',
		amount: `${containers} containers`,
		command: 'docker',
		args: ['ps', '--all', '--format', 'json'],
		limit: 2.5,
		withServer: async work => withContainers({count: containers}, async ({env}) => work(env)),
	},
	{
		provider: 'slurm',
		amount: `${jobs} jobs`,
		command: 'squeue',
		args: ['--json'],
		limit: 2,
		async withServer(work) {
			const slurm = await startSlurmWithJobs(jobs);
			if ('skip' in slurm) {
				return slurm;
			}

			await using started = slurm;
			return await work(started.env);
		},
	},
];

/** `cws list` of 200 local workstations beside what the system says of its processes, and of other providers beside their own programs. */
export const list: Bench = {
	name: 'list',
	async run(installed) {
		const local = await withWorkstations(installed, {name: 'list', count: workstations}, async home => {
			const {cws, peer, node} = await timesOf(installed, {home, provider: 'local', command: 'ps', args: ['-e']});
			const beside = `${median(cws).toFixed(0)} ms; \`ps -e\` ${median(peer).toFixed(0)} ms, \`node -e 0\` ${median(node).toFixed(0)} ms`;
			return [
				{name: `\`cws list\` of ${workstations} beside \`ps -e\``, value: ratio(cws, peer), unit: '×', beside},
				{name: `\`cws list\` of ${workstations} beside \`node -e 0\``, value: ratio(cws, node), unit: '×', beside},
			];
		});
		const others: Figure[] = [];
		for (const peer of peers) {
			others.push(await besidePeer(installed, peer));
		}

		return [...local, ...others];
	},
};

/** Only told why where the server is not installed. */
async function besidePeer(installed: Installed, {provider, amount, command, args, limit, withServer}: Peer): Promise<Figure> {
	const name = `\`cws list --provider ${provider} --json\` of ${amount} beside \`${[command, ...args].join(' ')}\``;
	const home = installed.home(`list-${provider}`);
	const times = await withServer(async env => timesOf(installed, {home, provider, command, args, env}));
	if ('skip' in times) {
		return {name, value: Number.NaN, unit: '×', beside: `not measured: ${times.skip}`};
	}

	const {cws, peer, node} = times;
	const beside = `${median(cws).toFixed(0)} ms; \`${command}\` ${median(peer).toFixed(0)} ms, \`node -e 0\` ${median(node).toFixed(0)} ms`;
	return {name, value: ratio(cws, peer), unit: '×', limit, beside};
}

type Line = Pick<Peer, 'provider' | 'command' | 'args'> & {
	readonly home: string;
	/** Of the server that is asked, for both. */
	readonly env?: Readonly<Record<string, string>>;
};

/** One after another in each round, so that what else the machine does is in all of them. */
async function timesOf(
	installed: Installed,
	{home, provider, command, args, env}: Line,
): Promise<Readonly<Record<'cws' | 'peer' | 'node', readonly number[]>>> {
	const cws: number[] = [];
	const peer: number[] = [];
	const node: number[] = [];
	const ofPeer = {...process.env, ...env};
	const ofCws = {...ofPeer, CWS_HOME: home};
	for (let round = 0; round <= rounds; round++) {
		const cwsMs = await timeRun(process.execPath, [installed.bin, 'list', '--provider', provider, '--json'], ofCws);
		const peerMs = await timeRun(command, args, ofPeer);
		const nodeMs = await timeRun(process.execPath, ['-e', '0']);
		// The first one makes the database and fills the compile cache.
		if (round > 0) {
			cws.push(cwsMs);
			peer.push(peerMs);
			node.push(nodeMs);
		}
	}

	return {cws, peer, node};
}
