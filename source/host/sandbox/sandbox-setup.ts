import {isMainThread, workerData} from 'node:worker_threads';

/** What the bootstrap is given at its start; everything else comes as frames. */
export type SandboxSetup = {
	readonly id: string;
	/** The plugin as one script whose hash was checked. */
	readonly code: string;
	readonly maxBufferBytes: number;
};

/** A thread gets it as its data, a child process as a line in front of the bootstrap. */
export const sandboxSetup: SandboxSetup = isMainThread
	? (globalThis as unknown as {readonly cwsSandboxSetup: SandboxSetup}).cwsSandboxSetup
	: (workerData as SandboxSetup);
