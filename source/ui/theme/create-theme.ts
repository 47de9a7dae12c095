import {Chalk, type ChalkInstance} from 'chalk';
import {type PaintOptions, type Theme, type ThemeDefinition, type Token, type TokenStyle} from './tokens.ts';

/** 0 no colour, 1 the 16 ANSI colours, 2 the 256, 3 all. */
export type ColorLevel = 0 | 1 | 2 | 3;

type Painter = (text: string) => string;

/** Puts a definition to work on a terminal of the given abilities. */
export function createTheme(definition: ThemeDefinition, colorLevel: ColorLevel): Theme {
	const painters = new Map<string, Painter>();
	return {
		name: definition.name,
		definition,
		paint(token, text, options) {
			if (text === '') {
				return '';
			}

			const key = options === undefined ? token : keyOf(token, options);
			let painter = painters.get(key);
			if (painter === undefined) {
				painter = createPainter(definition, colorLevel, token, options ?? {});
				painters.set(key, painter);
			}

			return painter(text);
		},
		color: token => colorOf(definition.tokens[token], colorLevel),
	};
}

/** The same theme with everything pushed back, for what lies behind a dialog. */
export function dimTheme(theme: Theme): Theme {
	return {...theme, paint: (_token, text) => theme.paint('text.faint', text), color: () => theme.color('text.faint')};
}

const keyOf = (token: Token, {on, bold, underline, inverse}: PaintOptions): string =>
	`${token}|${on ?? ''}|${bold ? 'b' : ''}${underline ? 'u' : ''}${inverse ? 'i' : ''}`;

// Without colour the attributes stay: they are what the theme `mono` and NO_COLOR are made of.
function createPainter(definition: ThemeDefinition, level: ColorLevel, token: Token, options: PaintOptions): Painter {
	const style = definition.tokens[token];
	const ground = options.on === undefined ? {} : groundOf(options.on, definition.tokens[options.on], level);
	const isInverse = Boolean(style.inverse || options.inverse || ground.inverse);
	let chalk: ChalkInstance = new Chalk({level: level === 0 ? 1 : level});
	// Inverse turns a foreground into a ground: among 16 colours the row would become a patchwork of its cells' colours.
	const color = ground.inverse && level < 2 ? undefined : colorOf(style, level);
	if (color !== undefined) {
		chalk = foreground(chalk, color);
	}

	if (ground.color !== undefined) {
		chalk = background(chalk, ground.color);
	}

	if (style.bold || options.bold || ground.bold) {
		chalk = chalk.bold;
	}

	if (style.dim && !isInverse) {
		chalk = chalk.dim;
	}

	if (style.italic) {
		chalk = chalk.italic;
	}

	if (style.underline || options.underline || ground.underline) {
		chalk = chalk.underline;
	}

	if (isInverse) {
		chalk = chalk.inverse;
	}

	return text => chalk(text);
}

const inverseGrounds: ReadonlySet<Token> = new Set<Token>(['selection.background', 'button.focusBackground']);

// Dark blues and greys do not exist among 16 colours: a ground that has to be seen is drawn inverse there, a field underlined.
function groundOf(token: Token, style: TokenStyle, level: ColorLevel): TokenStyle {
	if (level >= 2) {
		return style;
	}

	if (inverseGrounds.has(token)) {
		return {inverse: true};
	}

	return token === 'field.background' ? {underline: true} : {};
}

function colorOf(style: TokenStyle, level: ColorLevel): string | undefined {
	if (level === 0) {
		return undefined;
	}

	return level === 1 ? (style.ansi ?? style.color) : style.color;
}

type AnsiName = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white' | 'gray';

const foreground = (chalk: ChalkInstance, color: string): ChalkInstance =>
	color.startsWith('#') ? chalk.hex(color) : chalk[color as AnsiName];

const background = (chalk: ChalkInstance, color: string): ChalkInstance =>
	color.startsWith('#') ? chalk.bgHex(color) : chalk[`bg${color[0]!.toUpperCase()}${color.slice(1)}` as 'bgBlack'];
