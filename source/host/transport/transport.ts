export type TransportExit = {readonly code: number; readonly error?: Error & {readonly code?: string}};

export type TransportStats = {
	/** Heap with what it holds outside; a little less than the resident memory. */
	readonly memoryBytes: number;
	readonly cpuMicros: number;
};

/** Where a plugin runs: a worker thread, or a child process behind the same calls. */
export type Transport = {
	/** Sends one frame with a value as its JSON; false when the value is too large. */
	readonly send: (kind: string, id: number, value?: unknown) => boolean;
	/** Frames are not trusted yet; the connection checks them. */
	readonly onFrame: (listener: (message: unknown) => void) => void;
	readonly onOutput: (listener: (stream: 'stdout' | 'stderr', text: string) => void) => void;
	readonly onExit: (listener: (exit: TransportExit) => void) => void;
	/** Answers also while the plugin is in a busy loop; not while it is inside one long call of the engine. */
	readonly stats: () => Promise<TransportStats>;
	/** Milliseconds its loop has worked, known without waking it; undefined before it began, absent where only `stats` can tell. */
	readonly workedMs?: () => number | undefined;
	/** Milliseconds it was ready to run while other programs had the processor; undefined where nobody counts them. */
	readonly waitedMs?: () => number | undefined;
	/** Whether the system took the lower priority. */
	readonly lowerPriority: (nice: number) => boolean;
	/** Milliseconds it took to die; may never resolve. */
	readonly kill: () => Promise<number>;
};

export type TransportSetup = {
	readonly id: string;
	readonly generation: number;
	/** Path of the main file, for a plugin with all of Node. */
	readonly main: string;
	/** The plugin as one script whose hash was checked, for the sandbox: what was checked is what runs. */
	readonly code?: string;
	readonly hardHeapMb: number;
};

export type OpenTransport = (setup: TransportSetup) => Transport;
