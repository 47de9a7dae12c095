import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, suite, test} from 'node:test';
import {type Presence} from '../../../source/core/manifest.ts';
import {absenceOf} from '../../../source/host/manifest/presence.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cws-presence-'));
mkdirSync(path.join(home, 'bin'));
writeFileSync(path.join(home, 'bin', 'tool'), '');
chmodSync(path.join(home, 'bin', 'tool'), 0o755);
writeFileSync(path.join(home, 'bin', 'text'), '');
writeFileSync(path.join(home, 'rc'), '');

const absence = (presence: Presence | undefined, environment: Readonly<Record<string, string>> = {}, configured: readonly string[] = []) =>
	absenceOf(
		{id: 'tool', version: '1.0.0', title: 'Tool', kind: 'provider', api: 1, main: 'index.js', ...(presence && {presence})},
		{environment: {HOME: home, PATH: `/nowhere:${home}/bin`, ...environment}, configured},
	);

suite('whether there is anything for a plugin here', () => {
	after(() => {
		rmSync(home, {recursive: true});
	});

	test('is not asked of one that names no signs', () => {
		assert.equal(absence(undefined), undefined);
	});

	test('is seen by a program that can be run, a file, or a variable that is set; one is enough', () => {
		assert.equal(absence({commands: ['tool'], files: ['/nowhere/at/all']}), undefined);
		assert.equal(absence({files: ['~/rc']}), undefined);
		assert.equal(absence({files: ['$PLACE/rc']}, {PLACE: home}), undefined);
		assert.equal(absence({env: ['TOOL_HOST']}, {TOOL_HOST: 'x'}), undefined);
	});

	test('is denied with what was looked for', () => {
		const signs = {commands: ['text', 'none'], files: ['$PLACE/rc'], env: ['TOOL_HOST']};
		assert.equal(absence(signs, {TOOL_HOST: ''}), 'nothing of it is here: no text, none, $PLACE/rc, TOOL_HOST');
	});

	test('does not matter to somebody who wrote options for it', () => {
		assert.equal(absence({commands: ['none']}, {}, ['tool']), undefined);
	});
});
