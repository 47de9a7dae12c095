import {type Bench, type Figure} from './bench.ts';
import {type Installed} from './support/install-copy.ts';
import {withWorkstations} from './support/run-headless.ts';
import {median, ratio} from './support/stats.ts';
import {timeRun} from './support/time-run.ts';

const workstations = 200;
const rounds = 9;

/** What lists the same on the same machine, and how many times as long cws may take. */
const peers = [
	{provider: 'docker', command: 'docker', args: ['ps', '--all', '--format', 'json'], limit: 2.5},
	{provider: 'slurm', command: 'squeue', args: ['--json'], limit: 2},
] as const;

/** `cws list` of 200 local workstations beside what the system says of its processes, and of other providers beside their own programs. */
export const list: Bench = {
	name: 'list',
	async run(installed) {
		const local = await withWorkstations(installed, {name: 'list', count: workstations}, async home => {
			const {cws, peer, node} = await timesOf(installed, home, 'local', ['ps', ['-e']]);
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

/** As it is on this machine, with whatever runs there; only told why when nothing answers. */
async function besidePeer(installed: Installed, {provider, command, args, limit}: (typeof peers)[number]): Promise<Figure> {
	const line = [command, ...args].join(' ');
	const name = `\`cws list --provider ${provider} --json\` beside \`${line}\``;
	const missing = await timeRun(command, args).then(
		() => undefined,
		(error: unknown) => (error as Error).message,
	);
	if (missing !== undefined) {
		return {name, value: Number.NaN, unit: '×', beside: `not measured: ${missing}`};
	}

	const {cws, peer, node} = await timesOf(installed, installed.home(`list-${provider}`), provider, [command, args]);
	const beside = `${median(cws).toFixed(0)} ms; \`${command}\` ${median(peer).toFixed(0)} ms, \`node -e 0\` ${median(node).toFixed(0)} ms`;
	return {name, value: ratio(cws, peer), unit: '×', limit, beside};
}

/** One after another in each round, so that what else the machine does is in all of them. */
async function timesOf(
	installed: Installed,
	home: string,
	provider: string,
	[command, args]: readonly [string, readonly string[]],
): Promise<Readonly<Record<'cws' | 'peer' | 'node', readonly number[]>>> {
	const cws: number[] = [];
	const peer: number[] = [];
	const node: number[] = [];
	const env = {...process.env, CWS_HOME: home};
	for (let round = 0; round <= rounds; round++) {
		const cwsMs = await timeRun(process.execPath, [installed.bin, 'list', '--provider', provider, '--json'], env);
		const peerMs = await timeRun(command, args);
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
