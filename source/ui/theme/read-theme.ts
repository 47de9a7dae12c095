import schema from '../../../themes/schema.json' with {type: 'json'};
import {type JsonSchema} from '../../core/schema/json.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {toThemeDefinition, type ThemeFile} from './load-themes.ts';
import {type ThemeDefinition} from './tokens.ts';

/** A theme from outside, strictly: what does not fit the schema of themes, or names a colour it lacks, is told and not drawn. */
export function readTheme(
	name: string,
	value: unknown,
	validate: Validate,
): {readonly theme: ThemeDefinition} | {readonly problem: string} {
	// It is known by the name of the manifest, whatever it calls itself.
	const file = typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value, name} : value;
	const [wrong, ...others] = validate(schema as unknown as JsonSchema, file);
	if (wrong !== undefined) {
		return {
			problem: `\`${wrong.field || 'the theme'}\` ${wrong.message}${others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'problem' : 'problems'}`}`,
		};
	}

	try {
		return {theme: toThemeDefinition(file as ThemeFile)};
	} catch (error) {
		return {problem: (error as Error).message};
	}
}
