import {failure, type Failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {type Assignment, type Collected} from './collected.ts';
import {type TomlFile} from './read-toml.ts';
import {findSetting, isSettingTable, normalizePath, settingTable, toPluginId, type SettingDefinition} from './setting-table.ts';
import {checkValue} from './setting-value.ts';

/**
Takes the settings out of a TOML file and names what is no setting or has a wrong value, with its line. Without `isTrusted` only
those that any folder may set.
*/
export function collectFile({file, table, lineOf}: TomlFile, source: 'user' | 'project', isTrusted = source === 'user'): Collected {
	const assignments: Assignment[] = [];
	const problems: Failure[] = [];
	const placeOf = (path: readonly string[]) => `${file}:${lineOf(path)}`;
	visit(table, []);
	return {assignments, problems};

	function visit(current: Readonly<Record<string, unknown>>, parent: readonly string[]): void {
		for (const [name, value] of Object.entries(current)) {
			visitKey([...parent, name], value);
		}
	}

	function visitKey(path: readonly string[], value: unknown): void {
		const definition = findSetting(path);
		const name = normalizePath(path);
		if (definition !== undefined) {
			assignSetting(definition, path, value);
		} else if (name === 'keys' && isTable(value)) {
			whenTrusted(path, () => {
				assignKeys(value, path, []);
			});
		} else if (isTable(value) && path.length === 2 && normalizePath(path.slice(0, 1)) === 'plugins') {
			whenTrusted(path, () => {
				assignOptions(value, path, name === 'plugins.options');
			});
		} else if (isTable(value) && (isSettingTable(path) || path.length === 0)) {
			visit(value, path);
		} else {
			reportUnknown(path, isSettingTable(path));
		}
	}

	function assignSetting(definition: SettingDefinition, path: readonly string[], value: unknown): void {
		if (!isTrusted && !definition.isForProjects) {
			reportUntrusted(path);
			return;
		}

		const checked = checkValue(definition.kind, value);
		if (checked.ok) {
			assign(definition.key, checked.value, path);
		} else {
			reportWrong(path, checked.expected);
		}
	}

	// A command's own name has dots, so that TOML gives nested tables.
	function assignKeys(current: Readonly<Record<string, unknown>>, path: readonly string[], command: readonly string[]): void {
		for (const [name, value] of Object.entries(current)) {
			const inner = [...path, name];
			if (isTable(value)) {
				assignKeys(value, inner, [...command, name]);
			} else if (typeof value === 'string') {
				assign(['keys', ...command, name].join('.'), [safeText(value)], inner);
			} else if (Array.isArray(value) && value.every(item => typeof item === 'string')) {
				assign(
					['keys', ...command, name].join('.'),
					value.map(item => safeText(item)),
					inner,
				);
			} else {
				reportWrong(inner, 'a list of keys, as `["ctrl+r"]`');
			}
		}
	}

	function assignOptions(options: Readonly<Record<string, unknown>>, path: readonly string[], isMap: boolean): void {
		for (const [name, value] of Object.entries(options)) {
			const inner = [...path, name];
			if (!isMap) {
				assign(`plugins.${toPluginId(path.at(-1)!)}.${name}`, toJson(value), inner);
			} else if (isTable(value)) {
				assignOptions(value, inner, false);
			} else {
				reportWrong(inner, 'a table with the options of a plugin');
			}
		}
	}

	function whenTrusted(path: readonly string[], run: () => void): void {
		if (isTrusted) {
			run();
		} else {
			reportUntrusted(path);
		}
	}

	function assign(key: string, value: unknown, path: readonly string[]): void {
		assignments.push({key, value, source, from: placeOf(path)});
	}

	function reportUntrusted(path: readonly string[]): void {
		problems.push(
			failure('CWS_CONFIG', {
				message: `\`${nameOf(path)}\` at \`${placeOf(path)}\` is not taken from a project file.`,
				cause: 'a file that comes with a folder may set only the theme and the defaults until the folder is trusted',
				fix: 'put it into your own `config.toml`; `cws config path` tells where',
				details: detailsOf(path),
			}),
		);
	}

	function reportWrong(path: readonly string[], expected: string): void {
		problems.push(
			failure('CWS_CONFIG', {
				message: `\`${nameOf(path)}\` at \`${placeOf(path)}\` is not ${expected}.`,
				cause: 'the value is left out',
				fix: 'change it there; docs/config.md lists what each setting takes',
				details: detailsOf(path),
			}),
		);
	}

	function reportUnknown(path: readonly string[], isTableName: boolean): void {
		const meant = nearest(nameOf(path), isTableName ? [] : settingNames());
		problems.push(
			failure('CWS_CONFIG', {
				message: isTableName
					? `\`${nameOf(path)}\` at \`${placeOf(path)}\` is a table of settings, not a setting.`
					: `\`${nameOf(path)}\` at \`${placeOf(path)}\` is not a setting.`,
				fix: meant ? `did you mean \`${meant}\`?` : 'remove it; `cws config list` shows what there is',
				details: {...detailsOf(path), ...(meant ? {nearest: meant} : {})},
			}),
		);
	}

	function detailsOf(path: readonly string[]): Readonly<Record<string, unknown>> {
		return {file, line: lineOf(path), key: nameOf(path)};
	}
}

/** What a mistyped name is compared with. */
export const settingNames = (): readonly string[] => [...settingTable.map(({key}) => key), 'keys', 'defaults', 'cost', 'plugins'];

const nameOf = (path: readonly string[]): string => safeText(path.join('.'));

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

// Options go to a plugin as JSON; a TOML date is one there too, as text.
const toJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
