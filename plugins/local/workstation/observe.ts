import {type LocalContext} from '../context.ts';
import {readListening} from '../network/listening.ts';
import {pathAnswers} from '../network/path-answers.ts';
import {portAnswers} from '../network/port-answers.ts';
import {isKeeperAlive, isThisBoot, leaderOf, membersOf} from '../process/members.ts';
import {type ProcessRow} from '../process/process-table.ts';
import {saveStop, type StoredWorkstation, writeReady} from '../storage/records.ts';
import {lastLogLines} from './logs/log-file.ts';
import {statusOf, type WorkstationStatus} from './status.ts';

/** A workstation with everything the system shows of it now. */
export type Observation = WorkstationStatus & {
	readonly stored: StoredWorkstation;
	readonly leader?: ProcessRow;
	/** Undefined without a port, and where the system does not tell. */
	readonly isListening?: boolean;
};

/** Looks at workstations; one read of the socket tables for all of them, one small file for each process. */
export async function observe(context: LocalContext, workstations: readonly StoredWorkstation[]): Promise<readonly Observation[]> {
	const ports = workstations.some(({record}) => record.spec.port !== undefined)
		? new Set(readListening()?.map(socket => socket.port))
		: new Set<number>();
	return Promise.all(workstations.map(async stored => observeOne(context, stored, ports)));
}

async function observeOne(context: LocalContext, stored: StoredWorkstation, ports: ReadonlySet<number>): Promise<Observation> {
	const {record, exit} = stored;
	const run = stored.run?.run === record.start?.run ? stored.run : undefined;
	const unsaved = context.unsavedStops.get(record.start?.run ?? '');
	if (unsaved !== undefined) {
		saveStop(context, record.id, unsaved);
	}

	const stop = unsaved ?? stored.stop;
	const leader = run === undefined ? undefined : leaderOf(context, run);
	const {port} = record.spec;
	const isReady = await checkReady(context, stored, {isRunning: leader !== undefined && leader.state !== 'T', ports});
	return {
		...statusOf({
			now: Date.now(),
			record,
			run,
			exit,
			stop,
			isReady,
			isThisBoot: run !== undefined && isThisBoot(context.processes.bootId, run),
			leaderState: leader?.state,
			isKeeperAlive: run !== undefined && isKeeperAlive(context, run),
			leftovers: leader === undefined && run !== undefined ? countLeftovers(context, stored) : 0,
			lastLines: () => lastLogLines(context, record.id, 3),
			readySeconds: context.config.readySeconds,
			stopGraceSeconds: context.config.stopGraceSeconds,
		}),
		stored,
		leader,
		isListening: port === undefined || leader === undefined ? undefined : ports.size > 0 ? ports.has(port) : isReady,
	};
}

type Probe = {readonly isRunning: boolean; readonly ports: ReadonlySet<number>};

// The first answer is remembered on disk; from then on the socket table tells, and no program sees connections it did not ask for.
async function checkReady(context: LocalContext, {record, readyRun}: StoredWorkstation, {isRunning, ports}: Probe): Promise<boolean> {
	const {start, spec} = record;
	if (spec.port === undefined || start === undefined || readyRun === start.run) {
		return true;
	}

	if (!isRunning || (ports.size > 0 && !ports.has(spec.port)) || !(await portAnswers(spec.port))) {
		return false;
	}

	const {port, protocol, healthPath: path} = spec;
	if (path !== undefined && !(await pathAnswers({protocol, port, path}))) {
		return false;
	}

	try {
		writeReady(context, record.id, start.run);
	} catch {
		// The next look finds out again.
	}

	return true;
}

// Nothing can join a run of which no process is left, so one empty look is enough for ever.
function countLeftovers(context: LocalContext, {record, run}: StoredWorkstation): number {
	if (run === undefined || context.endedRuns.has(run.run) || !isThisBoot(context.processes.bootId, run)) {
		return 0;
	}

	const count = membersOf(context, record.id, run).length;
	if (count === 0) {
		context.endedRuns.add(run.run);
	}

	return count;
}
