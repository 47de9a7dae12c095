import {type LocalContext} from '../context.ts';
import {fileOf} from '../storage/paths.ts';
import {type RunFile} from '../workstation/record.ts';
import {isAlive, type ProcessRow} from './process-table.ts';

export const runVariable = (run: string): string => `CWS_WORKSTATION_RUN=${run}`;

/** The first process of a run, if it is still the same one: a pid alone proves nothing. */
export function leaderOf({processes}: Pick<LocalContext, 'processes'>, run: RunFile): ProcessRow | undefined {
	const row = isThisBoot(processes.bootId, run) ? processes.read(run.pid) : undefined;
	return isAlive(row) && row.startTime === run.startTime ? row : undefined;
}

export function isKeeperAlive({processes}: Pick<LocalContext, 'processes'>, run: RunFile): boolean {
	const row = isThisBoot(processes.bootId, run) ? processes.read(run.keeper) : undefined;
	return isAlive(row) && row.startTime === run.keeperStartTime;
}

export function isLoggerAlive({processes}: Pick<LocalContext, 'processes'>, run: RunFile): boolean {
	const row = isThisBoot(processes.bootId, run) ? processes.read(run.logger) : undefined;
	return isAlive(row) && row.startTime === run.loggerStartTime;
}

export const isThisBoot = (bootId: string, run: RunFile): boolean => run.bootId === bootId;

/**
Every living process of a run. While the first one lives, its session is ours; when it is dead the number may have been given to
strangers, so each process has to prove itself by the environment it was started with, or by writing to our log.
The environment also finds those that moved to a session of their own.
*/
export function membersOf(context: LocalContext, id: string, run: RunFile): readonly ProcessRow[] {
	const {processes} = context;
	if (!isThisBoot(processes.bootId, run)) {
		return [];
	}

	const pipe = fileOf(context, id, 'out');
	const keepers = new Set([run.keeper, run.logger, process.pid]);
	const isLeaderAlive = leaderOf(context, run) !== undefined;
	const variable = runVariable(run.run);
	return processes
		.readAll()
		.filter(
			row =>
				isAlive(row) &&
				!keepers.has(row.pid) &&
				((isLeaderAlive && (row.session === run.pid || row.group === run.pid)) ||
					processes.hasVariable(row.pid, variable) ||
					(row.session === run.pid && processes.writesTo(row.pid, pipe))),
		);
}
