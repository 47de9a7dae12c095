import {setPriority, totalmem} from 'node:os';
import {type Worker, type WorkerOptions} from 'node:worker_threads';
import {packBody, transferOf} from '../protocol/frame.ts';
import {waitedMsOf} from './fair-time.ts';
import {findThread} from './find-thread.ts';
import {type Transport, type TransportExit, type TransportSetup} from './transport.ts';

const outputLength = 8 * 1024;

/** What every plugin thread is started with, whatever it may do. */
export const threadOptions = ({id, generation, hardHeapMb}: TransportSetup): WorkerOptions & {readonly name: string} => ({
	name: threadName(id, generation),
	// Pipes, so that it cannot write to the screen.
	stdout: true,
	stderr: true,
	// Headroom, not the limit: Node may abort the whole process at this one. The watchdog ends the plugin long before.
	resourceLimits: {maxOldGenerationSizeMb: Math.min(hardHeapMb, halfOfMemoryMb()), maxYoungGenerationSizeMb: 8, stackSizeMb: 4},
});

/** The transport over a worker thread of that name. */
export function threadTransport(worker: Worker, name: string): Transport {
	let thread: number | undefined;
	let exit: TransportExit | undefined;
	let error: TransportExit['error'];
	worker.on('error', thrown => {
		error = thrown as Error;
	});

	return {
		send(kind, id, value) {
			const body = value === undefined ? undefined : packBody(JSON.stringify(value));
			if (value !== undefined && body === undefined) {
				return false;
			}

			worker.postMessage(body === undefined ? [kind, id] : [kind, id, body], transferOf(body));
			return true;
		},
		onFrame: listener => void worker.on('message', listener),
		onOutput(listener) {
			for (const stream of ['stdout', 'stderr'] as const) {
				worker[stream].on('data', (chunk: Buffer) => listener(stream, chunk.subarray(0, outputLength).toString()));
			}
		},
		onExit(listener) {
			worker.on('exit', code => {
				exit = {code, ...(error && {error})};
				listener(exit);
			});
		},
		async stats() {
			const [heap, cpu] = await Promise.all([worker.getHeapStatistics(), worker.cpuUsage()]);
			return {
				memoryBytes: heap.total_heap_size + heap.external_memory + heap.malloced_memory,
				cpuMicros: cpu.user + cpu.system,
			};
		},
		workedMs: () => worker.performance.eventLoopUtilization().active || undefined,
		waitedMs() {
			thread ??= findThread(name);
			return thread === undefined ? undefined : waitedMsOf(`/proc/self/task/${thread}`);
		},
		lowerPriority(nice) {
			thread ??= findThread(name);
			if (thread === undefined) {
				return false;
			}

			try {
				setPriority(thread, nice);
				return true;
			} catch {
				return false;
			}
		},
		async kill() {
			const startedAt = performance.now();
			worker.removeAllListeners('message');
			await worker.terminate();
			return performance.now() - startedAt;
		},
	};
}

/** Of the machine, or of the container that holds us; Node says 0 or an absurd number where there is none. */
const halfOfMemoryMb = (): number => Math.floor(Math.min(process.constrainedMemory() || Infinity, totalmem()) / 2 / 1024 / 1024);

/** The system cuts a thread's name at 15 characters; the end keeps it unique. */
function threadName(id: string, generation: number): string {
	const end = `.${generation.toString(36)}`;
	return `cws-${id}`.slice(0, 15 - end.length) + end;
}
