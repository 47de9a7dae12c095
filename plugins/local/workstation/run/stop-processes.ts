import {providerError} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {isKeeperAlive, isLoggerAlive, leaderOf, membersOf} from '../../process/members.ts';
import {type StoredWorkstation, writeStop} from '../../storage/records.ts';
import {ring} from '../../storage/write-file.ts';
import {type RunFile} from '../record.ts';
import {waitFor} from './wait.ts';

export type StopOutcome = 'ended' | 'killed' | 'was not running';

type Options = {readonly signal: AbortSignal; readonly progress: (message: string) => void; readonly graceSeconds: number};

const killTimeoutMs = 5000;

/** TERM, the grace, then KILL, to every process of the workstation; returns when none is left. */
export async function stopProcesses(context: LocalContext, stored: StoredWorkstation, options: Options): Promise<StopOutcome> {
	const {run, record} = stored;
	const left = (): readonly number[] => (run === undefined ? [] : membersOf(context, record.id, run).map(({pid}) => pid));
	if (run === undefined || left().length === 0) {
		return 'was not running';
	}

	const stop = {run: run.run, at: Date.now(), isKilled: false};
	writeStop(context, record.id, stop);
	options.progress('asking it to end (TERM)');
	signalAll(context, stored, 'SIGTERM');
	// A suspended process gets the signal only when it runs again.
	signalAll(context, stored, 'SIGCONT');
	const isEnded = async (timeoutMs: number, signal?: AbortSignal) =>
		(await waitFor(() => (left().length === 0 ? true : undefined), {timeoutMs, signal, stepMs: 10})) === true;
	if (await isEnded(options.graceSeconds * 1000, options.signal)) {
		await settle(context, stored);
		return 'ended';
	}

	options.progress(`killing it, it did not end within ${options.graceSeconds} s`);
	writeStop(context, record.id, {...stop, isKilled: true});
	const killed = await waitFor(
		() => {
			// Again and again: a process may start others between two looks.
			signalAll(context, stored, 'SIGKILL');
			return left().length === 0 ? true : undefined;
		},
		{timeoutMs: killTimeoutMs, stepMs: 10},
	);
	if (killed === undefined) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `\`${record.name}\` could not be killed.`,
			cause: `process ${left().join(', ')} does not end even on KILL; it may wait for a disk or belong to another user`,
			fix: 'try again, or look at the process with `ps`',
			retryable: true,
		});
	}

	await settle(context, stored);
	return 'killed';
}

/** Sends a signal to every process of the workstation; returns how many there were. */
export function signalAll(context: LocalContext, {record, run}: StoredWorkstation, signal: NodeJS.Signals): number {
	if (run === undefined) {
		return 0;
	}

	const members = membersOf(context, record.id, run);
	// The group at once where it is certain, so that none can start another in between.
	const isGroupCertain = leaderOf(context, run) !== undefined;
	if (isGroupCertain) {
		send(-run.pid, signal);
	}

	// Those outside the group, and all when the first process is gone; a second TERM would be rude to the others.
	for (const {pid, group} of members) {
		if (group !== run.pid || !isGroupCertain) {
			send(pid, signal);
		}
	}

	return members.length;
}

/** Ends the keeper and the logger of a workstation that is being removed; they may be waiting for space on a full disk. */
export function endKeeper({processes}: LocalContext, run: RunFile): void {
	const candidates = [
		{pid: run.keeper, startTime: run.keeperStartTime},
		{pid: run.logger, startTime: run.loggerStartTime},
	];
	for (const {pid, startTime} of candidates) {
		const row = processes.read(pid);
		if (row?.startTime === startTime && run.bootId === processes.bootId) {
			// Their group holds nobody else.
			send(-row.group, 'SIGTERM');
		}
	}
}

function send(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It ended meanwhile, or became another user's; the caller looks at who is left.
	}
}

// The keeper writes the exit, and the logger the last words, some milliseconds after the last process is gone; a new start must not
// overtake them.
async function settle(context: LocalContext, {record, run}: StoredWorkstation): Promise<void> {
	await waitFor(() => (run === undefined || !(isKeeperAlive(context, run) || isLoggerAlive(context, run)) ? true : undefined), {
		timeoutMs: 1000,
	});
	ring(context, record.id);
}
