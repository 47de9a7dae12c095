import {type FlagContribution} from '../../core/manifest/contributions.ts';
import {type JsonSchema} from '../../core/schema/json.ts';

export type FlagValue = string | boolean | number | readonly string[];

/** What the flags of a command have to look like once they are read. */
export function flagsSchema(flags: readonly FlagContribution[]): JsonSchema {
	return {
		type: 'object',
		additionalProperties: false,
		properties: Object.fromEntries(
			flags.map(flag => [flag.name, flag.isMultiple ? {type: 'array', items: schemaOf(flag)} : schemaOf(flag)]),
		),
		required: flags.filter(({isRequired, default: value}) => isRequired && value === undefined).map(({name}) => name),
	};
}

const schemaOf = ({type, choices}: FlagContribution): JsonSchema => ({
	type,
	...(choices !== undefined && {enum: choices}),
});

/** Those that nobody gave have their defaults; a boolean without one is false. */
export function withFlagDefaults(
	flags: readonly FlagContribution[],
	given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, FlagValue>> {
	const defaults = flags.flatMap(({name, type, default: value, isMultiple}): readonly (readonly [string, FlagValue])[] =>
		value !== undefined
			? [[name, isMultiple ? [String(value)] : value]]
			: type === 'boolean'
				? [[name, false]]
				: isMultiple
					? [[name, []]]
					: [],
	);
	const known = Object.entries(given).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
	return {...Object.fromEntries(defaults), ...(Object.fromEntries(known) as Record<string, FlagValue>)};
}

/** How many words a command takes, from its usage: `<x>` is needed, `[x]` may be left out, an ellipsis takes many. */
export function argumentCount(usage: string | undefined): {
	readonly minimum: number;
	readonly maximum: number;
	/** The needed ones, as they are written. */
	readonly needed: readonly string[];
} {
	if (usage === undefined) {
		return {minimum: 0, maximum: Number.POSITIVE_INFINITY, needed: []};
	}

	// A flag in brackets, or the value of one, is no word of its own.
	const plain = usage.replaceAll(/\[-[^\]]*\]|--?[\w-]+(?:[ =](?:<[^>]*>|\[[^\]]*\]))?/g, '');
	const words = [...plain.matchAll(/<[^>]+>|\[[^\]]+\]/g)].map(([word]) => word);
	const needed = words.filter(word => word.startsWith('<'));
	const isMany = /…|\.\.\./.test(plain);
	return {minimum: needed.length, maximum: isMany ? Number.POSITIVE_INFINITY : words.length, needed};
}
