/** What an hour costs; a part without a rate is not counted. */
export type Rates = {
	readonly corePerHour?: number;
	readonly gbPerHour?: number;
	readonly gpuPerHour?: number;
};

/** What `[plugins.slurm.clusters.NAME]` may say. */
export type ClusterConfig = Rates & {
	/** Of slurmrestd, `http://`, `https://` or `unix:/path`; absent when the commands are used. */
	readonly url?: string;
	/** Of its API, for example `v0.0.40`; found by itself otherwise. */
	readonly version?: string;
	readonly user?: string;
	readonly tokenFile?: string;
	/** The variable with the token. */
	readonly tokenEnv?: string;
	/** Directory of the commands. */
	readonly bin?: string;
	/** The `slurm.conf` that the commands read. */
	readonly conf?: string;
	/** Name for `-M`, where one installation has several clusters. */
	readonly cluster?: string;
};

export type SlurmConfig = Rates & {
	/** Whether commands on the PATH and the environment are used. */
	readonly discover: boolean;
	/** Whose jobs are shown. */
	readonly jobs: 'mine' | 'all';
	readonly clusters: Readonly<Record<string, ClusterConfig>>;
	readonly currency: string;
	/** At least so many seconds lie between two questions to slurmctld, on average. */
	readonly querySeconds: number;
	/** Recorded clusters of nobody instead of real ones: nothing is run or dialled. */
	readonly demo?: boolean;
	/** Health warns when an answer takes longer. */
	readonly slowMs: number;
};

/** The world as this plugin sees it; tests give another one. */
export type World = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly user: string;
	readonly cwd: string;
	/** Milliseconds since the epoch; the machine's own clock without it. */
	readonly now?: () => number;
};
