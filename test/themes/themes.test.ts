import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {type JsonSchema} from '../../source/core/schema/json.ts';
import {loadValidator} from '../../source/core/schema/validate.ts';
import {loadThemes, toThemeDefinition} from '../../source/ui/theme/load-themes.ts';
import {type ThemeDefinition, type Token, tokens} from '../../source/ui/theme/tokens.ts';

const folder = new URL('../../themes/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown;
const files = readdirSync(folder).filter(name => name.endsWith('.json') && name !== 'schema.json');

test('every theme file fits the schema and is bundled', async () => {
	const validate = await loadValidator();
	const schema = read('schema.json') as JsonSchema;
	for (const file of files) {
		assert.deepEqual(validate(schema, read(file)), [], file);
	}

	assert.deepEqual(
		loadThemes()
			.map(({name}) => `${name}.json`)
			.toSorted(),
		files.toSorted(),
	);
});

test('the schema asks for exactly the tokens that components use', () => {
	const schema = read('schema.json') as {properties: {tokens: {required: string[]}}};
	assert.deepEqual(schema.properties.tokens.required.toSorted(), [...tokens].toSorted());
});

test('a theme that lacks a token or a colour is refused by name', () => {
	const file = read('midnight.json') as Parameters<typeof toThemeDefinition>[0];
	const {brand: _, ...rest} = file.tokens;
	assert.throws(() => toThemeDefinition({...file, tokens: rest}), /lacks the token `brand`/);
	assert.throws(() => toThemeDefinition({...file, tokens: {...file.tokens, brand: 'beige'}}), /the colour `beige`/);
});

// The terminal's own ground is kept, so contrast is measured against what such terminals usually have.
const grounds = {dark: '#1a1b26', light: '#ffffff'} as const;
const quiet: ReadonlySet<Token> = new Set(['text.faint', 'cost.free', 'field.placeholder', 'button.disabledText']);
const shapes = /^(border|chart|progress)\.|background$|Background$|^(mark|field\.cursor)$/;
const onGround: Readonly<Partial<Record<Token, Token>>> = {
	'selection.text': 'selection.background',
	'field.text': 'field.background',
	'button.text': 'button.background',
	'button.focusText': 'button.focusBackground',
	'text.inverse': 'button.focusBackground',
};

test('text can be read on its ground in every theme', () => {
	for (const theme of loadThemes()) {
		for (const token of tokens) {
			const {color} = theme.tokens[token];
			if (color === undefined || shapes.test(token)) {
				continue;
			}

			const ground = colorOf(theme, onGround[token]) ?? grounds[theme.appearance];
			const least = quiet.has(token) ? 2.5 : 4.5;
			const contrast = contrastOf(color, ground);
			assert.ok(contrast >= least, `${theme.name} ${token}: ${contrast.toFixed(2)} is below ${least}`);
		}
	}
});

const colorOf = (theme: ThemeDefinition, token: Token | undefined) => (token === undefined ? undefined : theme.tokens[token].color);

function contrastOf(a: string, b: string): number {
	const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const [red, green, blue] = [1, 3, 5].map(start => {
		const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
		return part <= 0.039_28 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
