import {type ThemeContribution} from '../core/manifest/contributions.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {loadValidator} from '../core/schema/validate.ts';
import {safeText} from '../core/text/safe-text.ts';
import {isPresent} from '../core/plugin-presence.ts';
import {type ContributionProblem} from '../engine/contributions/contribution-problem.ts';
import {readThemeFile} from '../platform/themes/read-theme-file.ts';
import {loadThemes} from '../ui/theme/load-themes.ts';
import {readTheme} from '../ui/theme/read-theme.ts';
import {type ThemeDefinition} from '../ui/theme/tokens.ts';

export type PluginThemes = {
	/** Those of cws first, then of the plugins in their order. */
	readonly themes: readonly (ThemeDefinition & {readonly plugin?: string})[];
	readonly problems: readonly ContributionProblem[];
};

type Read = ReturnType<typeof readTheme>;

// A reload brings a new manifest, and a theme that did not change need not be read again.
const known = new WeakMap<ThemeContribution, Promise<Read>>();

/** All themes there are now: those that come with cws and those plugins contribute, the valid ones. */
export async function allThemes(plugins: readonly PluginRecord[]): Promise<PluginThemes> {
	const own = loadThemes();
	const themes = new Map<string, PluginThemes['themes'][number]>(own.map(theme => [theme.name, theme]));
	const problems: ContributionProblem[] = [];
	for (const {id, directory, manifest} of plugins.filter(record => isPresent(record))) {
		for (const contribution of manifest.contributes?.themes ?? []) {
			const {name, title} = contribution;
			const problem = (message: string, fix: string) => problems.push({plugin: id, what: `theme ${name}`, message: safeText(message), fix});
			const other = themes.get(name);
			if (other !== undefined) {
				problem(
					`The theme \`${name}\` of \`${id}\` is left out, as ${other.plugin === undefined ? 'cws' : `\`${other.plugin}\``} has one of that name.`,
					`Disable one of the two: cws plugin disable ${id}`,
				);
				continue;
			}

			const read = await (known.get(contribution) ?? remember(contribution, directory));
			if ('problem' in read) {
				problem(`The theme \`${name}\` of \`${id}\` is not valid: ${read.problem}.`, 'Its author has to mend it.');
			} else {
				themes.set(name, {...read.theme, title: title ?? safeText(read.theme.title), plugin: id});
			}
		}
	}

	return {themes: [...themes.values()], problems};
}

function remember(contribution: ThemeContribution, directory: string): Promise<Read> {
	const reading = read(contribution, directory);
	known.set(contribution, reading);
	return reading;
}

async function read({name, file, theme}: ThemeContribution, directory: string): Promise<Read> {
	const validate = await loadValidator();
	if (file === undefined) {
		return readTheme(name, theme, validate);
	}

	const value = await readThemeFile(directory, file);
	return value.ok ? readTheme(name, value.value, validate) : {problem: value.error.message};
}

/** Whether some plugin there is may bring a theme of that name; it is drawn as soon as it was read. */
export const promisesTheme = (plugins: readonly PluginRecord[], name: string): boolean =>
	plugins.some(record => isPresent(record) && record.manifest.contributes?.themes?.some(theme => theme.name === name));
