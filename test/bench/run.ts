// `npm run bench [name…]`: measures the built program and says what is over its limit. Fails only where a limit is missed grossly.
// `--minutes 20` begins none after that time.
import {writeFileSync} from 'node:fs';
import {loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import {attacked} from './attacks.ts';
import {aws} from './aws.ts';
import {type Bench, type Figure} from './bench.ts';
import {busyPlugin} from './busy-plugin.ts';
import {docker} from './docker.ts';
import {filter} from './filter.ts';
import {idle} from './idle.ts';
import {keys} from './keys.ts';
import {list} from './list.ts';
import {memory} from './memory.ts';
import {pluginsStart} from './plugins-start.ts';
import {sandbox} from './sandbox.ts';
import {slurm} from './slurm.ts';
import {sshMachines} from './ssh.ts';
import {start} from './start.ts';
import {installCopy} from './support/install-copy.ts';
import {isGross, printFigures, verdictOf} from './support/print-figures.ts';
import {closeProbes} from './support/probe.ts';

const benches = [start, list, keys, filter, busyPlugin, idle, memory, sandbox, attacked, pluginsStart, sshMachines, docker, aws, slurm];
const {values, positionals: wanted} = parseArgs({options: {minutes: {type: 'string'}}, allowPositionals: true});
/** No bench begins later, in milliseconds since the start of the process. */
const until = Number(values.minutes ?? 'Infinity') * 60_000;
const unknown = wanted.filter(name => !benches.some(bench => bench.name === name));
if (unknown.length > 0) {
	process.stderr.write(`No bench ${unknown.join(', ')}; there are ${benches.map(bench => bench.name).join(', ')}.\n`);
	process.exit(2);
}

const installed = await installCopy();
const figures: Figure[] = [];
try {
	for (const bench of benches.filter(({name}) => wanted.length === 0 || wanted.includes(name))) {
		if (performance.now() > until) {
			figures.push({name: bench.name, value: Number.NaN, unit: '', beside: `not measured: the ${values.minutes} minutes were over`});
			continue;
		}

		const first = await measure(bench);
		// The machine may have other work just then; what is broken is so again.
		figures.push(...(first.some(figure => isGross(figure)) && performance.now() < until ? better(first, await measure(bench)) : first));
	}
} finally {
	await closeProbes();
	installed.remove();
}

async function measure({name, run}: Bench): Promise<readonly Figure[]> {
	process.stderr.write(`${name} …\n`);
	try {
		return await run(installed);
	} catch (error) {
		process.stderr.write(`${(error as Error).stack}\n`);
		return [{name, value: Number.NaN, unit: '', limit: 0, beside: (error as Error).message.split('\n')[0]!}];
	}
}

/** The run with less that is gross, as a whole: figures of one run belong together. */
function better(first: readonly Figure[], second: readonly Figure[]): readonly Figure[] {
	const count = (run: readonly Figure[]) => run.filter(figure => isGross(figure)).length;
	return count(second) <= count(first) ? second : first;
}

process.stdout.write(`${printFigures(figures)}\n`);
writeFileSync(
	new URL('../../dist/bench.json', import.meta.url),
	`${JSON.stringify({at: new Date().toISOString(), node: process.version, load: loadavg()[0], figures: figures.map(figure => ({...figure, verdict: verdictOf(figure)}))}, undefined, '\t')}\n`,
);
process.exitCode = figures.some(figure => isGross(figure)) ? 1 : 0;
