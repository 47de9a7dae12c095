import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {bin} from './start-cws.ts';

const fixtures = new URL('../../fixtures/plugins/', import.meta.url).pathname;

/**
A second installation of the built cws, whose plugins have the code of a fixture: `{local: 'hangs-at-load'}`.
A plugin that cws has keeps its manifest, any other gets the fixture's, activated at the start. Gives its launcher.
*/
export function copyCws(t: TestContext, plugins: Readonly<Record<string, string>>): string {
	const root = path.dirname(path.dirname(bin));
	const copy = mkdtempSync(path.join(tmpdir(), 'cws-copy-'));
	t.after(() => {
		rmSync(copy, {recursive: true, force: true});
	});
	for (const part of ['bin', 'dist', 'package.json']) {
		cpSync(path.join(root, part), path.join(copy, part), {recursive: true});
	}

	for (const [id, fixture] of Object.entries(plugins)) {
		const directory = path.join(copy, 'dist/plugins', id);
		const manifest = path.join(existsSync(directory) ? directory : path.join(fixtures, fixture), 'plugin.json');
		const known = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
		cpSync(path.join(fixtures, fixture), directory, {recursive: true});
		writeFileSync(path.join(directory, 'plugin.json'), JSON.stringify({activation: ['onStartup'], ...known, id, main: 'index.js'}));
	}

	return path.join(copy, 'bin/cws.cjs');
}
