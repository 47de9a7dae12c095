import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {renderPages} from '../../scripts/docs/pages.ts';

const pages = await renderPages();

for (const [name, text] of Object.entries(pages)) {
	test(`docs/${name} says what the program does; \`npm run docs\` writes it`, () => {
		assert.equal(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'), text);
	});
}
