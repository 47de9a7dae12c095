/** One machine as the person described it; everything but the name is optional, and wins over what ssh knows. */
export type HostConfig = {
	readonly name: string;
	readonly address?: string;
	readonly user?: string;
	readonly port?: number;
	/** Runs on this machine. */
	readonly startCommand?: string;
	/** Run on the machine itself. */
	readonly stopCommand?: string;
	readonly restartCommand?: string;
	readonly mac?: string;
	readonly broadcast?: string;
	readonly wakePort?: number;
	readonly logFile?: string;
	readonly ratePerHour?: number;
	/** While it is off; the same when absent. */
	readonly stoppedRatePerHour?: number;
	readonly tags?: Readonly<Record<string, string>>;
};

export type SshPluginConfig = {
	readonly probe: 'configured' | 'all' | 'none';
	readonly skip: readonly string[];
	readonly configFile?: string;
	readonly connectSeconds: number;
	readonly keepSeconds: number;
	readonly coldConnections: number;
	readonly currency: string;
	readonly hosts: readonly HostConfig[];
	/** The recorded fleet instead of machines. */
	readonly demo?: boolean;
};
