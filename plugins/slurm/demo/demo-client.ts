import {setTimeout as sleep} from 'node:timers/promises';
import {type JobAction, type SlurmClient} from '../client/client.ts';
import {trouble} from '../client/trouble.ts';
import {readJob} from '../job/job.ts';
import {jobEntry, liveJob, type LiveJob, nodeEntry, partitionEntry} from './entries.ts';
import {type DemoFleet} from './fleet.ts';
import {demoOutput} from './output.ts';

/** Whose screen it is. */
const demoUser = 'ada';
const answerMs = 60;
const startMs = 4000;
const defaultLimitMinutes = 60;

/** A cluster of the recording. No program is started and no address dialled; what is done to it lasts until cws ends. */
export function createDemoClient(name: string, fleet: DemoFleet, now: () => number): SlurmClient {
	let jobs: readonly LiveJob[] = fleet.jobs.map(job => liveJob(job, now()));
	let nextId = Math.max(...jobs.map(({id}) => id)) + 1;

	const nodesOf = (partition: string): readonly string[] =>
		fleet.nodes.filter(({partitions, state}) => state === undefined && partitions.split(',').includes(partition)).map(node => node.name);

	const begin = (job: LiveJob): LiveJob => {
		const {startsAt, ...rest} = job;
		return {...rest, state: 'RUNNING', reason: 'None', startedAt: startsAt!, nodes: nodesOf(job.partition).slice(-1)};
	};

	const live = (): readonly LiveJob[] => {
		jobs = jobs.map(job => (job.startsAt !== undefined && job.startsAt <= now() ? begin(job) : job));
		return jobs;
	};

	const queued = (job: LiveJob, more: Partial<LiveJob>): LiveJob => {
		const {startedAt: _, startsAt: __, exitCode: ___, exitSignal: ____, ...rest} = job;
		return {...rest, nodes: [], state: 'PENDING', ...more};
	};

	const after: Readonly<Record<JobAction, (job: LiveJob) => LiveJob>> = {
		cancel: job => ({...queued(job, {state: 'CANCELLED'}), reason: 'None'}),
		suspend: job => ({...job, state: 'SUSPENDED'}),
		resume: job => ({...job, state: 'RUNNING'}),
		requeue: job => queued(job, {reason: 'Cleaning', startsAt: now() + startMs, restarts: (job.restarts ?? 0) + 1}),
		requeuehold: job => queued(job, {reason: 'JobHeldUser', restarts: (job.restarts ?? 0) + 1}),
		hold: job => queued(job, {reason: 'JobHeldUser'}),
		release: job => queued(job, {reason: 'None', startsAt: now() + startMs}),
	};

	return {
		describe: () => `Slurm ${fleet.release}, a recording`,
		user: () => demoUser,
		async ask(question, take, signal) {
			await sleep(answerMs, undefined, {signal});
			const all = live();
			const entries = {
				jobs: () => all.map(jobEntry),
				nodes: () => fleet.nodes.map(node => nodeEntry(node, all, fleet.release)),
				partitions: () => fleet.partitions.map(partition => partitionEntry(partition, fleet)),
			};
			entries[question]().forEach(take);
		},
		async ping(signal) {
			await sleep(answerMs, undefined, {signal});
		},
		async submit(spec, comment, signal) {
			await sleep(answerMs, undefined, {signal});
			const partition = spec.partition ?? fleet.partitions.find(({isDefault}) => isDefault)!.name;
			if (!fleet.partitions.some(known => known.name === partition)) {
				throw trouble(`take \`${spec.name}\``, 'Batch job submission failed: Invalid partition name specified', name);
			}

			const id = nextId++;
			const {nodes = 1, tasksPerNode = 1, cpusPerTask = 1, memoryMb = 2048, gpus, minutes = defaultLimitMinutes, array, dependency} = spec;
			const job: LiveJob = {
				id,
				name: spec.name,
				user: demoUser,
				partition,
				cpus: nodes * tasksPerNode * cpusPerTask,
				memoryGb: Math.ceil((memoryMb * nodes) / 1024),
				...(gpus !== undefined && {gpus: gpus.count * nodes}),
				state: 'PENDING',
				reason: dependency === undefined ? 'None' : 'Dependency',
				submittedMinutes: 0,
				submittedAt: now(),
				limitMinutes: minutes,
				comment,
				...(dependency !== undefined && {dependency}),
				...(array !== undefined && {array: {id, waiting: array}}),
				// An array stays in the queue: its tasks would be jobs of their own.
				...(dependency === undefined && array === undefined && nodesOf(partition).length > 0 && {startsAt: now() + startMs}),
			};
			jobs = [job, ...jobs];
			return String(id);
		},
		async act(action, spec, signal) {
			await sleep(answerMs, undefined, {signal});
			const wanted = live().find(job => readJob(jobEntry(job))?.spec === spec);
			if (wanted === undefined) {
				throw trouble(`${action} job ${spec}`, 'Invalid job id specified', name);
			}

			jobs = jobs.map(job => (job === wanted ? after[action](job) : job));
		},
		cannot: () => undefined,
		noCommand: 'this is a demo: the job is a recording, and nothing answers there',
		async run(_program, args, signal) {
			await sleep(answerMs, undefined, {signal});
			const job = live().find(job => readJob(jobEntry(job))?.spec === args[1]);
			return job?.startedAt === undefined ? '' : usage(job, now() - job.startedAt);
		},
		output: (job, options, signal) =>
			demoOutput(job, options, {
				now,
				isRunning: () => live().some(one => one.id === job.jobId && one.state === 'RUNNING'),
				signal,
			}),
	};
}

/** A line of `sstat`: always the same share of its cores. */
function usage({id, cpus, memoryGb}: LiveJob, elapsedMs: number): string {
	const busy = Math.round((elapsedMs / 1000) * cpus * (0.35 + (id % 60) / 100));
	const two = (value: number) => String(value % 60).padStart(2, '0');
	const hours = Math.floor(busy / 3600);
	return `${Math.floor(hours / 24)}-${String(hours % 24).padStart(2, '0')}:${two(Math.floor(busy / 60))}:${two(busy)}|${Math.round(memoryGb * 1_048_576 * (0.3 + (id % 50) / 100))}K|1`;
}
