import midnight from '../../../themes/midnight.json' with {type: 'json'};
import mono from '../../../themes/mono.json' with {type: 'json'};
import paper from '../../../themes/paper.json' with {type: 'json'};
import {tokens, type ThemeDefinition, type Token, type TokenStyle} from './tokens.ts';

/** A theme file: colours are named once in the palette, tokens refer to them. See themes/schema.json. */
export type ThemeFile = {
	readonly name: string;
	readonly title: string;
	readonly appearance: string;
	readonly palette: Readonly<Record<string, {readonly hex: string; readonly ansi?: string}>>;
	readonly tokens: Readonly<Record<string, string | (TokenStyle & {readonly color?: string})>>;
};

/** The bundled themes, the default first. */
export const loadThemes = (): readonly ThemeDefinition[] => [midnight, paper, mono].map(file => toThemeDefinition(file));

/** Throws on a missing token or colour: a bundled theme that is incomplete is a bug, and a test finds it. */
export function toThemeDefinition(file: ThemeFile): ThemeDefinition {
	const styleOf = (token: Token): TokenStyle => {
		const entry = file.tokens[token];
		if (entry === undefined) {
			throw new Error(`Theme \`${file.name}\` lacks the token \`${token}\``);
		}

		const {color, ...style} = typeof entry === 'string' ? {color: entry} : entry;
		if (color === undefined) {
			return style;
		}

		const paletteColor = file.palette[color];
		if (paletteColor === undefined) {
			throw new Error(`Theme \`${file.name}\` gives \`${token}\` the colour \`${color}\`, which its palette lacks`);
		}

		return {...style, color: paletteColor.hex, ...(paletteColor.ansi === undefined ? {} : {ansi: paletteColor.ansi})};
	};

	return {
		name: file.name,
		title: file.title,
		appearance: file.appearance === 'light' ? 'light' : 'dark',
		tokens: Object.fromEntries(tokens.map(token => [token, styleOf(token)])) as Record<Token, TokenStyle>,
	};
}
