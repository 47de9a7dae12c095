import {type Connection, providerError} from 'cws/sdk';
import {type FoundJob} from './find.ts';

/** A shell, or a command, on the job's own processors beside it: a step that overlaps those that run. */
export function connectJob({job, cluster}: FoundJob, command: readonly string[] | undefined): Connection {
	const {client} = cluster;
	if (client.command === undefined) {
		throw providerError('CWS_NOT_SUPPORTED', {
			message: `There is no way into \`${job.name}\` from here.`,
			cause: client.noCommand ?? `\`${cluster.name}\` is reached through slurmrestd, which has no terminals`,
			...(client.noCommand === undefined && {fix: 'use a machine of the cluster that has its commands'}),
		});
	}

	if (job.status !== 'running') {
		throw providerError('CWS_INVALID_STATE', {
			message: `\`${job.name}\` does not run.`,
			cause: job.states.join(' '),
			fix: 'wait until it does',
		});
	}

	const words = command === undefined || command.length === 0 ? ['/bin/sh', '-c', shell] : command;
	return {
		kind: 'exec',
		...client.command('srun', [`--jobid=${job.spec}`, '--overlap', '--ntasks=1', '--nodes=1', '--pty', '--', ...words]),
		title: `${job.name} on ${job.batchHost ?? job.nodes ?? cluster.name}`,
	};
}

// The person's own shell there, as a login would give it.
const shell = 'exec "${SHELL:-/bin/sh}" -i';
