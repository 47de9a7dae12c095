import {type Outcome} from '../core/failure/outcome.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type PluginKeep} from '../core/ports/plugin-keep.ts';
import {type SecretStore} from '../core/ports/secrets.ts';
import {type HostLimits} from './limits.ts';
import {type DiscoveryRules} from './manifest/discover.ts';
import {type PluginDirectory} from './manifest/places.ts';
import {type Placement} from './transport/placement.ts';
import {type OpenTransport} from './transport/transport.ts';
import {type PluginTrust} from './trust.ts';

export type PluginHostOptions = {
	/** Searched in this order; the first plugin of an id wins. */
	readonly pluginDirectories: readonly PluginDirectory[];
	readonly discovery?: DiscoveryRules;
	/** Of cws, for the `engines` of manifests. */
	readonly cwsVersion?: string;
	/** The build checked the manifests of plugins that come with cws: they need not be looked at again at every start. */
	readonly bundledAreChecked?: boolean;
	/** Only these ids, hidden ones too. */
	readonly only?: readonly string[];
	readonly includeHidden?: boolean;
	/** Only the hidden ones: those of the demo, and of nothing else. */
	readonly onlyHidden?: boolean;
	/** The worker's first file: `source/host/worker/plugin-worker.ts`, or its bundle. */
	readonly workerUrl: URL;
	/** Plugins that come with cws run in this thread, for a process that looks once and ends. */
	readonly isBrief?: boolean;
	readonly clock: Clock;
	/** 0 to 1, for the jitter of the backoff. */
	readonly random?: () => number;
	/** Ids of disabled plugins at the start. */
	readonly disabled: readonly string[];
	/** Keeps the ids of all disabled plugins. */
	readonly setDisabled: (ids: readonly string[]) => Promise<Outcome<void>>;
	/** Tasks that are paused at the start, as `plugin/task`. */
	readonly pausedTasks?: readonly string[];
	/** Keeps all paused tasks. */
	readonly setPausedTasks?: (tasks: readonly string[]) => Promise<Outcome<void>>;
	/** Ends the run of a task that another process is at. */
	readonly cancelElsewhere?: (plugin: string, task: string) => Promise<Outcome<void>>;
	/** Options of a plugin by its id, as the person wrote them; checked against the manifest's `config` schema. */
	readonly pluginOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
	/** Where the secrets are that options name; nowhere when absent. */
	readonly secrets?: Pick<SecretStore, 'has' | 'get'>;
	/** Settings of cws that every plugin gets which declares an option of that name: `currency`. */
	readonly sharedOptions?: Readonly<Record<string, unknown>>;
	/** Each plugin gets a directory of its own under both, see `ownFolder`. */
	readonly directories: {readonly data: string; readonly cache: string};
	readonly locale: string;
	/** What plugins from outside may do; without it only bundled ones run. */
	readonly trust?: PluginTrust;
	/** A thread that is denied everything, for plugins that do not come with cws. */
	readonly openSandbox?: OpenTransport;
	/** The same in a process of its own. */
	readonly openProcess?: OpenTransport;
	/** As set for one plugin or for all. */
	readonly isolationOf?: (id: string) => Placement | undefined;
	/** Bytes, of the machine or its container. */
	readonly availableMemory?: () => number;
	/** Where versions that failed too often are remembered. */
	readonly quarantine?: Pick<PluginKeep, 'readQuarantine' | 'saveQuarantine' | 'liftQuarantine'>;
	readonly limits?: Partial<HostLimits>;
};
