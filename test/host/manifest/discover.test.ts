import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, test} from 'node:test';
import {discoverPlugins} from '../../../source/host/manifest/discover.ts';

const good = {id: 'acme', version: '1.0.0', title: 'Acme', kind: 'provider', api: 1, main: 'index.js'};
let root = '';

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'cws-discover-'));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function write(folder: string, manifest: unknown) {
	mkdirSync(path.join(root, folder), {recursive: true});
	writeFileSync(path.join(root, folder, 'plugin.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
}

const found = (...directories: readonly string[]) =>
	discoverPlugins(directories.map(directory => ({origin: 'bundled', directory: path.join(root, directory)})));

const problemOf = (manifest: unknown) => {
	write('p/acme', manifest);
	const [plugin] = found('p');
	return plugin!.error;
};

test('finds every folder with a manifest, in order, and nothing where there is no directory', () => {
	write('p/zeta', {...good, id: 'zeta'});
	write('p/acme', good);
	mkdirSync(path.join(root, 'p/empty'));
	assert.deepEqual(
		found('p', 'nowhere').map(({manifest, error}) => [manifest.id, error]),
		[
			['acme', undefined],
			['zeta', undefined],
		],
	);
});

test('the first directory wins and the other copy stays visible', () => {
	write('mine/acme', {...good, version: '2.0.0'});
	write('theirs/acme', good);
	const [mine, theirs] = found('mine', 'theirs');
	assert.equal(mine!.shadowedBy, undefined);
	assert.equal(theirs!.shadowedBy, path.join(root, 'mine/acme'));
});

test('broken JSON is an error that names the file and what the parser said', () => {
	const error = problemOf('{"id": ');
	assert.equal(error?.code, 'CWS_PLUGIN_MANIFEST');
	assert.match(error?.message ?? '', /plugin\.json` cannot be read/);
	assert.match(error?.cause ?? '', /JSON/);
	assert.match(error?.fix ?? '', /Mend the JSON/);
});

test('a wrong field is named with the file and how to mend it', () => {
	for (const [change, field, message, fix] of [
		[{id: undefined}, 'id', /is missing/, /Give `id` a text/],
		[{id: 'Acme_1'}, 'id', /is `Acme_1`/, /lower-case/],
		[{id: 'acme--x'}, 'id', /is `acme--x`/, /single dashes/],
		[{id: 'list'}, 'id', /a word cws keeps for itself/, /another id/],
		[{id: 'other'}, 'id', /its folder is `acme`/, /same name/],
		[{version: '1.0'}, 'version', /is `1\.0`/, /semantic version/],
		[{kind: 'provder'}, 'kind', /is `provder`/, /Use `provider`/],
		[{main: '../x.js'}, 'main', /outside/, /folder of the plugin/],
		[{api: 2}, 'api', /this cws has plugin API 1/, /Update cws/],
		[{api: undefined}, 'api', /missing/, /Set `api` to 1/],
	] as const) {
		const error = problemOf({...good, ...change});
		assert.equal(error?.details?.['field'], field);
		assert.match(error.message, message);
		assert.match(error.message, /plugin\.json`/);
		assert.match(error.fix ?? '', fix);
	}
});

test('a manifest that is no object, and hostile text in one, do no harm', () => {
	assert.match(problemOf('[]')?.message ?? '', /is not an object/);
	write('p/acme', {...good, title: 'Ac\u001B[2Jme'});
	assert.equal(found('p')[0]!.manifest.title, 'Ac␛[2Jme');
});
