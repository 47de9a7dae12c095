import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {linkPackage, removeFolder, temporaryFolder, writeNewFiles} from '../../../source/platform/files/folders.ts';
import {createKeptBytes} from '../../../source/platform/files/kept-bytes.ts';
import {firstThere, isFreeFolder, isSamePlace, kindOf, packageNameOf} from '../../../source/platform/files/places.ts';
import {tempDir} from '../temp-dir.ts';

test('what lies somewhere is told without an error where nothing does', t => {
	const root = tempDir(t);
	writeFileSync(path.join(root, 'a'), 'text');
	assert.deepEqual(
		[kindOf(path.join(root, 'a')), kindOf(root)?.kind, kindOf(path.join(root, 'b'))],
		[{kind: 'file', bytes: 4}, 'folder', undefined],
	);
	assert.equal(kindOf('/dev/null')?.kind, 'other');
	assert.equal(firstThere(root, ['b', 'a']), path.join(root, 'a'));
	assert.equal(firstThere(root, ['b']), undefined);
	symlinkSync(root, path.join(root, 'link'));
	assert.deepEqual([isSamePlace(root, path.join(root, 'link')), isSamePlace(root, path.join(root, 'b'))], [true, false]);
	mkdirSync(path.join(root, 'empty'));
	assert.deepEqual(
		['empty', 'b', '.'].map(name => isFreeFolder(path.join(root, name))),
		[true, true, false],
	);
	assert.equal(packageNameOf(root), undefined);
	writeFileSync(path.join(root, 'package.json'), '{"name": "shop"}');
	assert.equal(packageNameOf(root), 'shop');
});

test('new files never go over others, and a temporary folder goes with all in it', () => {
	const folder = temporaryFolder('test', {'a/b.txt': 'one'});
	assert.equal(readFileSync(path.join(folder, 'a/b.txt'), 'utf8'), 'one');
	assert.throws(() => writeNewFiles(folder, {'a/b.txt': 'two'}), /EEXIST/);
	removeFolder(folder);
	assert.equal(existsSync(folder), false);
	removeFolder(folder);
});

test('a package is linked where none of its name is installed', t => {
	const root = tempDir(t);
	const [one, other] = ['one', 'other'].map(name => path.join(root, name));
	mkdirSync(one!);
	mkdirSync(other!);
	linkPackage(root, 'cws', one!);
	linkPackage(root, 'cws', other!);
	assert.equal(realpathSync(path.join(root, 'node_modules/cws')), realpathSync(one!));
});

test('kept bytes come back whole or not at all, and only those of the newest name stay', t => {
	const root = tempDir(t);
	const kept = createKeptBytes(root, 'code-');
	assert.equal(kept.read('1'), undefined);
	kept.keep('1', new Uint8Array([1, 2, 3]));
	assert.deepEqual(kept.read('1'), new Uint8Array([1, 2, 3]));
	kept.keep('2', new Uint8Array(100));
	assert.deepEqual(readdirSync(root), ['code-2']);
	truncateSync(path.join(root, 'code-2'), 90);
	assert.equal(kept.read('2'), undefined);
	createKeptBytes(path.join(root, 'not-there'), 'code-').keep('1', new Uint8Array(1));
});
