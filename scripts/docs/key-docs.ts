import {bindings} from '../../source/keymap/bindings.ts';
import {type KeyScope} from '../../source/keymap/binding.ts';

const places: Readonly<Record<KeyScope, string>> = {
	global: 'Everywhere',
	list: 'Every list',
	resources: 'Resources',
	plugins: 'Plugins',
	activity: 'Activity',
	cost: 'Cost',
	text: 'Text',
	logs: 'Logs',
	describe: 'Describe',
	tasks: 'Tasks',
	plugin: 'Plugin in detail',
	view: 'View of a plugin',
	secrets: 'Secrets',
	templates: 'Templates',
	config: 'Config',
	dialog: 'Dialogs',
	actions: 'Actions menu',
};

/** The text of docs/keys.md. */
export const renderKeyDocs = (): string =>
	[
		'# Keys',
		'',
		'<!-- Generated from source/keymap/bindings.ts; change it there. -->',
		'',
		'`?` in the dashboard searches this list and runs what you choose. A focused place beats *everywhere*. A text field takes everything but `esc`, `ctrl+c`, `tab` and `shift+tab`.',
		'',
		'Bind your own in the configuration; an empty list unbinds, and two commands on one key are named at the start:',
		'',
		'```toml',
		'keyPreset = "vim"        # default, k9s, vim',
		'',
		'[keys]',
		'"resources.logs" = ["l", "ctrl+l"]',
		'```',
		'',
		...(Object.keys(places) as KeyScope[]).flatMap(scope => {
			const own = bindings.filter(binding => binding.scope === scope);
			return own.length === 0
				? []
				: [
						`## ${places[scope]}`,
						'',
						'| keys | what they do | command |',
						'|---|---|---|',
						...own.map(
							({keys, title, command}) =>
								`| ${keys.map(key => `\`${key === '|' ? '\\|' : key}\``).join(' ')} | ${title} | \`${command}\` |`,
						),
						'',
					];
		}),
	].join('\n');
