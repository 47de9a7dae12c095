import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type JsonSchema} from '../../core/schema/json.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {toCamel} from '../../core/text/kebab.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type Template} from '../../core/template.ts';
import {offeredTypes} from '../contributions/resource-types.ts';
import {namedTypes} from '../contributions/named-types.ts';
import {resourceTypeOf, templateTypeOf} from './check-template.ts';
import {type TemplateRow} from './template-library.ts';
import {fillIn, readParameters} from './template-parameters.ts';

/** What a launch through a template deploys, before the person's own flags. */
export type LaunchInput = {
	readonly template: string;
	readonly type: string;
	readonly provider?: string;
	readonly account?: string;
	readonly region?: string;
	readonly size?: string;
	readonly fields: Readonly<Record<string, unknown>>;
	readonly tags: Readonly<Record<string, string>>;
	/** Said by the template, for where the provider knows no price. */
	readonly cost?: Template['cost'];
};

type Options = {
	readonly rows: readonly TemplateRow[];
	readonly plugins: readonly PluginRecord[];
	readonly validate: Validate;
	readonly name: string;
	readonly parameters: Readonly<Record<string, string>>;
};

/** Everything that can be known to be wrong before the deploy itself is checked, and what it begins with. */
export function launchTemplate({rows, plugins, validate, name, parameters}: Options): Outcome<LaunchInput> {
	const row = rows.find(one => one.name === name && one.hiddenBy === undefined);
	if (row === undefined) {
		const names = rows.map(one => one.name);
		const meant = nearest(name, names);
		return failed(
			failure('CWS_NOT_FOUND', {
				message: `There is no template \`${name}\`.`,
				fix: meant === undefined ? 'cws template list' : `did you mean \`${meant}\`?`,
			}),
		);
	}

	const [problem] = row.problems;
	if (problem !== undefined) {
		return failed(
			failure('CWS_TEMPLATE', {
				message: `The template \`${name}\` cannot be used: ${problem.message}`,
				cause: `\`${problem.file}:${problem.line}:${problem.column}\`${row.problems.length > 1 ? ` and ${row.problems.length - 1} more` : ''}`,
				fix: `cws template validate ${name}`,
			}),
		);
	}

	if (row.own.abstract === true) {
		return failed(
			failure('CWS_TEMPLATE', {message: `The template \`${name}\` is only there for others to inherit.`, fix: 'cws template list'}),
		);
	}

	const values = readParameters(row.resolved, parameters);
	if (!values.ok) {
		return values;
	}

	const {parameters: declared = {}, ...plain} = row.resolved;
	const template = fillIn(plain, values.value, new Set(Object.keys(declared))) as Template;
	const types = namedTypes(plugins);
	const ownType = templateTypeOf(template, types);
	const [wrong] = ownType === undefined ? [] : validate(ownType.schema, template[ownType.section] ?? {});
	if (wrong !== undefined) {
		return failed(
			failure('CWS_INVALID_INPUT', {
				message: `\`${ownType!.section}.${wrong.field}\` of the template \`${name}\` ${wrong.message}.`,
				fix: `change the parameters, or \`${row.file}\``,
				details: {field: wrong.field},
			}),
		);
	}

	const {provider, account, region, size, tags = {}, cost} = template;
	const type = resourceTypeOf(template, types)!;
	const owner = provider ?? providerOf(type, ownType?.plugin ?? serviceOwner(template, plugins), plugins);
	return ok({
		template: name,
		type,
		...(owner !== undefined && {provider: owner}),
		...(account !== undefined && {account}),
		...(region !== undefined && {region}),
		...(size !== undefined && {size}),
		fields: {...(ownType === undefined ? {} : sectionFields(template, ownType)), ...template.fields},
		tags,
		...(cost !== undefined && {cost}),
	});
}

/** Keys of the section, and those beside it, under the names of the deploy form. */
function sectionFields(
	template: Template,
	{
		section,
		schema,
		keys = {},
	}: {readonly section: string; readonly schema: JsonSchema; readonly keys?: Readonly<Record<string, JsonSchema>>},
): Readonly<Record<string, unknown>> {
	const own = (template[section] ?? {}) as Readonly<Record<string, unknown>>;
	const beside = Object.entries(keys).filter(([key]) => template[key] !== undefined);
	return Object.fromEntries([
		...Object.entries(own).map(([key, value]) => [schema.properties?.[key]?.['x-field'] ?? toCamel(key), value] as const),
		...beside.map(([key, inner]) => [inner['x-field'] ?? toCamel(key), template[key]] as const),
	]);
}

const serviceOwner = (template: Template, plugins: readonly PluginRecord[]): string | undefined =>
	template.service_type === undefined ? undefined : namedTypes(plugins).serviceTypes.get(template.service_type)?.plugin;

/** The one that brought the service type, else the only one there is. */
function providerOf(type: string, plugin: string | undefined, plugins: readonly PluginRecord[]): string | undefined {
	const offers = offeredTypes(plugins).filter(one => one.type === type && one.operations.includes('deploy'));
	const own = offers.filter(one => one.plugin.id === plugin);
	return own.length === 1 ? own[0]!.provider : offers.length === 1 ? offers[0]!.provider : undefined;
}
