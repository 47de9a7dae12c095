import {type AddressKind} from '../permissions/address.ts';

/**
What the broker of plugins needs of the world. The ports do one thing each as they are told and decide nothing; what a plugin may do is
decided before they are called. They throw `FailureError`.
*/
export type PluginPorts = {
	readonly http: HttpPort;
	readonly exec: ExecPort;
	readonly files: FilesPort;
	/** Shows the person things; absent where nobody looks: in scripts, without a terminal. Read at each use. */
	readonly ui?: UiPort | undefined;
	/** The variables of this process. */
	readonly environment: Readonly<Record<string, string | undefined>>;
};

export type HttpHop = {
	/** Http or https, its host checked. */
	readonly url: URL;
	readonly method: string;
	/** Checked: lower-case names, values of one line. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Uint8Array;
	/** Addresses it may connect to; one of another kind among those of the name refuses it. */
	readonly addresses: ReadonlySet<AddressKind>;
	/** Of the body, after it was decompressed. */
	readonly maxBytes: number;
	readonly signal: AbortSignal;
};

export type HttpReply = {
	readonly status: number;
	/** Lower-case names; several of one name joined with a comma, `set-cookie` left out. */
	readonly headers: Readonly<Record<string, string>>;
	/** Decompressed. */
	readonly body: Uint8Array;
};

/** Thrown message and code for a host whose addresses are not allowed is CWS_PLUGIN_DENIED, for a body that is too large CWS_PLUGIN_QUOTA. */
export type HttpPort = {
	/** One request; a redirect is an answer like any other. The name is looked up once, and only what was looked up and checked is connected to. */
	readonly request: (hop: HttpHop) => Promise<HttpReply>;
	readonly close: () => Promise<void>;
};

export type ExecRequest = {
	/** Absolute. */
	readonly file: string;
	readonly args: readonly string[];
	/** All of its environment. */
	readonly environment: Readonly<Record<string, string>>;
	readonly directory: string;
	readonly stdin?: string;
	readonly timeoutMs: number;
	/** Of each output. */
	readonly maxBytes: number;
	readonly signal: AbortSignal;
};

export type ExecPort = {
	/** The absolute path of a command: of itself, or the first in the absolute directories of PATH that may be executed. */
	readonly resolve: (command: string) => Promise<string | undefined>;
	/** Without a shell, in a process group of its own, which ends with the request. `code` is -1 when a signal ended it. */
	readonly run: (request: ExecRequest) => Promise<{readonly code: number; readonly stdout: Uint8Array; readonly stderr: Uint8Array}>;
	/** Kills what still runs: nobody is there any more to wait for it. */
	readonly close: () => void;
	/** Ends soon whatever the pattern and the value are; false when it had to be given up. */
	readonly matches: (pattern: string, value: string) => boolean;
};

/** A folder or file that was granted. Nothing above it is ever reached, and no link is followed at it or below it. */
export type FileRoot = {
	/** Absolute. */
	readonly path: string;
	/** The plugin's own folder: it is in one that is forbidden otherwise. */
	readonly own: string;
};

export type FilesPort = {
	readonly read: (root: FileRoot, segments: readonly string[], maxBytes: number) => Promise<Uint8Array>;
	/** Replaces the whole file or leaves it as it was; makes the folders on the way to it. */
	readonly write: (root: FileRoot, segments: readonly string[], content: Uint8Array) => Promise<void>;
	/** Bytes of all files below, links not followed. */
	readonly size: (root: FileRoot) => Promise<number>;
	/** By name; links and special files are left out. */
	readonly list: (
		root: FileRoot,
		segments: readonly string[],
	) => Promise<readonly {readonly name: string; readonly isDirectory: boolean}[]>;
};

export type UiQuestion = {
	/** The id and the title of the plugin; drawn by the host with every text of the plugin. */
	readonly plugin: string;
	readonly title: string;
	/** One line, harmless. */
	readonly text: string;
	readonly signal: AbortSignal;
};

/** `isMuted`: the person does not want to be asked by this plugin any more. */
export type UiAnswer<Value> = {readonly value: Value; readonly isMuted?: boolean};

export type UiPort = {
	readonly notify: (message: Omit<UiQuestion, 'signal'>) => void;
	/** What the status bar says for the plugin; empty takes it away. */
	readonly status: (message: Omit<UiQuestion, 'signal'>) => void;
	readonly confirm: (question: UiQuestion) => Promise<UiAnswer<boolean>>;
	/** Undefined when the person cancelled. A secret is not echoed. */
	readonly prompt: (question: UiQuestion & {readonly isSecret: boolean}) => Promise<UiAnswer<string | undefined>>;
	/** Gives the terminal to a program of a plugin until it ends, and says so; absent where there is none. */
	readonly lendTerminal?: (
		command: Omit<ExecRequest, 'stdin' | 'timeoutMs' | 'maxBytes'> & {readonly plugin: string},
	) => Promise<{readonly code: number}>;
};
