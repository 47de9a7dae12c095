import {type ServiceTypeContribution, type TemplateTypeContribution} from '../../core/manifest/contributions.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {isPresent} from '../../core/plugin-presence.ts';
import {type ContributionProblem} from './contribution-problem.ts';

export type TemplateType = TemplateTypeContribution & {readonly plugin: string};

export type ServiceType = ServiceTypeContribution & {readonly plugin: string};

export type NamedTypes = {
	/** By type. */
	readonly templateTypes: ReadonlyMap<string, TemplateType>;
	readonly serviceTypes: ReadonlyMap<string, ServiceType>;
	readonly problems: readonly ContributionProblem[];
};

const memo = new WeakMap<readonly PluginRecord[], NamedTypes>();

/** Template types and service types of all plugins; of two of one name, or one section, the first counts. */
export function namedTypes(plugins: readonly PluginRecord[]): NamedTypes {
	const known = memo.get(plugins);
	if (known !== undefined) {
		return known;
	}

	const templateTypes = new Map<string, TemplateType>();
	const serviceTypes = new Map<string, ServiceType>();
	const problems: ContributionProblem[] = [];
	const present = plugins.filter(record => isPresent(record));
	const clash = (plugin: string, what: string, owner: string) =>
		problems.push({
			plugin,
			what,
			message: `The ${what} of \`${plugin}\` is left out, as \`${owner}\` has it.`,
			fix: `Disable one of the two: cws plugin disable ${plugin}`,
		});
	for (const {id, manifest} of present) {
		for (const type of manifest.contributes?.templateTypes ?? []) {
			const other = templateTypes.get(type.type) ?? [...templateTypes.values()].find(({section}) => section === type.section);
			if (other === undefined) {
				templateTypes.set(type.type, {...type, plugin: id});
			} else {
				clash(id, `template type \`${type.type}\``, other.plugin);
			}
		}

		for (const type of manifest.contributes?.serviceTypes ?? []) {
			const other = serviceTypes.get(type.type);
			if (other === undefined) {
				serviceTypes.set(type.type, {...type, plugin: id});
			} else {
				clash(id, `service type \`${type.type}\``, other.plugin);
			}
		}
	}

	for (const {plugin, type, templateType} of serviceTypes.values()) {
		if (templateType !== undefined && !templateTypes.has(templateType)) {
			problems.push({
				plugin,
				what: `service type \`${type}\``,
				message: `The service type \`${type}\` of \`${plugin}\` needs the template type \`${templateType}\`, which no plugin has.`,
				fix: 'Install the plugin that has it, or mend `templateType` in plugin.json.',
			});
		}
	}

	const result = {templateTypes, serviceTypes, problems};
	memo.set(plugins, result);
	return result;
}
