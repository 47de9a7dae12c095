import {type CwsEvent} from '../core/event.ts';
import {type Json} from '../core/schema/json.ts';
import {type PaneView} from '../core/pane-view.ts';
import {type CallContext} from './provider.ts';

/** What a person typed, checked against the manifest. */
export type CommandInput = {
	/** Words after the command's name. */
	readonly args: readonly string[];
	/** Flags by their names in camel case, checked against the manifest, defaults filled in. */
	readonly flags: Readonly<Record<string, string | boolean | number | readonly string[]>>;
};

/** What a command has to say. */
export type CommandOutput = {
	/** What a person reads; may have several lines. */
	readonly text?: string;
	/** What `--json` prints; the text when absent. */
	readonly data?: Json;
	/** 0 when absent. */
	readonly exitCode?: number;
};

/** Runs one command of `contributes.commands`. */
export type CommandHandler = (input: CommandInput, call: CallContext) => Promise<CommandOutput | void> | CommandOutput | void;

/** An event as a handler gets it. A "prepared" event has its payload in `data`; what the handler returns is merged into it and checked. */
export type HookEvent = Omit<CwsEvent, 'seq'>;

/** Hears of one event of `contributes.events`. What it throws is counted and hurts nobody. */
export type EventHandler = (event: HookEvent, call: CallContext) => unknown;

/** `false`, or an error, makes the next run wait longer. May run twice for one interval after a crash: make it idempotent. */
export type TaskHandler = (call: CallContext) => Promise<boolean | void> | boolean | void;

/** A task with something to open before its first run and to close after its last. */
export type Task = {
	readonly setup?: (call: CallContext) => Promise<void> | void;
	readonly run: TaskHandler;
	readonly cleanup?: (call: CallContext) => Promise<void> | void;
};

/** A call for the view of a pane. */
export type PaneContext = CallContext & {
	/** The resource a `detail` pane is shown beside. */
	readonly ref?: string;
};

/** Gives the view of a pane as it is now; called again while somebody looks. */
export type PaneHandler = (call: PaneContext) => Promise<PaneView> | PaneView;

/** Methods other plugins call; the last argument is the call, with the caller's id in `call.caller`. */
export type ServiceHandlers = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A request to an endpoint, its token and rights checked. */
export type EndpointRequest = {
	readonly method: string;
	readonly path: string;
	readonly params: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, string>>;
	readonly body?: unknown;
};

/** The answer of an endpoint; `status` is 200 when absent, and `body` is sent as JSON. */
export type EndpointResponse = {readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json};

/** Answers one endpoint of `contributes.endpoints`. */
export type EndpointHandler = (request: EndpointRequest, call: CallContext) => Promise<EndpointResponse> | EndpointResponse;

/** What stands around the endpoints: answers itself, or lets `next` answer. Declared now, called once cws serves HTTP. */
export type MiddlewareHandler = (
	request: EndpointRequest,
	next: (request: EndpointRequest) => Promise<EndpointResponse>,
	call: CallContext,
) => Promise<EndpointResponse> | EndpointResponse;
