import {type PluginRecord} from '../../core/plugin.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {
	type PluginTemplateFile,
	type Template,
	type TemplatePlace,
	type TemplateProblem,
	type TemplateSource,
} from '../../core/template.ts';
import {isPresent} from '../../core/plugin-presence.ts';
import {namedTypes} from '../contributions/named-types.ts';
import {resourceTypeOf, wholeProblems} from './check-template.ts';
import {type ParsedTemplate, parseTemplate} from './parse-template.ts';
import {resolveTemplate} from './resolve-template.ts';

/** Reads the texts of templates: those of the person and of the project, and those files of plugins. */
export type ReadTemplates = (files: readonly PluginTemplateFile[]) => Promise<readonly TemplateSource[]>;

/** One template as it is listed, shown and launched. */
export type TemplateRow = {
	readonly name: string;
	readonly title: string;
	readonly description?: string;
	readonly place: TemplatePlace;
	readonly plugin?: string;
	readonly file: string;
	/** As it stands in its file. */
	readonly own: Template;
	/** With everything it inherits. */
	readonly resolved: Template;
	/** What a launch makes, where that is known. */
	readonly type?: string;
	/** It can be named and launched; the others only be looked at. */
	readonly isLaunchable: boolean;
	/** Another one of the name goes before it: its file. */
	readonly hiddenBy?: string;
	readonly problems: readonly TemplateProblem[];
};

/** Asks plugins for the templates that their code makes. */
export type MakeTemplates = (plugins: readonly PluginRecord[]) => Promise<readonly TemplateSource[]>;

type Options = {
	readonly plugins: readonly PluginRecord[];
	readonly read: ReadTemplates;
	readonly make?: MakeTemplates;
	readonly validate: Validate;
};

/** All templates, those of the person first, then of the project, then of the plugins in their order; the first of a name counts. */
export async function readLibrary(options: Options): Promise<readonly TemplateRow[]> {
	return libraryOf(await sourcesOf(options), options);
}

/** One text as if it lay among the others, for `cws template validate FILE`. */
export async function checkTemplateText(source: TemplateSource, options: Options): Promise<TemplateRow> {
	const others = (await sourcesOf(options)).filter(({file}) => file !== source.file);
	const rows = await libraryOf([source, ...others], options);
	return rows[0]!;
}

async function sourcesOf({plugins, read, make = async () => []}: Options): Promise<readonly TemplateSource[]> {
	const present = plugins.filter(record => isPresent(record));
	const [files, made] = await Promise.all([read(filesOf(present)), make(present)]);
	return [...files, ...textsOf(present), ...made];
}

async function libraryOf(
	sources: readonly TemplateSource[],
	{plugins, validate}: Pick<Options, 'plugins' | 'validate'>,
): Promise<readonly TemplateRow[]> {
	// The default, because a bundled CommonJS module has no other export.
	const {default: yaml} = await import('yaml');
	const types = namedTypes(plugins);
	const parsed = sources.map(source => parseTemplate(yaml, source, {types, validate}));
	const known = new Map<string, ParsedTemplate>();
	for (const one of parsed) {
		if (!known.has(one.source.name)) {
			known.set(one.source.name, one);
		}
	}

	return parsed.map(one => {
		const {source, template} = one;
		const winner = known.get(source.name)!;
		// One that is hidden may inherit the one that hides it: that is how a person changes a plugin's template a little.
		const {template: resolved, problems} = resolveTemplate(source.name, winner === one ? known : new Map([...known, [source.name, one]]));
		const whole = one.problems.length > 0 ? [] : wholeProblems(one, resolved, {plugins, validate});
		const all = unique([...problems, ...whole]);
		const type = resourceTypeOf(resolved, types);
		const hiddenBy = winner === one ? undefined : winner.source.file;
		return {
			name: source.name,
			title: safeText(typeof template.name === 'string' ? template.name : source.name),
			...(typeof resolved.description === 'string' && {description: safeText(resolved.description)}),
			place: source.place,
			...(source.plugin !== undefined && {plugin: source.plugin}),
			file: source.file,
			own: template,
			resolved,
			...(type !== undefined && {type}),
			isLaunchable: hiddenBy === undefined && template.abstract !== true && all.length === 0,
			...(hiddenBy !== undefined && {hiddenBy}),
			problems: all,
		};
	});
}

const filesOf = (plugins: readonly PluginRecord[]): readonly PluginTemplateFile[] =>
	plugins.flatMap(({id, directory, manifest}) =>
		(manifest.contributes?.templates ?? []).flatMap(({name, file}) => (file === undefined ? [] : [{plugin: id, directory, name, file}])),
	);

const textsOf = (plugins: readonly PluginRecord[]): readonly TemplateSource[] =>
	plugins.flatMap(({id, directory, manifest}) =>
		(manifest.contributes?.templates ?? []).flatMap(({name, text}) =>
			text === undefined ? [] : [{name, place: 'plugin' as const, plugin: id, file: `${directory}/plugin.json`, text}],
		),
	);

const unique = (problems: readonly TemplateProblem[]): readonly TemplateProblem[] => [
	...new Map(problems.map(problem => [`${problem.file}:${problem.line}:${problem.column} ${problem.message}`, problem])).values(),
];
