import {dirname, join} from 'node:path';
import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Directories, type LoadedSettings, type SettingEntry, type Settings} from '../../core/settings.ts';
import {type Assignment, type Collected} from './collected.ts';
import {collectEnvironment, nest, type Environment} from './collect-environment.ts';
import {collectFile} from './collect-file.ts';
import {findProjectFiles} from './find-project-files.ts';
import {readToml} from './read-toml.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {findSetting, settingTable, toPluginId} from './setting-table.ts';
import {checkValue, readValue} from './setting-value.ts';

export type LoadSettingsOptions = {
	readonly directories: Pick<Directories, 'config'>;
	readonly cwd: string;
	readonly environment: Environment;
	/** `id.field=value`, as `--plugin-config` has them. */
	readonly pluginConfig?: readonly string[];
	/** Whether the person trusts the folder of a project file; such a file may set everything. */
	readonly isTrusted?: (folder: string) => boolean;
	/** By dotted key, for example `{theme: 'paper'}`; texts are read as in variables. */
	readonly flags?: Readonly<Record<string, unknown>>;
	/** Read instead of `config.toml` in the config directory; another one must be there. */
	readonly configFile?: string;
};

/** Reads every source, the later over the earlier: defaults, user file, project files, environment, flags. */
export function loadSettings({
	directories,
	cwd,
	environment,
	flags = {},
	pluginConfig = [],
	isTrusted = () => false,
	configFile,
}: LoadSettingsOptions): LoadedSettings {
	const ownFile = join(directories.config, 'config.toml');
	const collected: readonly Collected[] = [
		fromFile(configFile ?? ownFile, 'user', {isRequired: configFile !== undefined && configFile !== ownFile}),
		...findProjectFiles(cwd).map(found => fromFile(found, 'project', {isTrusted: isTrusted(dirname(found))})),
		collectEnvironment(environment),
		collectFlags(flags),
		collectPluginFlags(pluginConfig),
	];
	const values = new Map<string, SettingEntry>(settingTable.map(({key, default: value}) => [key, {key, value, source: 'default'}]));
	for (const {assignments} of collected) {
		for (const assignment of assignments) {
			values.set(assignment.key, assignment);
		}
	}

	return {
		settings: toSettings(values),
		entries: [...values.values()],
		problems: collected.flatMap(({problems}) => problems),
	};
}

function fromFile(
	file: string,
	source: 'user' | 'project',
	{isRequired = false, isTrusted = source === 'user'}: {readonly isRequired?: boolean; readonly isTrusted?: boolean},
): Collected {
	const read = readToml(file);
	if (!read.ok) {
		return {assignments: [], problems: [read.error]};
	}

	if (read.value === undefined) {
		const problem = failure('CWS_CONFIG', {
			message: `The config file \`${file}\` does not exist.`,
			fix: 'check the path behind `--config`',
		});
		return {assignments: [], problems: isRequired ? [problem] : []};
	}

	return collectFile(read.value, source, isTrusted);
}

function collectFlags(flags: Readonly<Record<string, unknown>>): Collected {
	const assignments: Assignment[] = [];
	const problems: Failure[] = [];
	for (const [key, value] of Object.entries(flags)) {
		const definition = findSetting(key.split('.'));
		if (value === undefined || definition === undefined) {
			continue;
		}

		const from = `--${key}`;
		const checked = typeof value === 'string' ? readValue(definition.kind, value) : checkValue(definition.kind, value);
		if (checked.ok) {
			assignments.push({key: definition.key, value: checked.value, source: 'flag', from});
		} else {
			problems.push(
				failure('CWS_CONFIG', {message: `\`${from}\` is not ${checked.expected}.`, details: {flag: from, key: definition.key}}),
			);
		}
	}

	return {assignments, problems};
}

const isSwitch = (value: unknown): boolean => typeof value === 'boolean' || value === 'true' || value === 'false';

function collectPluginFlags(given: readonly string[]): Collected {
	const assignments: Assignment[] = [];
	const problems: Failure[] = [];
	for (const text of given) {
		const [, id, field, value] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(text) ?? [];
		if (id === undefined || field === undefined || value === undefined) {
			problems.push(
				failure('CWS_CONFIG', {
					message: `\`--plugin-config ${safeText(text)}\` is not an option of a plugin.`,
					fix: 'write it as `--plugin-config ID.FIELD=VALUE`',
				}),
			);
		} else {
			const [name = '', ...inner] = safeText(field).split('.');
			assignments.push({
				key: `plugins.${toPluginId(safeText(id))}.${name}`,
				value: nest(inner, safeText(value)),
				source: 'flag',
				from: '--plugin-config',
			});
		}
	}

	return {assignments, problems};
}

function toSettings(values: ReadonlyMap<string, SettingEntry>): Settings {
	const keys: Record<string, readonly string[]> = {};
	const options = new Map<string, Record<string, unknown>>();
	const isolationOf: Record<string, 'worker' | 'process'> = {};
	const isolation = get<'worker' | 'process' | undefined>('plugins.isolation');
	const disabled = new Set(get<readonly string[]>('plugins.disabled'));
	for (const {key, value} of values.values()) {
		const [table, id, ...field] = key.split('.');
		if (table === 'keys') {
			keys[key.slice('keys.'.length)] = value as readonly string[];
		} else if (table === 'plugins' && id !== undefined && field.length > 0) {
			const name = field.join('.');
			// The seeds turn a plugin off among its options.
			if (name === 'enabled' && isSwitch(value)) {
				disabled[String(value) === 'true' ? 'delete' : 'add'](id);
			} else if (name === 'isolation' && (value === 'worker' || value === 'process')) {
				isolationOf[id] = value;
			} else {
				options.set(id, {...options.get(id), [name]: value});
			}
		}
	}

	return {
		theme: get('theme'),
		keys,
		keyPreset: get('keyPreset'),
		defaults: {
			provider: get('defaults.provider'),
			region: get('defaults.region'),
			size: get('defaults.size'),
			type: get('defaults.type'),
		},
		refreshSeconds: get('refreshSeconds'),
		undoSeconds: get('undoSeconds'),
		readOnly: get('readOnly'),
		cost: {hoursPerMonth: get('cost.hoursPerMonth'), currency: get('cost.currency')},
		secrets: {place: get('secrets.place')},
		plugins: {
			disabled: [...disabled],
			pausedTasks: get('plugins.pausedTasks'),
			allow: get('plugins.allow'),
			deny: get('plugins.deny'),
			disableLocalDiscovery: get('plugins.disableLocalDiscovery'),
			...(isolation !== undefined && {isolation}),
			isolationOf,
			requireSigned: get('plugins.requireSigned'),
			options: Object.fromEntries(options),
		},
	};

	// The table has checked it against its kind.
	// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
	function get<Value>(key: string): Value {
		return values.get(key)?.value as Value;
	}
}
