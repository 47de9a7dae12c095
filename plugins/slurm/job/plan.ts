import {type DeploySpec, formatBytes, type PlanLine, type ProviderPlan, type ResourceOperation} from 'cws/sdk';
import {clusterNameOf} from '../cluster-of.ts';
import {estimateJob} from '../cost.ts';
import {type SlurmState} from '../state.ts';
import {directivesOf} from './directives.ts';
import {type Job} from './job.ts';
import {type JobSpec, resolveJob, tresOf} from './job-spec.ts';

/** The dry run of a submission; asks no cluster. */
export function planJob(state: SlurmState, deploy: DeploySpec): ProviderPlan {
	const spec = resolveJob(deploy, state.world);
	const cluster = state.clusters.length === 0 ? undefined : state.clusterOf(clusterNameOf(deploy));
	const directives = directivesOf(spec.script);
	const warnings = [
		...(state.clusters.length === 0 ? ['there is no Slurm on this machine to submit it to'] : []),
		...(cluster !== undefined && cluster.client.command === undefined && directives.length > 0
			? [`slurmrestd does not read the \`#SBATCH\` lines of a script: ${directives.join(' ')}`]
			: []),
	];
	return {
		lines: [
			{label: 'submit', value: `job ${spec.name}${cluster === undefined ? '' : ` on ${cluster.name}`}`},
			{label: 'runs', value: spec.from},
			...asked(spec),
			{label: 'directory', value: spec.directory},
			...(directives.length > 0 ? [{label: '#SBATCH', value: directives.join(' ')}] : []),
		],
		...(warnings.length > 0 && {warnings}),
		estimate: estimateJob(tresOf(spec), cluster?.rates ?? state.config, state.config.currency),
	};
}

function asked(spec: JobSpec): readonly PlanLine[] {
	const {gpus} = spec;
	const lines: Readonly<Record<string, string | number | undefined>> = {
		partition: spec.partition,
		nodes: spec.nodes,
		'tasks per node': spec.tasksPerNode,
		'cores per task': spec.cpusPerTask,
		'time limit': spec.minutes === undefined ? undefined : `${spec.minutes} min`,
		'memory per node': spec.memoryMb === undefined ? undefined : formatBytes(spec.memoryMb * 1_048_576),
		'GPUs per node': gpus === undefined ? undefined : [gpus.count, gpus.kind].filter(Boolean).join(' × '),
		array: spec.array,
		'depends on': spec.dependency,
		account: spec.account,
		'quality of service': spec.qos,
		output: spec.output,
	};
	return Object.entries(lines).flatMap(([label, value]) => (value === undefined ? [] : [{label, value: String(value)}]));
}

/** What an action does to a job, in words. */
export function planJobAction(action: ResourceOperation, job: Job): ProviderPlan {
	const isWaiting = job.states.includes('PENDING');
	const line = (value: string): PlanLine => ({label: action, value});
	const lost = 'what it has not written yet is lost';
	const outputs = ['the files it wrote'];
	switch (action) {
		case 'stop': {
			return isWaiting
				? {lines: [line(`hold job ${job.id}: it waits and does not start`)], keeps: ['its place in the queue, once it is released']}
				: {
						lines: [line(`end job ${job.id}, put it back into the queue and hold it there`)],
						warnings: [`it begins from its start when it is released; ${lost}`],
						keeps: outputs,
					};
		}

		case 'start': {
			return {
				lines: [line(job.hasEnded ? `put job ${job.id} into the queue again` : `release job ${job.id}: it starts when its turn comes`)],
			};
		}

		case 'restart': {
			return {
				lines: [line(`end job ${job.id} and put it back into the queue`)],
				warnings: [`it begins from its start; ${lost}`],
				keeps: outputs,
			};
		}

		case 'hibernate': {
			return {lines: [line(`suspend job ${job.id}: it keeps its memory, and its processors are free for others`)]};
		}

		case 'resume': {
			return {lines: [line(`let job ${job.id} go on`)]};
		}

		default: {
			const tasks = job.array?.waiting;
			return {
				lines: [line(tasks === undefined ? `cancel job ${job.id}` : `cancel the tasks ${tasks} of job ${job.id} that wait`)],
				takes: [tasks === undefined ? `job ${job.spec}: ${lost}` : `the tasks ${tasks}; those that run are rows of their own`],
				keeps: outputs,
			};
		}
	}
}
