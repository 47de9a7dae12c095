import {type CallContext, type OperationResult, providerError, type ResourceTarget} from 'cws/sdk';
import {type JobAction} from '../client/client.ts';
import {type SlurmState} from '../state.ts';
import {findJob, type FoundJob, needJob} from './find.ts';

type Act = (state: SlurmState, target: ResourceTarget, call: CallContext) => Promise<OperationResult>;

/** A job that waits is held; one that runs goes back into the queue and is held there. */
export const stopJob: Act = async (state, target, {signal}) => {
	const found = await needJob(state, target, signal);
	const {job} = found;
	refuseEnded(found);
	if (job.status === 'stopped') {
		return {status: 'skipped', id: job.id, message: 'it is held already'};
	}

	await act(found, job.states.includes('PENDING') ? 'hold' : 'requeuehold', signal);
	return {status: 'stopped', id: job.id};
};

/** A job that is held is released; one that has ended goes into the queue again. */
export const startJob: Act = async (state, target, {signal}) => {
	const found = await needJob(state, target, signal);
	const {job} = found;
	if (!job.hasEnded && job.status !== 'stopped') {
		return {status: 'skipped', id: job.id, message: 'it is in the queue already'};
	}

	await act(found, job.hasEnded ? 'requeue' : 'release', signal);
	return {status: 'started', id: job.id};
};

export const restartJob: Act = async (state, target, {signal}) => {
	const found = await needJob(state, target, signal);
	await act(found, 'requeue', signal);
	return {status: 'started', id: found.job.id};
};

export const suspendJob: Act = async (state, target, {signal}) => {
	const found = await needJob(state, target, signal);
	refuseEnded(found);
	await act(found, 'suspend', signal);
	return {status: 'stopped', id: found.job.id};
};

export const resumeJob: Act = async (state, target, {signal}) => {
	const found = await needJob(state, target, signal);
	refuseEnded(found);
	await act(found, 'resume', signal);
	return {status: 'started', id: found.job.id};
};

/** Cancels it. Of an array these are the tasks that wait; one that has ended cannot be taken back from the record. */
export const cancelJob: Act = async (state, target, {signal}) => {
	const found = target.type === 'job' ? await findJob(state, target, signal) : undefined;
	if (found === undefined) {
		return {status: 'not_found', id: target.id};
	}

	if (found.job.hasEnded) {
		return {status: 'not_found', id: target.id, message: 'it has ended; Slurm forgets it by itself'};
	}

	await act(found, 'cancel', signal);
	return {status: 'deleted', id: found.job.id};
};

async function act({job, cluster}: FoundJob, action: JobAction, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	const reason = cluster.client.cannot(action);
	if (reason !== undefined) {
		throw providerError('CWS_NOT_SUPPORTED', {message: `\`${cluster.name}\` cannot ${action} \`${job.name}\` here.`, cause: reason});
	}

	try {
		await cluster.client.act(action, job.spec, signal);
	} finally {
		cluster.reader.changed();
	}
}

function refuseEnded({job}: FoundJob): void {
	if (job.hasEnded) {
		throw providerError('CWS_INVALID_STATE', {
			message: `\`${job.name}\` has ended.`,
			cause: job.states.join(' '),
			fix: `run \`cws start slurm/${job.name}\` to put it into the queue again`,
		});
	}
}
