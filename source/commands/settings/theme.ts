import {exitCodes} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {allThemes} from '../../app/plugin-themes.ts';
import {type Verb} from '../shared/verb.ts';

export const theme: Verb = {
	name: 'theme',
	usage: 'list\nuse NAME',
	short: 'list the themes, or choose one',
	minimum: 1,
	maximum: 2,
	async run(context) {
		const {print, input} = context;
		const [action, name] = input as readonly [string, string | undefined];
		const {settings, saveSetting, engine} = await context.app();
		await engine.load();
		const {themes, problems} = await allThemes(engine.getState().plugins);
		if (action === 'list') {
			if (print.isJson) {
				print.json({
					themes: themes.map(({name: id, title, appearance, plugin}) => ({
						name: id,
						title,
						appearance,
						...(plugin !== undefined && {plugin}),
						isCurrent: id === settings.settings.theme,
					})),
					problems,
				});
			} else {
				print.table(themes, [
					{title: 'NAME', value: row => row.name},
					{title: 'FOR', value: row => `${row.appearance} terminals`},
					{title: 'FROM', value: row => row.plugin ?? 'cws'},
					{title: 'TITLE', value: row => row.title},
					{title: '', value: row => (row.name === settings.settings.theme ? 'in use' : '')},
				]);
			}

			problems.forEach(({message}) => print.note(message));
			return exitCodes.done;
		}

		if (action !== 'use' || name === undefined) {
			return print.failure(
				failure('CWS_USAGE', {message: `\`cws theme ${input.join(' ')}\` is not complete.`, fix: 'cws theme list, or cws theme use NAME'}),
			);
		}

		if (!themes.some(one => one.name === name)) {
			const names = themes.map(one => one.name);
			const meant = nearest(name, names);
			return print.failure(
				failure('CWS_THEME', {
					message: `There is no theme \`${name}\`.`,
					fix: meant ? `cws theme use ${meant}` : `one of ${names.join(', ')}`,
				}),
			);
		}

		const saved = await saveSetting('theme', name);
		if (!saved.ok) {
			return print.failure(saved.error);
		}

		print.line(`theme ${name}`);
		return exitCodes.done;
	},
};
