import {type Outcome} from '../core/failure/outcome.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type HostLimits} from './limits.ts';
import {type DiscoveryRules} from './manifest/discover.ts';
import {type PluginDirectory} from './manifest/places.ts';

export type PluginHostOptions = {
	/** Searched in this order; the first plugin of an id wins. */
	readonly pluginDirectories: readonly PluginDirectory[];
	readonly discovery?: DiscoveryRules;
	/** Of cws, for the `engines` of manifests. */
	readonly cwsVersion?: string;
	/** Only these ids, hidden ones too. */
	readonly only?: readonly string[];
	readonly includeHidden?: boolean;
	/** Only the hidden ones: those of the demo, and of nothing else. */
	readonly onlyHidden?: boolean;
	/** The worker's first file: `source/host/worker/plugin-worker.ts`, or its bundle. */
	readonly workerUrl: URL;
	readonly clock: Clock;
	/** 0 to 1, for the jitter of the backoff. */
	readonly random?: () => number;
	/** Ids of disabled plugins at the start. */
	readonly disabled: readonly string[];
	/** Keeps the ids of all disabled plugins. */
	readonly setDisabled: (ids: readonly string[]) => Promise<Outcome<void>>;
	/** Options of a plugin by its id, as the person wrote them; checked against the manifest's `config` schema. */
	readonly pluginOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
	/** Settings of cws that every plugin gets which declares an option of that name: `currency`. */
	readonly sharedOptions?: Readonly<Record<string, unknown>>;
	/** Each plugin gets a directory of its id under both. */
	readonly directories: {readonly data: string; readonly cache: string};
	readonly locale: string;
	readonly limits?: Partial<HostLimits>;
};
