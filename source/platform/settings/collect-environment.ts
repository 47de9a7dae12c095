import {failure, type Failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {safeLines} from '../../core/text/safe-text.ts';
import {type Assignment, type Collected} from './collected.ts';
import {findSetting, settingTable, toPluginId} from './setting-table.ts';
import {readValue} from './setting-value.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable of a setting: `cost.hoursPerMonth` is `CWS_COST__HOURS_PER_MONTH`. */
export const variableOf = (key: string): string =>
	`CWS_${key
		.split('.')
		.map(part => part.replaceAll(/[A-Z]/g, letter => `_${letter}`).toUpperCase())
		.join('__')}`;

/** Settings from `CWS_…`, options of plugins from `CWS_PLUGINS__<ID>__<FIELD>` and the older `PLUGINS__<ID>__<FIELD>`. */
export function collectEnvironment(environment: Environment): Collected {
	const assignments: Assignment[] = [];
	const problems: Failure[] = [];
	const names = Object.keys(environment).filter(name => environment[name] && (/^(CWS_|PLUGINS__)/.test(name) || name === seedSwitch));
	// The prefixed spelling is the more exact one, so it comes last and wins.
	for (const variable of [...names.filter(name => !name.startsWith('CWS_')), ...names.filter(name => name.startsWith('CWS_'))]) {
		const text = environment[variable]!;
		const path = variable.replace(/^CWS_/, '').split('__');
		const definition = variable.startsWith('CWS_') || variable === seedSwitch ? findSetting(path) : undefined;
		if (definition !== undefined) {
			const checked = readValue(definition.kind, text);
			if (checked.ok) {
				assignments.push({key: definition.key, value: checked.value, source: 'environment', from: variable});
			} else {
				problems.push(
					failure('CWS_CONFIG', {
						message: `The variable \`${variable}\` is not ${checked.expected}.`,
						cause: 'it is left out',
						details: {variable, key: definition.key},
					}),
				);
			}
		} else if (path[0] === 'PLUGINS' && path.length >= 3 && path[1] && path[2]) {
			const [, id, field, ...inner] = path as [string, string, string, ...string[]];
			assignments.push({
				key: `plugins.${toPluginId(id)}.${toCamelCase(field)}`,
				value: nest(inner.map(toCamelCase), safeLines(text)),
				source: 'environment',
				from: variable,
			});
		} else {
			reportMistyped(variable);
		}
	}

	return {assignments, problems};

	// Other variables of cws and of programs around it begin alike, so only a near miss is worth a word.
	function reportMistyped(variable: string): void {
		const meant = otherVariables.has(variable)
			? undefined
			: nearest(
					variable,
					settingTable.map(({key}) => variableOf(key)),
				);
		if (meant !== undefined) {
			problems.push(
				failure('CWS_CONFIG', {
					message: `The variable \`${variable}\` is not a setting.`,
					fix: `did you mean \`${meant}\`?`,
					details: {variable, nearest: meant},
				}),
			);
		}
	}
}

const otherVariables: ReadonlySet<string> = new Set(['CWS_HOME', 'CWS_POLICY', 'CWS_PLUGIN_DIR']);

/** Written without the prefix too, as the older program had it. */
const seedSwitch = 'PLUGINS_DISABLE_LOCAL_DISCOVERY';

const toCamelCase = (name: string): string => name.toLowerCase().replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A value some levels below an option. */
export const nest = (path: readonly string[], value: unknown): unknown =>
	path.reduceRight((inner, name) => Object.fromEntries([[name, inner]]), value);
