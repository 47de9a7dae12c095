import {type Clock} from '../core/ports/clock.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {type InstallPreview, type PluginInstaller} from '../core/ports/plugin-installer.ts';
import {type SecretStore} from '../core/ports/secrets.ts';
import {type AskedSecret} from './run/find-secret.ts';
import {type SecretRow} from './read-secrets.ts';
import {type Store} from '../core/ports/store.ts';
import {type AuditRecord, type CwsEvent} from '../core/event.ts';
import {type LoginFlow} from '../core/login.ts';
import {type Estimate} from '../core/money/estimate.ts';
import {type Failure} from '../core/failure/failure.ts';
import {type Operation} from '../core/operation.ts';
import {type PaneView} from '../core/pane-view.ts';
import {type Outcome} from '../core/failure/outcome.ts';
import {type Choice, type Connection, type LogLine, type TerminalInput, type TerminalOutput} from '../core/plugin.ts';
import {type Plan} from '../core/plan.ts';
import {type Resource, type ResourceMetrics} from '../core/resource.ts';
import {type ResourceRef} from '../core/reference.ts';
import {type Settings} from '../core/settings.ts';
import {type CommandId, type CommandInputs, type CommandResults, type OperationCommandId, type RunOptions} from './command-types.ts';
import {type Login} from './logins/find-login.ts';
import {type EngineState} from './state.ts';
import {type Templates} from './templates/create-templates.ts';
import {type ReadTemplates} from './templates/template-library.ts';

export type EnginePorts = {
	readonly host: PluginHost;
	readonly secrets: SecretStore;
	/** Writes options of a plugin into the person's file, or takes those that are undefined out; gives all that hold for it from then on. */
	readonly savePluginConfig: (
		plugin: string,
		values: Readonly<Record<string, unknown>>,
	) => Promise<Outcome<Readonly<Record<string, unknown>>>>;
	/** Remembers whether a folder's own plugins may run; gives the real path of the folder. */
	readonly saveTrust: (folder: string, isTrusted: boolean) => Outcome<string>;
	/** Puts plugins into the person's own folder and takes them away. */
	readonly installer: PluginInstaller;
	readonly readTemplates: ReadTemplates;
	/** A promise, so that the engine and the first frame need not wait for the database to open. */
	readonly store: Promise<Store>;
	readonly clock: Clock;
	readonly settings: Settings;
	readonly notices: readonly Failure[];
	readonly process: {readonly pid: number; readonly user: string; readonly isAlive: (pid: number) => boolean};
	readonly isDemo: boolean;
};

export type AttachRequest = {
	readonly columns: number;
	readonly rows: number;
	readonly isTerminal: boolean;
	readonly command?: readonly string[];
	readonly input: AsyncIterable<TerminalInput>;
	readonly signal: AbortSignal;
};

/** A pane by its plugin and its id in the manifest. */
export type PaneRequest = {readonly plugin: string; readonly pane: string; readonly ref?: ResourceRef | undefined};

/** What of the inventory is asked for; all of it by default. */
export type RefreshFilter = {
	readonly provider?: string | undefined;
	readonly type?: string | undefined;
	/**
	Whether the ledger is added up too, which takes longer the longer cws has been in use; true by default. Without it what was seen is
	put on record when the engine stops, so that it can be printed before.
	*/
	readonly isWithSpend?: boolean;
};

/** The use cases. Every face talks to this and to nothing below it. */
export type Engine = Templates & {
	readonly getState: () => EngineState;
	/** Called at most ten times a second, after the state changed. Returns the unsubscription. */
	readonly subscribe: (listener: () => void) => () => void;
	/**
	Loads the stored inventory; resolves when the first frame can be drawn from it.

	@param options.isWithRecords Whether past events and operations are read too, which a list does not show; true by default.
	*/
	readonly load: (options?: {readonly isWithRecords?: boolean}) => Promise<void>;
	/** Starts plugins, polls, health checks, the recorder; returns at once. */
	readonly start: () => void;
	/** Polls the given sources once and resolves when all have answered or failed; for the command line. */
	readonly refreshOnce: (filter?: RefreshFilter) => Promise<void>;
	/** Stops plugins and closes the database in order; always settles soon after the deadline. Names the threads that would not end. */
	readonly stop: (deadlineMs?: number) => Promise<readonly Failure[]>;

	/** Validates, permits, runs and audits one command. An operation is returned as soon as its row exists. */
	readonly run: <Id extends CommandId>(id: Id, input: CommandInputs[Id], options: RunOptions) => Promise<Outcome<CommandResults[Id]>>;
	/** The dry run: same checks, no change, no credentials needed. */
	readonly plan: <Id extends OperationCommandId>(id: Id, input: CommandInputs[Id], options: RunOptions) => Promise<Outcome<Plan>>;
	/** Resolves when the operation has ended (verified, diverged, failed, cancelled). */
	readonly whenEnded: (
		operation: string,
		options?: {readonly signal?: AbortSignal; readonly onChange?: (operation: Operation) => void},
	) => Promise<Operation>;

	/** Name, id, `provider/name` or full reference; ambiguous is an error listing the exact references in `details.references`. */
	readonly resolve: (text: string) => Outcome<Resource>;
	/** Reads one resource from its provider; CWS_NOT_FOUND when it is gone. */
	readonly read: (ref: ResourceRef, signal?: AbortSignal) => Promise<Outcome<Resource>>;
	readonly logs: (
		ref: ResourceRef,
		options: {readonly follow: boolean; readonly tail: number; readonly signal: AbortSignal},
	) => AsyncIterable<Outcome<readonly LogLine[]>>;
	readonly connect: (
		ref: ResourceRef,
		options: {readonly command?: readonly string[]; readonly signal?: AbortSignal},
	) => Promise<Outcome<Connection>>;
	/** The bytes of a terminal session, after `connect` said `{kind: 'stream'}`. */
	readonly attach: (ref: ResourceRef, options: AttachRequest) => AsyncIterable<Outcome<readonly TerminalOutput[]>>;
	readonly metrics: (ref: ResourceRef, signal?: AbortSignal) => Promise<Outcome<ResourceMetrics>>;
	readonly choices: (provider: string, type: string, signal?: AbortSignal) => Promise<Outcome<Readonly<Record<string, readonly Choice[]>>>>;
	readonly estimate: (input: CommandInputs['deploy'], signal?: AbortSignal) => Promise<Outcome<Estimate>>;
	readonly readEvents: (query: {
		readonly limit: number;
		readonly type?: string;
		readonly afterSeq?: number;
		readonly ref?: ResourceRef;
	}) => Promise<Outcome<readonly CwsEvent[]>>;
	readonly readAudit: (query: {readonly limit: number}) => Promise<Outcome<readonly AuditRecord[]>>;
	/** What a pane of a plugin shows now, checked; of a `detail` pane for one resource. */
	readonly readPane: (pane: PaneRequest, signal?: AbortSignal) => Promise<Outcome<PaneView>>;
	/** The secret a person names, as the plugin asks for it; a failure when it asks for none of that name. */
	readonly findSecret: (plugin: string, name: string) => Outcome<AskedSecret>;
	/** A login by its name, with the way it would go: what `login` would do, known without asking its plugin. */
	readonly findLogin: (login: string | undefined, flow?: LoginFlow) => Outcome<Login & {readonly flow: LoginFlow}>;
	/** What `installPlugin` would do, with what the person would have to allow; changes nothing. */
	readonly previewInstall: (source: string, signal?: AbortSignal) => Promise<Outcome<InstallPreview>>;
	/** Something went wrong beside what was asked for. */
	readonly addNotice: (problem: Failure) => void;
	/** What plugins ask for and what is kept, without values. */
	readonly readSecrets: () => Promise<Outcome<readonly SecretRow[]>>;
	readonly readOperations: (query: {readonly limit: number}) => Promise<Outcome<readonly Operation[]>>;
};
