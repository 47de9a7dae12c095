/** What the worker is given at its start; everything else comes as frames. */
export type WorkerSetup = {
	readonly id: string;
	/** Path of the plugin's main file. */
	readonly main: string;
	/** Where compiled code is kept from one start to the next, if it is. */
	readonly compileCache?: string;
};

export type HelloBody = {readonly proto: readonly [number, number]; readonly features: readonly string[]};

export type WelcomeBody = {
	readonly proto: number;
	readonly features: readonly string[];
	readonly generation: number;
	readonly locale: string;
};

export type ReadyBody = {readonly methods: readonly string[]};

export type RequestBody = {
	/** `provider.list`, `lifecycle.start` … */
	readonly m: string;
	readonly a: readonly unknown[];
	/** Milliseconds left; absent for what runs until it is cancelled. */
	readonly dl?: number;
	/** Present when a stream is wanted. */
	readonly s?: 1;
	/** Host to worker: the id of the plugin that asks through a service. */
	readonly cl?: string;
	/** Host to worker: what is typed can be read with the streaming request `call.input`, whose argument is this request's id. */
	readonly in?: 1;
	/** Worker to host: the id of the host's request this one serves; it inherits the deadline and ends with it. */
	readonly p?: number;
};

/** A thrown value as text. `failure` is there when the plugin threw one of its own; the host checks it. */
export type ErrorBody = {
	readonly name: string;
	readonly message: string;
	readonly stack?: string;
	readonly failure?: unknown;
};

export type LogBody = {
	readonly level: string;
	readonly message: string;
	readonly fields?: Readonly<Record<string, unknown>>;
	readonly dropped?: number;
};

/** What `lifecycle.initialize` gets; the worker adds the live parts of the context. */
export type InitializeArgument = {
	readonly id: string;
	readonly config: Readonly<Record<string, unknown>>;
	readonly directories: {readonly data: string; readonly cache: string};
	/** Names of the host's capability methods, such as `http.fetch`: a capability is there when one of its methods is. */
	readonly granted?: readonly string[];
};

/** What `services.get` answers; `services.call` then takes the same service, a method and its arguments. */
export type ServiceAnswer = {readonly methods: readonly string[]} | null;

/** The name of the error a worker answers with when the plugin has no such method. */
export const noMethodName = 'NoMethod';
