import {type World} from '../config.ts';
import {type JobSpec} from '../job/job-spec.ts';

/** What `POST /job/submit` takes; its words changed with v0.0.39. */
export function submitBody(spec: JobSpec, comment: string, version: string, {env}: World): Readonly<Record<string, unknown>> {
	const isOld = Number(version.split('.').at(-1)) < 39;
	const environment = {PATH: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', ...(env['LANG'] !== undefined && {LANG: env['LANG']})};
	const gpus = spec.gpus === undefined ? undefined : `gpu:${spec.gpus.kind === undefined ? '' : `${spec.gpus.kind}:`}${spec.gpus.count}`;
	const many = (value: number | undefined) => (value === undefined || isOld ? value : {set: true, infinite: false, number: value});
	const job: Readonly<Record<string, unknown>> = {
		name: spec.name,
		comment,
		partition: spec.partition,
		...(isOld ? {nodes: spec.nodes} : {minimum_nodes: spec.nodes, maximum_nodes: spec.nodes}),
		tasks_per_node: spec.tasksPerNode,
		tasks: spec.tasksPerNode === undefined ? undefined : spec.tasksPerNode * (spec.nodes ?? 1),
		cpus_per_task: spec.cpusPerTask,
		time_limit: many(spec.minutes),
		memory_per_node: many(spec.memoryMb),
		...(isOld ? {gres: gpus} : {tres_per_node: gpus === undefined ? undefined : `gres/${gpus}`}),
		array: spec.array,
		dependency: spec.dependency,
		account: spec.account,
		qos: spec.qos,
		standard_output: spec.output,
		current_working_directory: spec.directory,
		environment: isOld ? environment : Object.entries(environment).map(([name, value]) => `${name}=${value}`),
	};
	return {script: spec.script, job: Object.fromEntries(Object.entries(job).filter(([, value]) => value !== undefined))};
}
