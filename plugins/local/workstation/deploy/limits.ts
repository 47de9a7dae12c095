import {readFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {formatBytes} from 'cws/sdk';
import {findProgram} from './find-program.ts';
import {type WorkstationSpec} from '../record.ts';

/** How the asked-for limits are kept on this machine. */
export type Limits = {
	/** Words before the command; each program replaces itself by the next, so no process is added. */
	readonly prefix: readonly string[];
	/** One line each for the plan and describe. */
	readonly lines: readonly {readonly label: string; readonly value: string}[];
	readonly warnings: readonly string[];
};

type Asked = Pick<WorkstationSpec, 'memoryMb' | 'cpus' | 'nice'>;
type System = {readonly path?: string; readonly cores?: readonly number[]; readonly random?: () => number};

/** Uses the system's `prlimit`, `taskset` and `nice`; where one is absent the limit is not kept, and the line says so. */
export function limitsOf(asked: Asked, {path, cores = allowedCores(), random = Math.random}: System): Limits {
	const prefix: string[] = [];
	const lines: {label: string; value: string}[] = [];
	const warnings: string[] = [];
	const apply = (label: string, {tool, args, value}: {tool: string; args: readonly string[]; value: string}) => {
		if (findProgram(tool, path) === undefined) {
			lines.push({label, value: `not limited (${tool} is not installed)`});
			warnings.push(`${label}: not limited, because ${tool} is not installed`);
		} else {
			prefix.push(tool, ...args);
			lines.push({label, value});
		}
	};

	if (asked.memoryMb !== undefined) {
		const bytes = asked.memoryMb * 1_048_576;
		// Data, not address space: runtimes reserve far more addresses than they ever use.
		apply('memory limit', {tool: 'prlimit', args: [`--data=${bytes}`], value: `${formatBytes(bytes)} for each process (prlimit)`});
	}

	if (asked.cpus !== undefined && asked.cpus >= cores.length) {
		lines.push({label: 'cpu limit', value: `not limited (this machine has ${cores.length})`});
	} else if (asked.cpus !== undefined) {
		// Another first core each time, so that small workstations do not all share core 0.
		const first = Math.floor(random() * cores.length);
		const list = Array.from({length: asked.cpus}, (_, index) => cores[(first + index) % cores.length]!);
		apply('cpu limit', {tool: 'taskset', args: ['-c', list.join(',')], value: `${asked.cpus} of ${cores.length} cores (taskset)`});
	}

	if (asked.nice !== undefined && asked.nice > 0) {
		apply('niceness', {tool: 'nice', args: ['-n', String(asked.nice)], value: `${asked.nice} (nice)`});
	}

	return {prefix, lines, warnings};
}

// A container may be given cores 4 to 7 of the machine; asking for core 0 would fail there.
function allowedCores(): readonly number[] {
	try {
		const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '';
		const cores = list.split(',').flatMap(range => {
			const [first = Number.NaN, last = first] = range.split('-').map(Number);
			return Array.from({length: last - first + 1}, (_, index) => first + index);
		});
		if (cores.length > 0 && cores.every(core => Number.isInteger(core))) {
			return cores;
		}
	} catch {
		// No /proc.
	}

	return Array.from({length: availableParallelism()}, (_, index) => index);
}
