import {type Bench} from './bench.ts';
import {withWorkstations} from './support/run-headless.ts';
import {median, ratio} from './support/stats.ts';
import {timeRun} from './support/time-run.ts';

const workstations = 200;
const rounds = 9;

/** `cws list` of 200 local workstations beside what the system says of its processes. */
export const list: Bench = {
	name: 'list',
	async run(installed) {
		return withWorkstations(installed, {name: 'list', count: workstations}, async home => {
			const cws: number[] = [];
			const ps: number[] = [];
			const node: number[] = [];
			for (let round = 0; round <= rounds; round++) {
				const env = {...process.env, CWS_HOME: home};
				const cwsMs = await timeRun(process.execPath, [installed.bin, 'list', '--provider', 'local'], env);
				const psMs = await timeRun('ps', ['-e']);
				const nodeMs = await timeRun(process.execPath, ['-e', '0']);
				if (round > 0) {
					cws.push(cwsMs);
					ps.push(psMs);
					node.push(nodeMs);
				}
			}

			const beside = `${median(cws).toFixed(0)} ms; \`ps -e\` ${median(ps).toFixed(0)} ms, \`node -e 0\` ${median(node).toFixed(0)} ms`;
			return [
				{name: `\`cws list\` of ${workstations} beside \`ps -e\``, value: ratio(cws, ps), unit: '×', beside},
				{name: `\`cws list\` of ${workstations} beside \`node -e 0\``, value: ratio(cws, node), unit: '×', beside},
			];
		});
	},
};
