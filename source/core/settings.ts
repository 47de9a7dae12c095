import {type Failure} from './failure/failure.ts';

export type HoursPerMonth = 720 | 730 | 'calendar';

/** Every setting with its value; defaults, TOML, environment and flags are already merged. Keys are those of docs/config.md. */
export type Settings = {
	readonly theme: string;
	readonly keys: Readonly<Record<string, readonly string[]>>;
	readonly keyPreset: 'default' | 'k9s' | 'vim';
	readonly defaults: {readonly provider?: string; readonly region?: string; readonly size?: string; readonly type?: string};
	readonly refreshSeconds: number;
	readonly undoSeconds: number;
	readonly readOnly: boolean;
	readonly cost: {readonly hoursPerMonth: HoursPerMonth; readonly currency: string};
	readonly secrets: {readonly place: 'auto' | 'keychain' | 'file'};
	readonly plugins: {
		readonly disabled: readonly string[];
		/** Tasks of plugins that wait until they are resumed, as `plugin/task`. */
		readonly pausedTasks?: readonly string[];
		/** The only ones that may run, when there are any. */
		readonly allow: readonly string[];
		readonly deny: readonly string[];
		/** Leave out the `plugins` folder of the working directory. */
		readonly disableLocalDiscovery: boolean;
		/** Where plugins from outside run; what the machine allows decides when it is absent. */
		readonly isolation?: 'worker' | 'process';
		/** The same for single plugins, by id. */
		readonly isolationOf: Readonly<Record<string, 'worker' | 'process'>>;
		readonly requireSigned: boolean;
		/** Options of a plugin by its id; the plugin's own schema checks them. */
		readonly options: PluginOptions;
	};
};

/** By the id of the plugin and the name of the field. */
export type PluginOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type SettingSource = 'default' | 'user' | 'project' | 'environment' | 'flag';

export type SettingEntry = {
	/** Dotted path, for example `cost.hoursPerMonth`. */
	readonly key: string;
	readonly value: unknown;
	readonly source: SettingSource;
	/** File and line, or the name of the variable or flag. */
	readonly from?: string;
};

export type LoadedSettings = {
	readonly settings: Settings;
	readonly entries: readonly SettingEntry[];
	/** Unknown keys and wrong values; those settings fall back to the next source. */
	readonly problems: readonly Failure[];
};

/** Whether a file of them cannot be parsed, as one that is half written: what is set there is not known then. */
export const isHalfWritten = ({problems}: Pick<LoadedSettings, 'problems'>): boolean =>
	problems.some(({details}) => details?.['column'] !== undefined);

/** The four directories of cws; CWS_HOME puts all of them under one. */
export type Directories = {
	readonly config: string;
	readonly data: string;
	readonly state: string;
	readonly cache: string;
};
