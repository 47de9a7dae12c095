import {type JsonSchema} from './schema/json.ts';
import {type ResourceOperation} from './resource.ts';

export type PluginKind = 'provider' | 'auth' | 'system' | 'theme';

export type SizeOption = {
	readonly name: string;
	readonly title?: string;
	readonly cpus?: number;
	readonly memoryMb?: number;
};

export type ResourceTypeContribution = {
	readonly type: string;
	readonly title?: string;
	readonly plural?: string;
	/** Provider name in references and columns; the plugin's id unless the plugin speaks for several (the mock does). */
	readonly provider?: string;
	readonly operations: readonly ResourceOperation[];
	/** JSON Schema of the deploy form's own fields; name, region and size are the host's. */
	readonly form?: JsonSchema;
	readonly regions?: readonly string[];
	readonly sizes?: readonly SizeOption[];
	/** Seconds between two polls; the engine's default otherwise. */
	readonly pollSeconds?: number;
	/** Seconds after which an accepted operation that did not reach its state is called diverged. */
	readonly convergeSeconds?: number;
};

/** `plugin.json`: static, readable without running anything. */
export type Manifest = {
	readonly id: string;
	readonly version: string;
	readonly title: string;
	readonly description?: string;
	readonly author?: string;
	readonly license?: string;
	readonly kind: PluginKind;
	readonly engines?: {readonly cws?: string};
	/** The plugin API's major version. */
	readonly api: number;
	readonly main: string;
	readonly activation?: readonly string[];
	readonly limits?: {
		readonly memoryMb?: number;
		readonly callMs?: number;
		/** How low the priority of its thread is, 0 to 19 (default 10). Processes a plugin starts inherit it and cannot get it back. */
		readonly nice?: number;
	};
	readonly config?: JsonSchema;
	/** Not loaded unless asked for, for example the mock provider of `cws demo`. */
	readonly isHidden?: boolean;
	readonly contributes?: {
		readonly resourceTypes?: readonly ResourceTypeContribution[];
	};
};
