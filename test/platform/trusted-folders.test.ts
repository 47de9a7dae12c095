import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {createTrustedFolders} from '../../source/platform/trusted-folders.ts';
import {tempDir} from './temp-dir.ts';

test('a folder is trusted after the person said so, also by a link to it, and what lies below it is not', t => {
	const root = tempDir(t);
	const folder = join(root, 'work');
	mkdirSync(join(folder, 'inner'), {recursive: true});
	symlinkSync(folder, join(root, 'link'));
	const trusted = createTrustedFolders(join(root, 'data'));
	assert.equal(trusted.isTrusted(folder), false);
	assert.deepEqual(trusted.trust(join(root, 'link')), {ok: true, value: folder});
	assert.equal(trusted.isTrusted(folder), true);
	assert.equal(trusted.isTrusted(join(root, 'link')), true);
	assert.equal(trusted.isTrusted(join(folder, 'inner')), false);
	assert.equal(createTrustedFolders(join(root, 'data')).isTrusted(folder), true);
	trusted.distrust(folder);
	assert.deepEqual(trusted.list(), []);
});

test('the list is for this user alone, and what cannot be read counts as no', t => {
	const root = tempDir(t);
	const file = join(root, 'trusted-folders.json');
	const trusted = createTrustedFolders(root);
	trusted.trust(root);
	assert.equal(statSync(file).mode & 0o777, 0o600);
	for (const text of ['{', '[]', '{"folders": "all"}', '{"folders": [1, true]}', 'null']) {
		writeFileSync(file, text);
		assert.equal(trusted.isTrusted(root), false, text);
	}

	trusted.trust(root);
	assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {folders: [root]});
});

test('a path that is no folder, and a list that cannot be written, say so', t => {
	const root = tempDir(t);
	const missing = createTrustedFolders(root).trust(join(root, 'nowhere'));
	assert.ok(!missing.ok && missing.error.code === 'CWS_FILE');
	const file = join(root, 'file');
	writeFileSync(file, '');
	const denied = createTrustedFolders(join(file, 'data')).trust(root);
	assert.ok(!denied.ok && denied.error.code === 'CWS_READ_ONLY');
});
