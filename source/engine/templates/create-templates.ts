import {type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {loadValidator} from '../../core/schema/validate.ts';
import {type TemplateSource} from '../../core/template.ts';
import {type LaunchInput, launchTemplate} from './launch-template.ts';
import {makeTemplates} from './make-templates.ts';
import {checkTemplateText, readLibrary, type ReadTemplates, type TemplateRow} from './template-library.ts';

/** Templates as every face sees them. */
export type Templates = {
	/** All of them, read anew: files change. */
	readonly templates: () => Promise<readonly TemplateRow[]>;
	/** One that need not lie where templates lie. */
	readonly checkTemplate: (source: TemplateSource) => Promise<TemplateRow>;
	/** What a launch through a template deploys, with these values of its parameters. */
	readonly launchInput: (name: string, parameters: Readonly<Record<string, string>>) => Promise<Outcome<LaunchInput>>;
};

export function createTemplates({host, read}: {readonly host: PluginHost; readonly read: ReadTemplates}): Templates {
	const make = (plugins: readonly PluginRecord[]) => makeTemplates(host, plugins);
	const library = async () => readLibrary({plugins: host.records(), read, make, validate: await loadValidator()});
	return {
		templates: library,
		checkTemplate: async source => checkTemplateText(source, {plugins: host.records(), read, make, validate: await loadValidator()}),
		launchInput: async (name, parameters) =>
			launchTemplate({rows: await library(), plugins: host.records(), validate: await loadValidator(), name, parameters}),
	};
}
