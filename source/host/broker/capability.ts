/** What a request of a plugin's worker comes with. */
export type CapabilityCall = {
	/** The id of the plugin that asks. */
	readonly plugin: string;
	readonly generation: number;
	/** Aborts with the request it serves, and with the worker. */
	readonly signal: AbortSignal;
	/** Milliseconds that are left. */
	readonly deadlineMs?: number;
	/** The plugin that called this one through a service; what is denied is told with its name too. */
	readonly caller?: string;
	/** Everybody on the way here, the first caller first: `caller` is the last of them. */
	readonly chain?: readonly string[];
};

/**
Does one capability method: a value, or a stream where the answer may be larger than a frame. Arguments are unchecked JSON.
Throws `FailureError` only: what the plugin sees is that failure.
*/
export type CapabilityHandler = (args: readonly unknown[], call: CapabilityCall) => Promise<unknown> | AsyncIterable<unknown>;

/** By `<capability>.<method>`; own properties only, and nothing that was not granted. */
export type Capabilities = Readonly<Record<string, CapabilityHandler>>;

/** Part of a body that a stream carries: text where it is valid UTF-8, else base64. */
export type ChunkBody = {readonly text: string} | {readonly base64: string};

/** Arguments of `http.fetch`; text, or bytes as base64. */
export type HttpFetchArguments = readonly [
	url: string,
	request?: {
		readonly method?: string;
		readonly headers?: Readonly<Record<string, string>>;
		readonly body?: string | {readonly base64: string};
		/** The name of a granted secret. */
		readonly auth?: string;
		/** JSON pointers into the answer by the names of granted secrets. */
		readonly keep?: Readonly<Record<string, string>>;
	},
];

/** The first item of the stream `http.fetch` answers with; `ChunkBody`s follow. */
export type HttpHead = {
	readonly status: number;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	/** Where the redirects ended. */
	readonly url: string;
};

/** Arguments of `exec.run` and `exec.interactive`. */
export type ExecRunArguments = readonly [id: string, params?: Readonly<Record<string, string>>, options?: {readonly stdin?: string}];

/** Items of the stream `exec.run` answers with: output in order, then the exit code (-1 when a signal ended it). */
export type ExecItem = {readonly stdout: string} | {readonly stderr: string} | {readonly code: number};

/** `fs.read(id, path?)` streams `ChunkBody`s; `fs.write(id, path, text | {base64})` and `fs.list(id, path?)` answer at once. */
export type FileEntry = {readonly name: string; readonly isDirectory: boolean};
