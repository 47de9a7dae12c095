/** Every number of the host in one place. Milliseconds unless the name says otherwise. */
export const defaultLimits = {
	loadMs: 5000,
	/** Before the first further try of a load that was asked for; twice as long before each next one. */
	loadRetryMs: 500,
	initializeMs: 30_000,
	/** The most a manifest may ask for. */
	maxInitializeMs: 300_000,
	startMs: 10_000,
	healthMs: 10_000,
	callMs: 15_000,
	listMs: 60_000,
	stopMs: 2000,
	maxStopMs: 10_000,
	maxCallMs: 600_000,
	/** A plugin that nobody needs any more, see `idles`. */
	idleMs: 300_000,
	shutdownMs: 2000,
	/** A cancelled call may still answer for so long. */
	graceMs: 500,
	/** After a missed deadline the thread has so long to show that it is not stuck. */
	probeMs: 1000,
	/** Calls in flight on a worker that is being replaced. */
	drainMs: 2000,
	callsInFlight: 64,
	/** Requests of a plugin to the host that wait for an answer. */
	requestsInFlight: 32,
	/** What a plugin asks of the host, unless the call it serves has less time left. */
	requestMs: 60_000,
	/** Plugins a call may go through, from service to service. */
	serviceDepth: 4,
	/** One event in the hands of one plugin. */
	hookMs: 5000,
	/** One run of a task. */
	taskMs: 900_000,
	/** The longest wait after failures, unless the task's own interval is longer. */
	taskBackoffMaxMs: 300_000,
	/** Tasks of all plugins. */
	tasksAtOnce: 10,
	/** Events that wait for one slow plugin. */
	hookQueue: 256,
	/** What a plugin asks of the person. */
	personMs: 300_000,
	/** Unasked frames in 100 ms; more is a flood. */
	floodFrames: 2000,
	uncaughtPerMinute: 20,
	memoryMb: 128,
	maxMemoryMb: 2048,
	hardHeapMb: 4096,
	watchBusyMs: 50,
	watchCalmMs: 250,
	watchIdleMs: 2000,
	/** A worker whose loop worked no longer than this since its last statistics sleeps, and is not asked for new ones … */
	sleepWorkMs: 20,
	/** … for so long. */
	sleepMs: 10_000,
	/** No sign of life while calls wait. */
	silentMs: 3000,
	/** No statistics for so long while the process grows by `runawayMb`. */
	runawayMs: 300,
	runawayMb: 256,
	/** A worker that nobody called and that takes so much of a processor has to answer pings; on a loaded machine a loop gets no more. */
	busyPercent: 5,
	hogPercent: 80,
	hogWarnMs: 10_000,
	hogKillMs: 30_000,
	niceness: 10,
	hogNiceness: 19,
	backoffMs: 200,
	backoffMaxMs: 30_000,
	/** A call waits for a restart that is nearer than this. */
	backoffWaitMs: 1000,
	circuitStrikes: 3,
	circuitWindowMs: 60_000,
	quarantineStrikes: 5,
	quarantineWindowMs: 600_000,
	zombieMs: 2000,
	usageMs: 5000,
	logRecords: 500,
} as const;

export type HostLimits = {readonly [Key in keyof typeof defaultLimits]: number};
