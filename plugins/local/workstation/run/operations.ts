import {accessSync, constants} from 'node:fs';
import {type CallContext, type OperationResult, providerError, type ResourceTarget} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {checkPortFree} from '../../network/check-port.ts';
import {leaderOf, membersOf} from '../../process/members.ts';
import {releaseName} from '../../storage/names.ts';
import {directoryOf} from '../../storage/paths.ts';
import {readStored, removeDirectory, type StoredWorkstation} from '../../storage/records.ts';
import {ring} from '../../storage/write-file.ts';
import {codeOf, toProviderError} from '../../system-error.ts';
import {findWorkstation} from '../find.ts';
import {startProcesses} from './start-processes.ts';
import {endKeeper, signalAll, stopProcesses} from './stop-processes.ts';
import {waitFor} from './wait.ts';
import {waitUntilSettled} from './wait-until-settled.ts';

export async function start(context: LocalContext, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const stored = findWorkstation(context, target);
	if (isRunning(context, stored)) {
		return {status: 'skipped', id: target.id, message: 'it is running'};
	}

	const {port} = stored.record.spec;
	if (port !== undefined) {
		await checkPortFree(context, port);
	}

	call.progress({message: 'starting'});
	try {
		await startProcesses(context, stored.record, call.signal);
	} catch (error) {
		throw toProviderError(error, `start \`${target.name}\``);
	}

	const end = await waitUntilSettled(context, stored.record, call);
	return end?.status === 'failed'
		? {status: 'failed', id: target.id, message: end.reason}
		: {status: 'started', id: target.id, ...(end === undefined && {message: `port ${port} does not answer yet`})};
}

export async function stop(context: LocalContext, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const stored = findWorkstation(context, target);
	const outcome = await stopSafely(context, stored, call);
	if (outcome === 'was not running') {
		return {status: 'skipped', id: target.id, message: 'it is not running'};
	}

	return {
		status: 'stopped',
		id: target.id,
		...(outcome === 'killed' && {message: `it did not end on TERM within ${context.config.stopGraceSeconds} s and was killed`}),
	};
}

export async function restart(context: LocalContext, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	await stop(context, target, call);
	return start(context, target, call);
}

export const hibernate = async (context: LocalContext, target: ResourceTarget, {signal}: CallContext): Promise<OperationResult> =>
	suspend(context, target, {signal, send: 'SIGSTOP', isDone: state => state === 'T', status: 'stopped'});

export const resume = async (context: LocalContext, target: ResourceTarget, {signal}: CallContext): Promise<OperationResult> =>
	suspend(context, target, {signal, send: 'SIGCONT', isDone: state => state !== 'T', status: 'started'});

/** Stops it and removes its directory; what is gone is `not_found`. Repeating an interrupted one completes it. */
export async function destroy(context: LocalContext, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const stored = readStored(context, target.id);
	if (stored === undefined) {
		return {status: 'not_found', id: target.id, message: 'it was gone already'};
	}

	assertRemovable(context, target);
	const outcome = typeof stored === 'object' ? await stopSafely(context, stored, call) : 'was not running';
	call.progress({message: 'removing its directory'});
	try {
		removeDirectory(context, target.id);
		releaseName(context, typeof stored === 'object' ? stored.record.name : target.name, target.id);
	} catch (error) {
		throw toProviderError(error, `remove ${directoryOf(context, target.id)}`);
	}

	if (typeof stored === 'object' && stored.run !== undefined) {
		endKeeper(context, stored.run);
	}

	return {status: 'deleted', id: target.id, ...(outcome === 'killed' && {message: 'it did not end on TERM and was killed'})};
}

// Before anything is stopped: a workstation that cannot be removed goes on.
function assertRemovable(context: LocalContext, {id, name}: ResourceTarget): void {
	try {
		accessSync(directoryOf(context, id), constants.W_OK);
		accessSync(context.root, constants.W_OK);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw toProviderError(error, `destroy \`${name}\``);
		}
	}
}

function isRunning(context: LocalContext, {record, run}: StoredWorkstation): boolean {
	return run !== undefined && (leaderOf(context, run) !== undefined || membersOf(context, record.id, run).length > 0);
}

async function stopSafely(context: LocalContext, stored: StoredWorkstation, {signal, progress}: CallContext) {
	try {
		return await stopProcesses(context, stored, {
			signal,
			progress: message => {
				progress({message});
			},
			graceSeconds: context.config.stopGraceSeconds,
		});
	} catch (error) {
		throw toProviderError(error, `stop \`${stored.record.name}\``);
	}
}

type Suspension = {
	readonly signal: AbortSignal;
	readonly send: 'SIGSTOP' | 'SIGCONT';
	readonly isDone: (state: string) => boolean;
	readonly status: 'stopped' | 'started';
};

async function suspend(
	context: LocalContext,
	target: ResourceTarget,
	{signal, send, isDone, status}: Suspension,
): Promise<OperationResult> {
	const stored = findWorkstation(context, target);
	const {run} = stored;
	if (run === undefined || !isRunning(context, stored)) {
		throw providerError('CWS_INVALID_STATE', {message: `\`${target.name}\` is not running.`, fix: 'start it'});
	}

	const states = () => membersOf(context, target.id, run).map(({state}) => state);
	if (states().every(state => isDone(state))) {
		return {status: 'skipped', id: target.id, message: send === 'SIGSTOP' ? 'it is hibernated already' : 'it is not hibernated'};
	}

	const isComplete = await waitFor(
		() => {
			signalAll(context, stored, send);
			return states().every(state => isDone(state)) ? true : undefined;
		},
		{timeoutMs: 3000, signal, stepMs: 5},
	);
	ring(context, target.id);
	if (isComplete === undefined) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `Not every process of \`${target.name}\` could be ${send === 'SIGSTOP' ? 'suspended' : 'resumed'}.`,
			cause: 'one of them waits for a disk, or belongs to another user',
			retryable: true,
		});
	}

	return {status, id: target.id};
}
