import {type Contributions} from './manifest/contributions.ts';
import {type PermissionSet} from './manifest/permissions.ts';
import {type JsonSchema} from './schema/json.ts';

export type PluginKind = 'provider' | 'auth' | 'system' | 'theme';

/** A request; the host has the ceilings. */
export type ManifestLimits = {
	readonly memoryMb?: number;
	readonly callMs?: number;
	readonly listMs?: number;
	readonly initializeMs?: number;
	readonly healthMs?: number;
	readonly stopMs?: number;
	/** How low the priority of its thread is, 0 to 19 (default 10). Processes a plugin starts inherit it and cannot get it back. */
	readonly nice?: number;
};

/** One of them is enough. Files begin with `/`, `~/` or a variable: `$XDG_RUNTIME_DIR/docker.sock`. */
export type Presence = {readonly commands?: readonly string[]; readonly files?: readonly string[]; readonly env?: readonly string[]};

/** Names with a version or a range of versions. */
export type Versions = Readonly<Record<string, string>>;

/** `plugin.json`: static, readable without running anything. docs/plugin.schema.json is generated from the schema beside its check. */
export type Manifest = {
	readonly id: string;
	readonly version: string;
	readonly title: string;
	readonly description?: string;
	readonly author?: string;
	readonly license?: string;
	readonly homepage?: string;
	readonly repository?: string;
	readonly kind: PluginKind;
	/** `cws` is a range of versions: `^1.0.0`. */
	readonly engines?: {readonly cws?: string};
	/** The plugin API it was written for: `1`, or `"1.2"` when it needs the second addition to it. */
	readonly api: number | string;
	readonly main: string;
	/** `onStartup onResourceType:T onCommand:C onEvent:E onService:S onPane:P onTask onEndpoint`. */
	readonly activation?: readonly string[];
	/** Services it offers, each with its version. */
	readonly provides?: Versions;
	/** Services it cannot work without, each with a range. */
	readonly requires?: Versions;
	/** Services it uses when they are there. */
	readonly optionalRequires?: Versions;
	/** Plugins it needs, by id, each with a range. */
	readonly dependencies?: Versions;
	/** Where its endpoints are served: `/claude`; `/<id>` when absent. */
	readonly routerPrefix?: string;
	readonly permissions?: PermissionSet;
	readonly limits?: ManifestLimits;
	/** Signs that there is anything for it on this machine. Where none of them is, cws starts it only when it is asked to. */
	readonly presence?: Presence;
	readonly config?: JsonSchema;
	readonly contributes?: Contributions;
	/** Whether a new version may take over while cws runs; true when absent. */
	readonly hotReload?: boolean;
	/** Not loaded unless asked for, for example the mock provider of `cws demo`. */
	readonly isHidden?: boolean;
};
