import {type JobSpec} from '../job/job-spec.ts';

/** The words of `sbatch`; what stands here wins over the `#SBATCH` lines of the script, which comes through its input. */
export function sbatchArguments(spec: JobSpec, comment: string): readonly string[] {
	const {gpus} = spec;
	const flags: Readonly<Record<string, string | number | undefined>> = {
		'job-name': spec.name,
		comment,
		partition: spec.partition,
		nodes: spec.nodes,
		'ntasks-per-node': spec.tasksPerNode,
		'cpus-per-task': spec.cpusPerTask,
		time: spec.minutes,
		mem: spec.memoryMb === undefined ? undefined : `${spec.memoryMb}M`,
		gres: gpus === undefined ? undefined : `gpu:${gpus.kind === undefined ? '' : `${gpus.kind}:`}${gpus.count}`,
		array: spec.array,
		dependency: spec.dependency,
		account: spec.account,
		qos: spec.qos,
		output: spec.output,
		chdir: spec.directory,
	};
	return ['--parsable', ...Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`]))];
}
