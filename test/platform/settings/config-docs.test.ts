import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {renderConfigDocs} from '../../../source/platform/settings/render-config-docs.ts';

test('docs/config.md is what the table of settings gives', () => {
	assert.equal(readFileSync(new URL('../../../docs/config.md', import.meta.url), 'utf8'), renderConfigDocs());
});
