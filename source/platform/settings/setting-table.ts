export type SettingKind =
	| {readonly type: 'string'; readonly pattern?: RegExp; readonly expected?: string}
	| {readonly type: 'number'; readonly minimum: number; readonly maximum: number}
	| {readonly type: 'boolean'}
	| {readonly type: 'choice'; readonly values: readonly (string | number)[]}
	| {readonly type: 'strings'};

export type SettingDefinition = {
	/** Dotted path. */
	readonly key: string;
	readonly kind: SettingKind;
	/** Absent where there is none. */
	readonly default?: unknown;
	readonly description: string;
	/** Whether a `.cws.toml` may set it before its folder is trusted. */
	readonly isForProjects?: boolean;
	/** Other paths it was known by, beside the snake_case of its own. */
	readonly aliases?: readonly string[];
};

/** Every setting but the two open tables, `keys` and the options of plugins. docs/config.md is generated from it. */
export const settingTable: readonly SettingDefinition[] = [
	{
		key: 'theme',
		kind: {type: 'string'},
		default: 'midnight',
		description: 'Colours of the dashboard; `cws theme list` shows what there is.',
		isForProjects: true,
	},
	{
		key: 'keyPreset',
		kind: {type: 'choice', values: ['default', 'k9s', 'vim']},
		default: 'default',
		description: 'The set of key bindings that `keys` changes.',
	},
	{key: 'defaults.provider', kind: {type: 'string'}, description: 'Provider of a deploy that names none.', isForProjects: true},
	{key: 'defaults.region', kind: {type: 'string'}, description: 'Region of a deploy that names none.', isForProjects: true},
	{key: 'defaults.size', kind: {type: 'string'}, description: 'Size of a deploy that names none.', isForProjects: true},
	{key: 'defaults.type', kind: {type: 'string'}, description: 'Resource type the deploy form opens with.', isForProjects: true},
	{
		key: 'refreshSeconds',
		kind: {type: 'number', minimum: 1, maximum: 86_400},
		default: 10,
		description: 'Seconds between two reads of a provider, unless its plugin asks for another pace.',
	},
	{
		key: 'undoSeconds',
		kind: {type: 'number', minimum: 0, maximum: 3600},
		default: 10,
		description: 'Seconds a destroy waits so that it can be taken back; 0 destroys at once.',
	},
	{key: 'readOnly', kind: {type: 'boolean'}, default: false, description: 'Refuse everything that changes something outside cws.'},
	{
		key: 'cost.hoursPerMonth',
		kind: {type: 'choice', values: [720, 730, 'calendar']},
		default: 720,
		description: 'Hours of a month in every monthly figure; `calendar` takes those of the current month.',
	},
	{
		key: 'cost.currency',
		kind: {type: 'string', pattern: /^[A-Z]{3}$/, expected: 'three capital letters, as `USD`'},
		default: 'USD',
		description: 'Currency of rates you set yourself. Amounts of providers stay in theirs; currencies are never added.',
	},
	{
		key: 'plugins.disabled',
		kind: {type: 'strings'},
		default: [],
		description: 'Plugins that are not loaded; `cws plugin disable ID` adds one.',
		aliases: ['disabledPlugins'],
	},
	{
		key: 'plugins.pausedTasks',
		kind: {type: 'strings'},
		default: [],
		description: 'Tasks of plugins that do not run at their times, as `plugin/task`; `cws task pause` adds one.',
	},
	{
		key: 'plugins.allow',
		kind: {type: 'strings'},
		default: [],
		description: 'When it has entries, no other plugins run; `*` is all of them.',
	},
	{
		key: 'plugins.deny',
		kind: {type: 'strings'},
		default: [],
		description: 'Plugins that never run; `*` is all but those of `plugins.allow`.',
	},
	{
		key: 'plugins.disableLocalDiscovery',
		kind: {type: 'boolean'},
		default: false,
		description: 'Leave out the `plugins` folder of the working directory.',
		aliases: ['pluginsDisableLocalDiscovery'],
	},
	{
		key: 'plugins.isolation',
		kind: {type: 'choice', values: ['worker', 'process']},
		description:
			'Where plugins from outside run: a thread, or a process of its own. Without it a machine with little memory decides. `plugins.ID.isolation` is for one plugin.',
	},
	{
		key: 'plugins.requireSigned',
		kind: {type: 'boolean'},
		default: false,
		description: 'Refuse plugins from outside that are not signed.',
	},
	{
		key: 'secrets.place',
		kind: {type: 'choice', values: ['auto', 'keychain', 'file']},
		default: 'auto',
		description:
			'Where secrets are kept: `auto` takes the keychain of the system where one answers, else the sealed file; see docs/secrets.md.',
	},
];

/** A path without the differences of camelCase, snake_case and kebab-case. */
export const normalizePath = (path: readonly string[]): string => path.map(part => normalizePart(part)).join('.');

const normalizePart = (part: string): string => part.replaceAll(/[_-]/g, '').toLowerCase();

const byPath = new Map(
	settingTable.flatMap(definition =>
		[definition.key, ...(definition.aliases ?? [])].map(key => [normalizePath(key.split('.')), definition] as const),
	),
);

export const findSetting = (path: readonly string[]): SettingDefinition | undefined => byPath.get(normalizePath(path));

/** The canonical id of a plugin: the seeds write `my_plugin`, variables are upper case. */
export const toPluginId = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/** Whether settings lie below this path. */
export const isSettingTable = (path: readonly string[]): boolean => {
	const prefix = `${normalizePath(path)}.`;
	return byPath.keys().some(key => key.startsWith(prefix));
};
