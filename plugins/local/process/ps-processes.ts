import {execFileSync} from 'node:child_process';
import {type ProcessRow, type ProcessTable} from './process-table.ts';

const columns = 'pid=,ppid=,pgid=,stat=,nice=,rss=,time=,lstart=';

/** For systems without /proc: one `ps` for each question. Environment and open files of other processes stay unseen. */
export function createPsProcesses(): ProcessTable {
	const run = (args: readonly string[]): string => {
		try {
			return execFileSync('ps', args, {encoding: 'utf8', env: {...process.env, LC_ALL: 'C'}, stdio: ['ignore', 'pipe', 'ignore']});
		} catch {
			// `ps -p` of a process that is gone fails.
			return '';
		}
	};

	return {
		bootId: '-',
		read: pid => parsePs(run(['-o', columns, '-p', String(pid)]))[0],
		readAll: () => parsePs(run(['-A', '-o', columns])),
		hasVariable: () => false,
		writesTo: () => false,
		commandOf: pid => run(['-o', 'comm=', '-p', String(pid)]).trim() || undefined,
	};
}

/** Sessions are not told everywhere; the group stands for them, because the keeper makes both at once. */
export function parsePs(output: string): readonly ProcessRow[] {
	return output.split('\n').flatMap(line => {
		const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S)\S*\s+(-?\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
		if (match === null) {
			return [];
		}

		const [, pid, parent, group, state, nice, kilobytes, time, startTime] = match;
		return [
			{
				pid: Number(pid),
				parent: Number(parent),
				group: Number(group),
				session: Number(group),
				state: state!,
				nice: Number(nice),
				memoryBytes: Number(kilobytes) * 1024,
				cpuMs: parseTime(time!),
				startTime: startTime!,
			},
		];
	});
}

// `1-02:03:04`, `02:03:04` or `3:04.56`
function parseTime(text: string): number {
	const [clock, days] = text.split('-').toReversed();
	return clock!.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000 + Number(days ?? 0) * 86_400_000;
}
