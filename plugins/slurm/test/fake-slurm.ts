import {chmodSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

/** A job as `squeue --json` of 22.05 tells it; a test may put anything into the list. */
export type FakeJob = Record<string, unknown> & {job_id: number; job_state: string; state_reason: string};

export type Answer = {readonly stdout?: string; readonly stderr?: string; readonly code?: number};

/** A directory with Slurm's commands, which ask this process what to say. */
export type FakeSlurm = {
	readonly bin: string;
	readonly jobs: unknown[];
	/** Every command line, oldest first. */
	readonly asked: string[];
	/** What was submitted, script and all. */
	readonly scripts: string[];
	/** Answers instead; undefined lets the fake answer. */
	intercept: ((program: string, args: readonly string[]) => Answer | undefined) | undefined;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const programs = ['sbatch', 'scancel', 'scontrol', 'squeue', 'sstat'];

// `socat` and its like may be missing; Node is what runs the tests.
const client = `#!${process.execPath}
const {connect} = require('node:net');
const [, file, ...args] = process.argv;
const program = file.split('/').at(-1);
const ask = input => {
	const socket = connect(__dirname + '/socket');
	let text = '';
	socket.on('data', chunk => (text += chunk)).on('end', () => {
		const {stdout = '', stderr = '', code = 0} = JSON.parse(text);
		process.exitCode = code;
		process.stdout.write(stdout);
		process.stderr.write(stderr);
	});
	socket.end(JSON.stringify({program, args, input, cwd: process.cwd()}));
};
if (program === 'sbatch') {
	let input = '';
	process.stdin.on('data', chunk => (input += chunk)).on('end', () => ask(input));
} else {
	ask('');
}
`;

export async function startFakeSlurm(bin: string): Promise<FakeSlurm> {
	rmSync(bin, {recursive: true, force: true});
	mkdirSync(bin, {recursive: true});
	for (const program of programs) {
		writeFileSync(join(bin, program), client);
		chmodSync(join(bin, program), 0o755);
	}

	const jobs: unknown[] = [];
	const asked: string[] = [];
	const scripts: string[] = [];
	const fake: FakeSlurm = {
		bin,
		jobs,
		asked,
		scripts,
		intercept: undefined,
		async [Symbol.asyncDispose]() {
			await new Promise(resolve => {
				server.close(resolve);
				for (const socket of sockets) {
					socket.destroy();
				}
			});
			rmSync(bin, {recursive: true, force: true});
		},
	};
	const sockets = new Set<Socket>();
	const server = createServer({allowHalfOpen: true}, (socket: Socket) => {
		let text = '';
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('data', chunk => {
			text += chunk.toString();
		});
		socket.on('error', () => undefined);
		socket.on('end', () => {
			// A command that is killed before it could ask: half a connection stays, for which the end would wait for ever.
			if (!text.endsWith('}')) {
				socket.destroy();
				return;
			}

			const {program, args, input, cwd} = JSON.parse(text) as {program: string; args: string[]; input: string; cwd: string};
			asked.push([program, ...args].join(' '));
			const answer = fake.intercept?.(program, args) ?? reply(fake, {program, args, input, cwd});
			void Promise.resolve(answer).then(said => {
				socket.end(JSON.stringify(said));
			});
		});
	});
	await new Promise<void>(resolve => {
		server.listen(join(bin, 'socket'), resolve);
	});
	return fake;
}

type Asked = {readonly program: string; readonly args: readonly string[]; readonly input: string; readonly cwd: string};

async function reply(fake: FakeSlurm, {program, args, input, cwd}: Asked): Promise<Answer> {
	const jobs = fake.jobs as FakeJob[];
	const jobOf = (id: string | undefined) => jobs.find(job => String(job.job_id) === id);
	switch (program) {
		case 'squeue': {
			const one = /^--jobs=(.*)$/.exec(args.find(arg => arg.startsWith('--jobs=')) ?? '')?.[1];
			return {stdout: one === undefined ? answerOf(fake.jobs) : (jobOf(one)?.job_state ?? '')};
		}

		case 'sbatch': {
			const flag = (name: string) => args.find(arg => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
			if (flag('partition') === 'slow') {
				await sleep(1500);
			}

			fake.scripts.push(input);
			const id = 100 + fake.scripts.length;
			fake.jobs.push({...fakeJob(id), name: flag('job-name'), comment: flag('comment'), current_working_directory: cwd});
			return {stdout: `${id}\n`};
		}

		case 'scancel': {
			change(jobOf(args.at(-1)), {job_state: 'CANCELLED'});
			return {};
		}

		case 'scontrol': {
			return control(args, jobOf(args.at(-1)));
		}

		default: {
			return {};
		}
	}
}

function control([verb = '', ...rest]: readonly string[], job: FakeJob | undefined): Answer {
	const states: Readonly<Record<string, Partial<FakeJob>>> = {
		suspend: {job_state: 'SUSPENDED'},
		resume: {job_state: 'RUNNING'},
		requeue: {job_state: 'RUNNING', state_reason: 'None'},
		requeuehold: {job_state: 'PENDING', state_reason: 'JobHeldUser'},
		hold: {state_reason: 'JobHeldUser'},
		release: {job_state: 'RUNNING', state_reason: 'None'},
	};
	if (verb === 'ping') {
		return {stdout: 'Slurmctld(primary) at head is UP\n'};
	}

	if (verb === 'show') {
		return rest.includes('--json')
			? {stderr: 'scontrol: unrecognized option \'--json\'\nTry "scontrol --help" for more information\n', code: 1}
			: {stdout: rest[0] === 'nodes' ? nodeLines : partitionLines};
	}

	if (verb === 'update') {
		return {};
	}

	return job === undefined || states[verb] === undefined
		? {stderr: 'Invalid job id specified for job\n', code: 1}
		: (change(job, states[verb]), {});
}

function change(job: FakeJob | undefined, changes: Partial<FakeJob>): void {
	if (job !== undefined) {
		Object.assign(job, changes);
	}
}

const answerOf = (jobs: readonly unknown[]): string => JSON.stringify({meta: {Slurm: {release: '22.05.8'}}, errors: [], jobs});

/** A running job of the person who runs the tests. */
export const fakeJob = (id: number, more: Readonly<Record<string, unknown>> = {}): FakeJob => ({
	job_id: id,
	array_job_id: 0,
	array_task_id: null,
	array_task_string: '',
	job_state: 'RUNNING',
	state_reason: 'None',
	state_description: '',
	name: `job-${id}`,
	batch_flag: true,
	requeue: true,
	partition: 'main',
	nodes: 'n1',
	submit_time: 1_700_000_000,
	start_time: 1_700_000_010,
	tres_alloc_str: 'cpu=2,mem=4G,node=1,billing=2',
	standard_output: '/dev/null',
	...more,
});

const nodeLines = `NodeName=n1 Arch=x86_64 CPUAlloc=2 CPUTot=4 CPULoad=2.67 Gres=gpu:a100:2 GresDrain=N/A GresUsed=gpu:a100:1(IDX:0) NodeAddr=127.0.0.1 Version=22.05.8 OS=Linux 6.1.0 #1 SMP @0  RealMemory=2048 AllocMem=100 FreeMem=900 State=MIXED Partitions=main,short  AllocTRES= Comment=(null)
NodeName=n2 Arch=x86_64 CPUAlloc=0 CPUTot=4 CPULoad=N/A Gres=(null) NodeAddr=127.0.0.1 OS=Linux RealMemory=2048 AllocMem=0 State=IDLE+DRAIN Partitions=main Reason=a fan is broken [root@2026-01-01T00:00:00]
`;

const partitionLines = `PartitionName=main AllowGroups=ALL Default=YES MaxTime=UNLIMITED Nodes=n[1-2] State=UP TotalCPUs=8 TotalNodes=2 TRES=cpu=8,mem=4G,node=2,billing=8
PartitionName=short Default=NO MaxTime=00:05:00 Nodes=n1 State=DRAIN TotalCPUs=4 TotalNodes=1 TRES=cpu=4,mem=2G,node=1,billing=4
`;
