import {type Choice} from '../../../core/plugin.ts';
import {checkName} from '../../../core/name.ts';
import {type Json} from '../../../core/schema/json.ts';
import {type SchemaProblem} from '../../../core/schema/validate.ts';
import {formatBytes} from '../../../core/text/bytes.ts';
import {formatMoney} from '../../../core/money/format-money.ts';
import {type Money, times} from '../../../core/money/money.ts';
import {type SizeOption} from '../../../core/manifest/contributions.ts';
import {type CommandInputs} from '../../../engine/command-types.ts';
import {type Contribution} from '../../../engine/contributions/resource-types.ts';
import {type TemplateRow} from '../../../engine/templates/template-library.ts';
import {type FieldOption, type FormField, schemaFields} from '../../components/form/form-field.ts';
import {formJson, type FormState} from '../../components/form/form-state.ts';
import {type ViewContext} from '../../view/context.ts';
import {type DeployOverlay} from './deploy-state.ts';

// The host's own fields have a prefix: a type's schema may well have a `size` of its own.
const hostKeys = {name: '@name', region: '@region', size: '@size'} as const;

export const nameKey = hostKeys.name;

/** Name, region and size first, then what the type's schema asks for. Prices need to know how long a month is. */
export function deployFields(target: Contribution, choices: DeployOverlay['choices'], hoursPerMonth?: number): readonly FormField[] {
	const common = {options: [], isRequired: true, isAdvanced: false};
	const known = choices.status === 'ready' ? choices.value : {};
	return [
		{...common, key: hostKeys.name, label: 'Name', kind: 'text', help: 'Lower-case letters, digits and dashes'},
		...(target.regions?.length
			? [
					{
						...common,
						key: hostKeys.region,
						label: 'Region',
						kind: 'choice' as const,
						options: withChoices(
							target.regions.map(value => ({value, label: value})),
							known.region,
							hoursPerMonth,
						),
					},
				]
			: []),
		...(target.sizes?.length
			? [
					{
						...common,
						key: hostKeys.size,
						label: 'Size',
						kind: 'choice' as const,
						options: withChoices(
							target.sizes.map(size => sizeOption(size)),
							known.size,
							hoursPerMonth,
						),
					},
				]
			: []),
		...schemaFields(target.form, known),
	];
}

// What the plugin knows now, for example a price or a quota, beside what the manifest says; said once where both say it.
const withChoices = (options: readonly FieldOption[], choices: readonly Choice[] = [], hoursPerMonth?: number): readonly FieldOption[] =>
	options.map(option => {
		const choice = choices.find(({value}) => value === option.value);
		const price = choice?.hourly === undefined || hoursPerMonth === undefined ? undefined : priceText(choice.hourly, hoursPerMonth);
		return {
			...option,
			detail: joinOnce([option.detail, choice?.description]),
			...(price === undefined ? {} : {aside: price}),
			...(choice?.unavailable === undefined ? {} : {unavailable: choice.unavailable}),
		};
	});

const sizeOption = ({name, title, cpus, memoryMb}: SizeOption) => ({
	value: name,
	label: name,
	// A title in words, or in the same figures.
	detail: joinOnce(
		title !== undefined && cpus !== undefined && title.startsWith(`${cpus} `)
			? [title]
			: [title, cpus === undefined ? undefined : `${cpus} vCPU`, memoryMb === undefined ? undefined : formatBytes(memoryMb * 1_048_576)],
	),
});

const joinOnce = (texts: readonly (string | undefined)[]): string =>
	[...new Set(texts.flatMap(text => (text === undefined || text === '' ? [] : text.split(' · '))))].join(' · ');

// Disks and addresses come on top, and some regions are dearer: the plan has the whole price.
const priceText = (hourly: Money, hoursPerMonth: number): string =>
	hourly.kind === 'known'
		? `from ${formatMoney(hourly, 4)}/h · ${formatMoney(times(hourly, hoursPerMonth), 0)}/mo`
		: formatMoney(hourly, 4);

/** Presets of the host's fields under their keys, the defaults of the config where nothing was given. */
export function presetValues({preset}: DeployOverlay, target: Contribution, context: ViewContext): Readonly<Record<string, Json>> {
	const {defaults} = context.settings;
	const region = preset.region ?? (target.regions?.includes(defaults.region ?? '') ? defaults.region : undefined);
	const size = preset.size ?? (target.sizes?.some(({name}) => name === defaults.size) ? defaults.size : undefined);
	return {
		...preset.fields,
		...(preset.name === undefined ? {} : {[hostKeys.name]: preset.name}),
		...(region === undefined ? {} : {[hostKeys.region]: region}),
		...(size === undefined ? {} : {[hostKeys.size]: size}),
	};
}

type Parameters = NonNullable<CommandInputs['deploy']['parameters']>;

/** What the engine is given; with a template the fields are its parameters. */
export function deployInput(
	target: Contribution,
	fields: readonly FormField[],
	form: FormState,
	template?: TemplateRow,
): CommandInputs['deploy'] {
	const {[hostKeys.name]: name, [hostKeys.region]: region, [hostKeys.size]: size, ...own} = formJson(fields, form);
	return {
		provider: target.provider,
		type: target.type,
		name: typeof name === 'string' ? name : '',
		...(typeof region === 'string' ? {region} : {}),
		...(typeof size === 'string' ? {size} : {}),
		...(template === undefined ? {fields: own} : {fields: {}, template: template.name, parameters: own as Parameters}),
	};
}

/** Everything wrong with the form, by the key of its field. */
export function deployProblems(
	target: Contribution,
	fields: readonly FormField[],
	form: FormState,
	context: ViewContext,
): readonly SchemaProblem[] {
	const input = deployInput(target, fields, form);
	const name = checkName(input.name);
	const taken = isNameTaken(context, target, input.name);
	return [
		...(name.ok ? [] : [{field: hostKeys.name, message: input.name === '' ? 'is required' : (name.error.fix ?? name.error.message)}]),
		...(taken ? [{field: hostKeys.name, message: 'is taken, choose another'}] : []),
		...pairProblems(fields, form),
		...(target.form === undefined ? [] : context.validate(target.form, input.fields)),
	];
}

function pairProblems(fields: readonly FormField[], form: FormState): readonly SchemaProblem[] {
	return fields.flatMap(({key, kind}) => {
		const value = form.values[key];
		return kind === 'pairs' &&
			value?.kind === 'rows' &&
			value.rows.some(row => row.value.trim() !== '' && !/^\s*[^=\s]+\s*=/.test(row.value))
			? [{field: key, message: 'each line is KEY=value'}]
			: [];
	});
}

const isNameTaken = ({engine}: ViewContext, {key}: Contribution, name: string): boolean =>
	engine.sources.some(
		source => source.key === key && source.resources.some(resource => resource.name === name && resource.status !== 'deleted'),
	);

/** `vm-1`, or the next number that is free. */
export function suggestName({engine}: ViewContext, {key, type}: Contribution): string {
	const names = new Set(engine.sources.find(source => source.key === key)?.resources.map(({name}) => name));
	const base = type.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
	let number = 1;
	while (names.has(`${base}-${number}`)) {
		number++;
	}

	return `${base}-${number}`;
}
