/** A job of the recording: what a cluster tells of it beside what follows from its node and its age. */
export type DemoJob = {
	readonly id: number;
	readonly name: string;
	readonly user: string;
	readonly partition: string;
	readonly cpus: number;
	readonly memoryGb: number;
	readonly gpus?: number;
	readonly nodes?: readonly string[];
	readonly state: string;
	readonly reason?: string;
	/** Since it was submitted, and since it started. */
	readonly submittedMinutes: number;
	readonly startedMinutes?: number;
	readonly limitMinutes: number;
	readonly array?: {readonly id: number; readonly task?: number; readonly waiting?: string};
	readonly dependency?: string;
	readonly exitCode?: number;
	readonly exitSignal?: number;
};

export type DemoNode = {
	readonly name: string;
	readonly partitions: string;
	readonly cpus: number;
	readonly memoryGb: number;
	readonly gpus?: number;
	/** Where it is not plainly up. */
	readonly state?: string;
	readonly reason?: string;
};

export type DemoPartition = {
	readonly name: string;
	readonly state: string;
	readonly nodes: string;
	readonly maxTime: string;
	readonly isDefault?: boolean;
};

export type DemoFleet = {
	readonly release: string;
	readonly jobs: readonly DemoJob[];
	readonly nodes: readonly DemoNode[];
	readonly partitions: readonly DemoPartition[];
};
