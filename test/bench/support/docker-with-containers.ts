import {Pool} from 'undici';
import {type Backend, startBackend} from '../../backends/lib/start-backend.ts';

/** A Docker of the bench's own; `env` is what a client of it needs. */
export type DockerForBench = {
	/** `DOCKER_HOST` and `PATH`, for cws and for the Docker command. */
	readonly env: Readonly<Record<string, string>>;
	/** The name of the only image that is there. */
	readonly image: string;
	/** Runs the Docker command and gives what it printed. */
	readonly docker: (...args: readonly string[]) => Promise<string>;
	/** Resident memory and processor time are read off `/proc` of this process. */
	readonly daemonPid: number;
};

export type ContainersForBench = {
	/** How many there are in all. */
	readonly count: number;
	/** How many of them run; each has a process of its own and one that looks after it. */
	readonly running?: number;
};

/**
Gives the work a Docker with so many containers, `bench-0` and on, and takes both away whatever happens. Where Docker is not
installed the work is not done and the answer is the reason.
*/
export async function withContainers<Result>(
	{count, running = 0}: ContainersForBench,
	work: (docker: DockerForBench) => Promise<Result>,
): Promise<Result | {readonly skip: string}> {
	const backend = await startBackend('docker');
	if ('skip' in backend) {
		return backend;
	}

	await using started = backend;
	await createContainers(started, count);
	const docker = async (...args: readonly string[]) => started.run('docker', ...args);
	// A few at a time: starting one is hard work for the machine.
	for (let first = 0; first < running; first += 10) {
		const names = Array.from({length: Math.min(10, running - first)}, (_, index) => nameOf(first + index));
		await docker('start', ...names);
	}

	const env = {...started.env, PATH: process.env['PATH'] ?? ''};
	return await work({env, image: started.env['CWS_DOCKER_IMAGE']!, docker, daemonPid: started.pid('dockerd')});
}

const nameOf = (index: number): string => `bench-${index}`;

/** Through the API: one command a container would take ten times as long. */
async function createContainers({env}: Backend, count: number): Promise<void> {
	const pool = new Pool('http://engine', {socketPath: env['DOCKER_HOST']!.replace('unix://', ''), connections: 8});
	const body = JSON.stringify({
		Image: env['CWS_DOCKER_IMAGE'],
		Cmd: ['sleep', '100000'],
		StopSignal: 'SIGKILL',
		HostConfig: {NetworkMode: 'none'},
		Labels: {purpose: 'bench'},
	});
	try {
		await Promise.all(
			Array.from({length: count}, async (_, index) => {
				const answer = await pool.request({
					method: 'POST',
					path: `/v1.41/containers/create?name=${nameOf(index)}`,
					headers: {'content-type': 'application/json'},
					body,
				});
				const text = await answer.body.text();
				if (answer.statusCode !== 201) {
					throw new Error(`${nameOf(index)} could not be made: ${text}`);
				}
			}),
		);
	} finally {
		await pool.close();
	}
}
