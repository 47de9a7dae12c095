import {exitCodes} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {loadValidator} from '../../core/schema/validate.ts';
import {pluginEntryProblems, withPluginEntries} from '../../core/plugin-entries.ts';
import {coerceOptions} from '../../core/schema/plugin-options.ts';
import {type SettingEntry} from '../../core/settings.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type Verb} from '../shared/verb.ts';

const actions = ['list', 'get', 'set', 'unset', 'path', 'validate'] as const;

export const config: Verb = {
	name: 'config',
	usage: 'list\nget KEY\nset KEY VALUE\nunset KEY\npath\nvalidate',
	short: 'settings: their values and where they come from',
	minimum: 1,
	maximum: 3,
	examples: ['cws config set theme paper', 'cws config set cost.hoursPerMonth 730', 'cws config unset theme'],
	async run(context) {
		const {print, input} = context;
		const [action, key, value] = input as readonly [string, string | undefined, string | undefined];
		const {settings, saveSetting, readSettings, configFile, engine} = await context.app();
		// The fields of plugins, with the defaults their schemas give.
		if (action !== 'path') {
			await engine.load();
		}

		const {plugins} = engine.getState();
		const manifests = plugins.filter(({state}) => state !== 'shadowed').map(({manifest}) => manifest);
		const entries = withPluginEntries(settings.entries, manifests);
		const noKey = (wanted: string) => {
			const meant = nearest(
				wanted,
				entries.map(entry => entry.key),
			);
			return print.failure(
				failure('CWS_CONFIG', {message: `\`${wanted}\` is not a setting.`, fix: meant ? `did you mean \`${meant}\`?` : 'cws config list'}),
			);
		};

		switch (action) {
			case 'path': {
				print.line(configFile);
				return exitCodes.done;
			}

			case 'list': {
				if (print.isJson) {
					print.json({entries});
				} else {
					print.table(entries, [
						{title: 'KEY', value: entry => entry.key},
						{title: 'VALUE', value: entry => JSON.stringify(entry.value) ?? '-', canShrink: true},
						{title: 'SOURCE', value: entry => (entry.from ? `${entry.source} (${entry.from})` : entry.source), canShrink: true},
					]);
				}

				return exitCodes.done;
			}

			case 'validate': {
				const problems = [...settings.problems, ...pluginEntryProblems(entries, manifests, await loadValidator())];
				if (print.isJson) {
					print.json({problems});
				} else if (problems.length === 0) {
					print.line('The configuration is valid.');
				}

				return problems.reduce<number>((_, problem) => (print.isJson ? exitCodes.usage : print.failure(problem)), exitCodes.done) as 0 | 2;
			}

			case 'get': {
				const entry = entries.find(one => one.key === key) ?? entries.find(one => fold(one.key) === fold(key ?? ''));
				if (!entry) {
					return noKey(key ?? '');
				}

				if (print.isJson) {
					print.json(entry);
				} else {
					print.line(typeof entry.value === 'string' ? entry.value : (JSON.stringify(entry.value) ?? ''));
				}

				return exitCodes.done;
			}

			case 'set':
			case 'unset': {
				const isUnset = action === 'unset';
				if (key === undefined || (value === undefined) !== isUnset) {
					return print.failure(
						failure('CWS_USAGE', {
							message: isUnset ? '`cws config unset` needs a key and nothing else.' : '`cws config set` needs a key and a value.',
							fix: isUnset ? 'cws config unset theme' : 'cws config set theme paper',
						}),
					);
				}

				const [table, id = '', ...field] = key.split('.');
				const found = table === 'plugins' && field.length === 1 ? manifests.find(one => one.id === id.replaceAll('_', '-')) : undefined;
				// Two words of cws itself stand among the options of a plugin.
				const plugin = ['enabled', 'isolation'].includes(field[0] ?? '') && !found?.config?.properties?.[field[0]!] ? undefined : found;
				const saved =
					plugin === undefined
						? await saveSetting(key, value)
						: await engine.run(
								'setPluginConfig',
								isUnset
									? {plugin: plugin.id, values: {}, unset: [field[0]!]}
									: {plugin: plugin.id, values: coerceOptions(plugin.config, {[field[0]!]: value})},
								{origin: 'cli', signal: context.signal},
							);
				if (!saved.ok) {
					return print.failure(saved.error);
				}

				const now = withPluginEntries(readSettings().entries, manifests).find(entry => fold(entry.key) === fold(key));
				if (print.isJson) {
					print.json(now ?? {key});
				} else {
					print.line(settingLine(now, key));
				}

				return exitCodes.done;
			}

			default: {
				const meant = nearest(action, actions);
				return print.failure(
					failure('CWS_USAGE', {
						message: `\`${action}\` is nothing \`cws config\` does.`,
						fix: meant ? `cws config ${meant}` : 'cws config --help',
					}),
				);
			}
		}
	},
};

/** `theme = "paper" (user, ~/.config/cws/config.toml:3)`: what holds now, which another source may have said. */
export function settingLine(entry: SettingEntry | undefined, key: string): string {
	const {value, source, from} = entry ?? {};
	const where = source === undefined ? 'not set' : from === undefined ? source : `${source}, ${from}`;
	return `${key} = ${JSON.stringify(value) ?? '-'} (${where})`;
}

// Words of a key may be told apart by capitals, `_` or `-`.
const fold = (key: string): string => key.replaceAll(/[_-]/g, '').toLowerCase();
