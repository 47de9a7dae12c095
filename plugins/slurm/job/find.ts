import {FailureError, providerError, type ResourceTarget} from 'cws/sdk';
import {type Cluster} from '../cluster/cluster.ts';
import {type SlurmState} from '../state.ts';
import {type Job} from './job.ts';

export type FoundJob = {readonly job: Job; readonly cluster: Cluster};

/** A job that was cancelled is gone, although Slurm tells of it for some minutes more. */
export const isThere = ({status}: Job): boolean => status !== 'deleted';

export async function findJob(
	state: SlurmState,
	{id, account}: Pick<ResourceTarget, 'id' | 'account'>,
	signal: AbortSignal,
): Promise<FoundJob | undefined> {
	if (!/^\d{1,10}(_\d{1,10})?$/.test(id)) {
		return undefined;
	}

	let failure: unknown;
	for (const cluster of state.among(account)) {
		try {
			const {answer} = await cluster.reader.read('jobs', signal);
			const job = answer.items.find(job => job.id === id && isThere(job));
			if (job !== undefined) {
				return {job, cluster};
			}
		} catch (error) {
			if (!(error instanceof FailureError)) {
				throw error;
			}

			failure ??= error;
		}
	}

	// Who does not answer may have it.
	if (failure !== undefined) {
		throw failure;
	}

	return undefined;
}

export async function needJob(state: SlurmState, target: ResourceTarget, signal: AbortSignal): Promise<FoundJob> {
	const found = target.type === 'job' ? await findJob(state, target, signal) : undefined;
	if (found === undefined) {
		throw providerError('CWS_NOT_FOUND', {
			message: `There is no ${target.type} \`${target.name || target.id}\`.`,
			cause: 'it was cancelled, or ended a while ago',
			fix: 'see `cws list --provider slurm`',
		});
	}

	return found;
}
