import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, type DeploySpec, type OperationResult, providerError} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {releaseName, reserveName} from '../../storage/names.ts';
import {createStored, readAllStored, readStored, removeDirectory} from '../../storage/records.ts';
import {toProviderError} from '../../system-error.ts';
import {type WorkstationRecord} from '../record.ts';
import {resolveSpec} from './resolve-spec.ts';
import {formatSize} from './size.ts';
import {startProcesses} from '../run/start-processes.ts';
import {stopProcesses} from '../run/stop-processes.ts';
import {waitUntilSettled} from '../run/wait-until-settled.ts';

/** Creates and starts a workstation. The same token always gives the same one, from whichever process. */
export async function deploy(context: LocalContext, spec: DeploySpec, call: CallContext): Promise<OperationResult> {
	const {name, token, tags} = spec;
	const repeated = readAllStored(context).workstations.find(({record}) => record.token === token);
	if (repeated !== undefined) {
		return created(repeated.record, `\`${name}\` was created by the same request before`);
	}

	assertNameFree(context, name);
	const resolved = await resolveSpec(context, spec);
	const {randomBytes} = await import('node:crypto');
	const id = `${name}-${randomBytes(4).toString('hex')}`;
	call.progress({message: 'creating directory'});
	const record: WorkstationRecord = {version: 1, id, name, createdAt: Date.now(), token, tags, spec: resolved};
	const holder = await reserve(context, record, call.signal);
	if (holder !== undefined) {
		return created(holder, `\`${name}\` was created by the same request before`);
	}

	try {
		createStored(context, record);
		call.progress({message: 'starting'});
		await startProcesses(context, record, call.signal);
	} catch (error) {
		await undo(context, record);
		throw toProviderError(error, `create \`${name}\``);
	}

	return settled(context, record, call);
}

// Returns once the command lives; that its port answers is waited for, but a slow one is not a failure. Nothing is undone from here on:
// a cws that quits while it waits must not take the workstation with it.
async function settled(context: LocalContext, record: WorkstationRecord, call: CallContext): Promise<OperationResult> {
	const end = await waitUntilSettled(context, record, call);
	if (end?.status === 'failed') {
		return {...created(record), status: 'failed', message: `\`${record.name}\` was created, but ${end.reason ?? 'it ended at once'}`};
	}

	return created(record, end === undefined ? `port ${record.spec.port} does not answer yet` : undefined);
}

/** Throws when the name cannot be one, because it becomes a file name, or when another workstation has it. */
export function assertNameFree(context: LocalContext, name: string): void {
	if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
		throw providerError('CWS_INVALID_NAME', {message: `\`${name}\` cannot be a name.`, details: {field: 'name'}});
	}

	const other = readAllStored(context).workstations.find(({record}) => record.name === name);
	if (other !== undefined) {
		throw nameTaken(name, other.record.id);
	}
}

const nameTaken = (name: string, id?: string) =>
	providerError('CWS_NAME_TAKEN', {
		message: `A workstation \`${name}\` exists already.`,
		fix: `choose another name, or run \`cws destroy local/${name}\``,
		details: {field: 'name', ...(id !== undefined && {id})},
	});

const created = (record: WorkstationRecord, message?: string): OperationResult => ({
	status: 'created',
	id: record.id,
	size: formatSize(record.spec),
	...(message !== undefined && {message}),
});

// The record of another process that deploys with the same token, or nothing when the name is ours now.
async function reserve(
	context: LocalContext,
	{name, id, token}: WorkstationRecord,
	signal: AbortSignal,
): Promise<WorkstationRecord | undefined> {
	for (;;) {
		const reservation = reserveSafely(context, name, id);
		if (reservation.status === 'reserved') {
			return undefined;
		}

		const other = reservation.status === 'taken' ? readStored(context, reservation.id) : undefined;
		if (typeof other === 'object' && other.record.token === token) {
			return other.record;
		}

		if (reservation.status === 'taken') {
			throw nameTaken(name, reservation.id);
		}

		// It either completes in milliseconds or is taken over when its reservation is old.
		await sleep(25, undefined, {signal});
	}
}

function reserveSafely(context: LocalContext, name: string, id: string) {
	try {
		return reserveName(context, name, id);
	} catch (error) {
		throw toProviderError(error, `create \`${name}\``);
	}
}

async function undo(context: LocalContext, record: WorkstationRecord): Promise<void> {
	const stored = readStored(context, record.id);
	if (typeof stored === 'object') {
		await stopProcesses(context, stored, {signal: new AbortController().signal, progress() {}, graceSeconds: 1});
	}

	removeDirectory(context, record.id);
	releaseName(context, record.name, record.id);
}
