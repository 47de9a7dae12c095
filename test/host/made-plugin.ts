import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after} from 'node:test';
import {type Manifest} from '../../source/core/manifest.ts';

/** A plugin made for one test: its manifest and its code, in a folder that goes with the test file. */
export function madePlugin(id: string, parts: Partial<Manifest> = {}, code = 'export default {};'): string {
	const folder = path.join(madeIn(), id);
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(manifestOf(id, parts)));
	writeFileSync(path.join(folder, 'index.js'), code);
	return folder;
}

/** Changes what lies in a folder a host reads. */
export function rewrite(folder: string, id: string, parts: Partial<Manifest>, code?: string): void {
	writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(manifestOf(id, parts)));
	if (code !== undefined) {
		writeFileSync(path.join(folder, 'index.js'), code);
	}
}

export const manifestOf = (id: string, parts: Partial<Manifest> = {}): Manifest => ({
	id,
	version: '1.0.0',
	title: id,
	kind: 'system',
	api: 1,
	main: 'index.js',
	...parts,
});

let home: string | undefined;
let count = 0;

function madeIn(): string {
	if (home === undefined) {
		home = mkdtempSync(path.join(tmpdir(), 'cws-made-'));
	}

	count++;
	return path.join(home, String(count));
}

after(() => {
	if (home !== undefined) {
		rmSync(home, {recursive: true, force: true});
	}
});
