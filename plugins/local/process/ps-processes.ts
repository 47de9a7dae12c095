import {getBuiltinModule} from 'node:process';
import {type ProcessRow, type ProcessTable} from './process-table.ts';

const columns = 'pid=,ppid=,pgid=,stat=,nice=,rss=,time=,lstart=';

// A list of many workstations asks for each; one answer serves them all.
const snapshotMs = 100;

/** For systems without /proc: one `ps` for all questions of a moment. Environment and open files of other processes stay unseen. */
export function createPsProcesses(): ProcessTable {
	const run = (args: readonly string[]): string => {
		try {
			return getBuiltinModule('node:child_process').execFileSync('ps', args, {
				encoding: 'utf8',
				env: {...process.env, LC_ALL: 'C'},
				stdio: ['ignore', 'pipe', 'ignore'],
			});
		} catch {
			// `ps -p` of a process that is gone fails.
			return '';
		}
	};

	let snapshot: {readonly at: number; readonly rows: ReadonlyMap<number, ProcessRow>} = {at: Number.NEGATIVE_INFINITY, rows: new Map()};
	const readAll = () => {
		if (performance.now() - snapshot.at > snapshotMs) {
			snapshot = {at: performance.now(), rows: new Map(parsePs(run(['-A', '-o', columns])).map(row => [row.pid, row]))};
		}

		return snapshot.rows;
	};

	return {
		bootId: '-',
		// What is missing may have just begun; that is worth another question.
		read: pid => readAll().get(pid) ?? parsePs(run(['-o', columns, '-p', String(pid)]))[0],
		readAll: () => [...readAll().values()],
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
