import {type Bench} from './bench.ts';
import {type Installed} from './support/install-copy.ts';
import {startProbe} from './support/probe.ts';
import {withWorkstations} from './support/run-headless.ts';
import {median, ratio} from './support/stats.ts';
import {timeRun} from './support/time-run.ts';

const rounds = 15;
const firstFrameLimit = 9;
const versionLimit = 1.5;

/** From nothing to the first frame with a row of the cached inventory, beside a Node that does nothing. */
export const start: Bench = {
	name: 'start',
	async run(installed) {
		return withWorkstations(installed, {name: 'start', count: 3}, async home => {
			const node: number[] = [];
			const first: number[] = [];
			const live: number[] = [];
			const version: number[] = [];
			const plain: number[] = [];
			for (let round = 0; round <= rounds; round++) {
				const nodeMs = await nodeInTerminal();
				const frame = await startOnce(installed, home);
				const versionMs = await timeRun(process.execPath, [installed.bin, '--version']);
				const plainMs = await timeRun(process.execPath, ['-e', '0']);
				// The first one fills the compile cache.
				if (round > 0) {
					node.push(nodeMs);
					first.push(frame.first);
					live.push(frame.live);
					version.push(versionMs);
					plain.push(plainMs);
				}
			}

			const beside = `\`node -e 0\` in a terminal, ${median(node).toFixed(0)} ms`;
			return [
				{name: 'first frame from the cache', value: ratio(first, node), unit: '×', limit: firstFrameLimit, beside},
				{name: 'first live frame', value: ratio(live, node), unit: '×', beside},
				{
					name: '`cws --version`',
					value: ratio(version, plain),
					unit: '×',
					limit: versionLimit,
					beside: `\`node -e 0\`, ${median(plain).toFixed(0)} ms`,
				},
			];
		});
	},
};

async function nodeInTerminal(): Promise<number> {
	const probe = startProbe({command: process.execPath, args: ['-e', '0']});
	const ms = await probe.ended;
	await probe.close();
	return ms;
}

/** Milliseconds to the first row of the cache and to the answer of the provider. */
export async function startOnce(installed: Installed, home: string): Promise<{readonly first: number; readonly live: number}> {
	const probe = startProbe({command: process.execPath, args: [installed.bin], env: {CWS_HOME: home}});
	try {
		const first = await probe.until(screen => screen.includes('bench-001'), 'a row of the cached inventory');
		const live = await probe.until(screen => /4 of 4 · live/.test(screen), 'the answer of the provider');
		// A person stays a moment; what is written late, as the compile cache, is then written.
		await probe.quiet(300);
		return {first, live};
	} finally {
		await probe.close();
	}
}
