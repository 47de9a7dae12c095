import {type NewEvent} from '../../core/event.ts';
import {type Failure} from '../../core/failure/failure.ts';
import {type Health} from '../../core/health.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type SecretStore} from '../../core/ports/secrets.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {type Admit} from '../admission.ts';
import {type HostLimits} from '../limits.ts';
import {type PluginLog} from '../plugin-log.ts';
import {type Instance} from '../supervisor/instance.ts';

export type SlotDependencies = {
	readonly clock: Clock;
	readonly random: () => number;
	readonly limits: HostLimits;
	readonly locale: string;
	/** False when plugins of this origin cannot run here at all. */
	readonly canRun: boolean;
	/** Resolves when everything remembered about plugins is known; undefined when it is. */
	readonly whenReady: () => Promise<void> | undefined;
	/** Where it runs and with what, or what has to be granted before. */
	readonly admit: Admit;
	/** Starts what has to run before it; fails when it cannot run without. */
	readonly startNeeded: (record: PluginRecord) => Promise<Outcome<void>>;
	/** It failed too often: this version is not started by itself any more. */
	readonly onQuarantine: (record: PluginRecord) => void;
	readonly validator: () => Promise<Validate>;
	/** The build checked the manifests of plugins that come with cws. */
	readonly bundledAreChecked: boolean;
	/** Of cws, for the `engines` of manifests. */
	readonly cwsVersion: string | undefined;
	readonly options: Readonly<Record<string, unknown>> | undefined;
	readonly directories: {readonly data: string; readonly cache: string};
	/** Values for options that name a secret. */
	readonly secrets?: Pick<SecretStore, 'has' | 'get'> | undefined;
	/** Whether a plugin of that id comes with cws, in charge or hidden. */
	readonly hasBundled: (id: string) => boolean;
	readonly residentBytes: () => number;
	readonly log: PluginLog;
	readonly onRecord: () => void;
	readonly onPluginEvent: (body: unknown) => void;
	readonly onEvent: (event: NewEvent) => void;
};

/** The supervisor of one plugin: its record, its worker and its failures. */
export type PluginSlot = {
	readonly id: string;
	readonly directory: string;
	/** Why discovery let it not run at all. */
	readonly refusal: Failure | undefined;
	readonly record: () => PluginRecord;
	/** The running worker, without starting one. */
	readonly current: () => Instance | undefined;
	/** Starts the plugin unless it runs, rests after a failure or may not run. */
	readonly acquire: (signal?: AbortSignal) => Promise<Outcome<Instance>>;
	readonly start: () => Promise<Outcome<PluginRecord>>;
	/** Starts it also when it was unloaded. */
	readonly load: () => Promise<Outcome<PluginRecord>>;
	/** Ends it until it is loaded again. */
	readonly unload: () => Promise<Outcome<PluginRecord>>;
	/** Takes other options; one that runs is restarted in place. */
	readonly reconfigure: (options: Readonly<Record<string, unknown>> | undefined) => Promise<Outcome<PluginRecord>>;
	readonly enable: () => Promise<Outcome<PluginRecord>>;
	readonly disable: () => Promise<Outcome<PluginRecord>>;
	readonly reload: () => Promise<Outcome<PluginRecord>>;
	readonly checkHealth: (options: {readonly start: boolean}) => Promise<Outcome<Health>>;
	/** What others know about it: tasks, hooks, services, requirements. */
	readonly tell: (parts: Pick<Partial<PluginRecord>, 'tasks' | 'hooks' | 'services' | 'requires'>) => void;
	/** It cannot run for want of another plugin; ends it if it does. */
	readonly suspend: (reason: Failure) => Promise<void>;
	/** What it needs is there again; starts it when it ran before. */
	readonly resume: () => void;
	/** A version that failed too often before this process began. */
	readonly quarantine: (reason: Failure) => void;
	/** It tried what it may not do. */
	readonly denied: (what: string) => void;
	readonly deny: (reason: Failure) => Promise<void>;
	readonly called: (ms: number, isOk: boolean) => void;
	readonly stop: (deadlineMs: number) => Promise<Failure | undefined>;
};
