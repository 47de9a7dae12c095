import {json, manifestBase, type ScaffoldFiles, type ScaffoldNames} from './shared-files.ts';

/** A theme: colours as data, and no code that does anything. `theme` is one to begin with. */
export const themeFiles = (names: ScaffoldNames, theme: Readonly<Record<string, unknown>>): ScaffoldFiles => ({
	'plugin.json': json({
		...manifestBase(names, 'A theme'),
		kind: 'theme',
		contributes: {themes: [{name: names.id, title: names.title, file: 'theme.json'}]},
	}),
	'theme.json': json({...theme, $schema: undefined, name: names.id, title: names.title}),
	'index.ts': `import {definePlugin} from 'cws/sdk';

// A theme is data; there is nothing to run.
export default definePlugin({});
`,
	'test/index.test.ts': `import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';

const read = name => JSON.parse(readFileSync(new URL(\`../\${name}\`, import.meta.url), 'utf8'));

test('the manifest names the theme as the theme names itself', () => {
	const [{name, file}] = read('plugin.json').contributes.themes;
	assert.equal(read(file).name, name);
});

test('every colour is a hexadecimal one with a name for small terminals', () => {
	for (const [name, {hex, ansi}] of Object.entries(read('theme.json').palette)) {
		assert.match(hex, /^#[\\da-f]{6}$/, name);
		assert.equal(typeof ansi, 'string', name);
	}
});
`,
});
