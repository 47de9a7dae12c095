import {type Connection, type Choice, type LogLine, type TerminalInput, type TerminalOutput} from '../core/plugin.ts';
import {type DeploySpec, type ProviderPlan} from '../core/plan.ts';
import {type Estimate} from '../core/money/estimate.ts';
import {type OperationResult} from '../core/operation.ts';
import {type ProviderResource, type ResourceMetrics, type ResourceOperation} from '../core/resource.ts';

/** What every call into a plugin gets beside its arguments. */
export type CallContext = {
	/** Aborts at the deadline, or when the person cancels. */
	readonly signal: AbortSignal;
	/** Shown in the task row, at most ten times a second. */
	readonly progress: (progress: {done?: number; total?: number; message?: string}) => void;
	/** The plugin that asked, where one did; absent when cws asks. */
	readonly caller?: {readonly plugin: string};
};

/** How a terminal session begins. */
export type AttachOptions = {
	/** The terminal at the start. */
	readonly columns: number;
	readonly rows: number;
	/** What runs there instead of a shell. */
	readonly command?: readonly string[];
	/** False when there is only a pipe: no echo, no line discipline, bytes as they are. */
	readonly isTerminal?: boolean;
};

/** Which of the provider's resources a call is about. */
export type ResourceTarget = {
	/** The provider's name; matters only to a plugin that speaks for several. */
	readonly provider: string;
	readonly type: string;
	readonly id: string;
	readonly name: string;
	readonly account?: string;
	readonly region?: string;
};

/** Which list is asked for. */
export type ListQuery = {
	readonly provider: string;
	readonly type: string;
};

/** One page of a list. `skipped` counts malformed entries, `missing` names the parts that did not answer. */
export type ListPage = {
	readonly resources: readonly ProviderResource[];
	readonly skipped?: number;
	/** For example `eu-west-1: throttled`; the last rows of such a part are kept and marked stale. */
	readonly missing?: readonly {
		readonly account?: string;
		readonly region?: string;
		readonly reason: string;
		readonly needsLogin?: boolean;
		readonly fix?: string;
	}[];
};

/** A change pushed by the provider, so that the dashboard need not wait for the next poll. */
export type ResourceChange =
	| {readonly change: 'upsert'; readonly provider: string; readonly resource: ProviderResource}
	| {
			readonly change: 'remove';
			readonly provider: string;
			readonly type: string;
			readonly id: string;
			readonly account?: string;
			readonly region?: string;
	  }
	/** Something happened that only a list can tell, for example a daemon went: the type is listed now, not at its next turn. */
	| {readonly change: 'look'; readonly provider: string; readonly type: string};

/** Which part of a log is wanted. */
export type LogOptions = {
	readonly follow: boolean;
	/** Lines from the end to begin with. */
	readonly tail: number;
};

/**
What a provider implements. Methods a resource type does not list in its `operations` are never called.
Every failure is thrown as a `ProviderError`; anything else thrown is reported as a bug of the plugin.
*/
export type Provider = {
	/** Pages stream to the screen as they come. */
	readonly list: (query: ListQuery, call: CallContext) => AsyncIterable<ListPage>;
	/** `null` when it is gone. */
	readonly get: (target: ResourceTarget, call: CallContext) => Promise<ProviderResource | null>;
	/** Pushes changes until the signal aborts; optional. */
	readonly watch?: (call: CallContext) => AsyncIterable<readonly ResourceChange[]>;
	/** The dry run of a deploy; needs no credentials and changes nothing. */
	readonly plan: (provider: string, spec: DeploySpec, call: CallContext) => Promise<ProviderPlan>;
	/** The dry run of anything else; what it takes and keeps. Optional: the host writes a plain one. */
	readonly planAction?: (action: ResourceOperation, target: ResourceTarget, call: CallContext) => Promise<ProviderPlan>;
	/** Options of form fields that are only known at run time, by field name. */
	readonly choices?: (query: ListQuery, call: CallContext) => Promise<Readonly<Record<string, readonly Choice[]>>>;
	readonly estimateCost?: (provider: string, spec: DeploySpec, call: CallContext) => Promise<Estimate>;
	/** The same `spec.token` gives the same resource, however often it is called. */
	readonly deploy?: (provider: string, spec: DeploySpec, call: CallContext) => Promise<OperationResult>;
	readonly start?: (target: ResourceTarget, call: CallContext) => Promise<OperationResult>;
	readonly stop?: (target: ResourceTarget, call: CallContext) => Promise<OperationResult>;
	readonly restart?: (target: ResourceTarget, call: CallContext) => Promise<OperationResult>;
	readonly hibernate?: (target: ResourceTarget, call: CallContext) => Promise<OperationResult>;
	readonly resume?: (target: ResourceTarget, call: CallContext) => Promise<OperationResult>;
	/** Destroying what is gone is `{status: 'not_found'}`, not an error. */
	readonly destroy?: (target: ResourceTarget, call: CallContext) => Promise<OperationResult>;
	readonly logs?: (target: ResourceTarget, options: LogOptions, call: CallContext) => AsyncIterable<readonly LogLine[]>;
	/** What the host runs on the person's terminal. */
	readonly connect?: (target: ResourceTarget, options: {readonly command?: readonly string[]}, call: CallContext) => Promise<Connection>;
	/** The bytes of a terminal session, after `connect` answered `{kind: 'stream'}`. Ends when the far end does, or when the input ends. */
	readonly attach?: (
		target: ResourceTarget,
		options: AttachOptions,
		call: CallContext & {readonly input: AsyncIterable<TerminalInput>},
	) => AsyncIterable<TerminalOutput>;
	readonly metrics?: (target: ResourceTarget, call: CallContext) => Promise<ResourceMetrics>;
};
