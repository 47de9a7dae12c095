import {type ResourceStatus} from 'cws/sdk';
import {type ExitFile, type RunFile, type StopFile, type WorkstationRecord} from './record.ts';

/** What is known of a workstation at one moment. */
export type Facts = {
	readonly now: number;
	readonly record: WorkstationRecord;
	readonly run?: RunFile;
	readonly exit?: ExitFile;
	readonly stop?: StopFile;
	readonly isReady: boolean;
	readonly isThisBoot: boolean;
	/** The state letter of its first process; undefined when that is gone. */
	readonly leaderState?: string;
	readonly isKeeperAlive: boolean;
	/** Processes that outlived the first one. */
	readonly leftovers: number;
	/** The last lines of its log; asked for only when it failed. */
	readonly lastLines: () => readonly string[];
	readonly readySeconds: number;
	readonly stopGraceSeconds: number;
};

export type WorkstationStatus = {readonly status: ResourceStatus; readonly raw: string; readonly reason?: string};

const startTimeoutMs = 6000;
const terminated = 128 + 15;

/** Maps what the system shows to the one list of states; pure. */
export function statusOf(facts: Facts): WorkstationStatus {
	const {record, now} = facts;
	const {start} = record;
	if (start === undefined) {
		return now - record.createdAt < startTimeoutMs
			? {status: 'creating', raw: 'new'}
			: {status: 'stopped', raw: 'new', reason: 'it was never started'};
	}

	const run = facts.run?.run === start.run ? facts.run : undefined;
	const exit = facts.exit?.run === start.run ? facts.exit : undefined;
	const stop = facts.stop?.run === start.run ? facts.stop : undefined;
	const starting = start.isFirst ? 'creating' : 'pending';
	if (run === undefined && exit === undefined) {
		return now - start.at < startTimeoutMs
			? {status: starting, raw: 'starting'}
			: {status: 'failed', raw: 'not started', reason: 'its keeper did not start the command'};
	}

	if (run !== undefined && facts.leaderState !== undefined) {
		return aliveStatus(facts, {stop, starting, startedAt: start.at});
	}

	if (facts.leftovers > 0 && stop === undefined) {
		const ended = exit === undefined ? 'ended' : `ended (${describeExit(exit.code)})`;
		return {status: 'running', raw: 'detached', reason: `its first process ${ended}, ${processes(facts.leftovers)} it started still run`};
	}

	return endedStatus(facts, {exit, stop, run});
}

type Live = {readonly stop?: StopFile; readonly starting: ResourceStatus; readonly startedAt: number};

function aliveStatus(facts: Facts, {stop, starting, startedAt}: Live): WorkstationStatus {
	const {port, healthPath} = facts.record.spec;
	if (stop !== undefined && facts.now - stop.at < (facts.stopGraceSeconds + 5) * 1000) {
		return {status: 'stopping', raw: 'stopping'};
	}

	if (facts.leaderState === 'T') {
		return {status: 'hibernated', raw: 'suspended'};
	}

	if (stop !== undefined) {
		return {status: 'running', raw: 'running', reason: 'a stop of it was interrupted; stop it again'};
	}

	if (port !== undefined && !facts.isReady) {
		return facts.now - startedAt < facts.readySeconds * 1000
			? {status: starting, raw: 'starting', reason: `waiting for port ${port}${healthPath ?? ''}`}
			: {status: 'running', raw: 'not ready', reason: `nothing answers on port ${port}${healthPath ?? ''}`};
	}

	return facts.isKeeperAlive
		? {status: 'running', raw: 'running'}
		: {status: 'running', raw: 'running', reason: 'its keeper was killed, so its exit status will not be known'};
}

type Ended = {readonly exit?: ExitFile; readonly stop?: StopFile; readonly run?: RunFile};

function endedStatus(facts: Facts, {exit, stop, run}: Ended): WorkstationStatus {
	if (stop !== undefined) {
		return {
			status: 'stopped',
			raw: 'stopped',
			reason: stop.isKilled ? `it did not end on TERM within ${facts.stopGraceSeconds} s and was killed` : undefined,
		};
	}

	// Somebody asked it to end: with `kill`, or with a cws that could not write so down because its disk was read-only.
	if (exit?.code === terminated) {
		return {status: 'stopped', raw: `exit ${exit.code}`, reason: 'it was asked to end (SIGTERM)'};
	}

	if (exit !== undefined) {
		return exit.code === 0
			? {status: 'stopped', raw: 'exit 0', reason: 'it ended by itself (exit status 0)'}
			: {
					status: 'failed',
					raw: `exit ${exit.code}`,
					reason: [`it ended by itself (${describeExit(exit.code)})`, ...facts.lastLines()].join(' · '),
				};
	}

	if (run !== undefined && !facts.isThisBoot) {
		return {status: 'stopped', raw: 'lost', reason: 'the machine restarted while it ran'};
	}

	return facts.isKeeperAlive
		? {status: 'stopping', raw: 'ending'}
		: {
				status: 'stopped',
				raw: 'lost',
				reason: 'it ended while its keeper could not write how: the keeper was killed, or the disk was read-only',
			};
}

const signalNames: Readonly<Record<number, string>> = {
	1: 'HUP',
	2: 'INT',
	3: 'QUIT',
	4: 'ILL',
	6: 'ABRT',
	7: 'BUS',
	8: 'FPE',
	9: 'KILL',
	11: 'SEGV',
	13: 'PIPE',
	14: 'ALRM',
	15: 'TERM',
};

/** A shell adds 128 to the signal that ended a program. */
export function describeExit(code: number): string {
	const signal = signalNames[code - 128];
	if (signal !== undefined) {
		return `killed by SIG${signal}`;
	}

	return code === 127 ? 'exit status 127, command not found' : `exit status ${code}`;
}

const processes = (count: number): string => (count === 1 ? 'one process' : `${count} processes`);
