import {type PluginRecord} from '../../core/plugin.ts';
import {pointerParts} from '../../core/schema/pointer.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type Template, type TemplateProblem} from '../../core/template.ts';
import {offeredTypes} from '../contributions/resource-types.ts';
import {namedTypes, type NamedTypes, type TemplateType} from '../contributions/named-types.ts';
import {type ParsedTemplate} from './parse-template.ts';
import {hasPlaceAt, parameterProblems} from './template-parameters.ts';
import {templateSchema} from './template-schema.ts';

/** Which template type the sections and the service type of a template mean. */
export function templateTypeOf(template: Template, {templateTypes, serviceTypes}: NamedTypes): TemplateType | undefined {
	const wanted = template.service_type === undefined ? undefined : serviceTypes.get(template.service_type)?.templateType;
	return wanted === undefined
		? [...templateTypes.values()].find(({section}) => template[section] !== undefined)
		: templateTypes.get(wanted);
}

/** The resource type a launch makes, by the template itself, its service type or its section. */
export function resourceTypeOf(template: Template, types: NamedTypes): string | undefined {
	const section = templateTypeOf(template, types);
	const service =
		template.service_type === undefined
			? [...types.serviceTypes.values()].find(({templateType}) => templateType !== undefined && templateType === section?.type)
			: types.serviceTypes.get(template.service_type);
	return template.type ?? service?.resourceType ?? section?.resourceType;
}

/** What is wrong with a template once everything it inherits is in it; where its own file has the value, the place is there. */
export function wholeProblems(
	{source, placeOf, has}: ParsedTemplate,
	template: Template,
	{plugins, validate}: {readonly plugins: readonly PluginRecord[]; readonly validate: Validate},
): readonly TemplateProblem[] {
	const types = namedTypes(plugins);
	const at = (path: readonly string[], message: string, fix?: string): TemplateProblem => ({
		message: safeText(message),
		file: source.file,
		...placeOf(has(path) || path.length > 1 ? path : ['inherits']),
		...(fix !== undefined && {fix: safeText(fix)}),
	});
	const {service_type: service, type} = template;
	const ownType = templateTypeOf(template, types);
	const schema = templateSchema(types.templateTypes.values(), {isWhole: true});
	const bySchema = validate(schema, template)
		// The value of a parameter is checked when there is one.
		.filter(({pointer = ''}) => !hasPlaceAt(template, pointerParts(pointer)))
		.map(({field, pointer = '', message, nearest: meant}) =>
			at(pointerParts(pointer), `\`${field}\` ${message}.`, meant === undefined ? undefined : `Did you mean \`${meant}\`?`),
		);
	const knownTypes = new Set(offeredTypes(plugins).map(one => one.type));
	return [
		...bySchema,
		...Object.entries(template.parameters ?? {}).flatMap(([name, parameter]) =>
			parameterProblems(name, parameter).map(problem => at(['parameters', name], `The parameter \`${name}\` ${problem}.`)),
		),
		...(service !== undefined && !types.serviceTypes.has(service)
			? [at(['service_type'], `No plugin has the service type \`${service}\`.`, guess(service, types.serviceTypes.keys()))]
			: []),
		...(ownType !== undefined && template[ownType.section] === undefined && service !== undefined
			? [at(['service_type'], `A template of the service type \`${service}\` needs the section \`${ownType.section}\`.`)]
			: []),
		...(type !== undefined && !knownTypes.has(type) ? [at(['type'], `No plugin has the type \`${type}\`.`, guess(type, knownTypes))] : []),
		...(template.abstract !== true && resourceTypeOf(template, types) === undefined && service === undefined
			? [at(['name'], 'says neither a `type` nor a `service_type`, so that nothing can be launched.', 'Add one, or `abstract: true`.')]
			: []),
	];
}

const guess = (word: string, known: Iterable<string>): string | undefined => {
	const meant = nearest(word, known);
	return meant === undefined ? undefined : `Did you mean \`${meant}\`?`;
};
