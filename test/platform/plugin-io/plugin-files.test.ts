import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {FailureError} from '../../../source/core/failure/failure.ts';
import {createPluginFiles} from '../../../source/platform/plugin-io/plugin-files.ts';
import {tempDir} from '../temp-dir.ts';

const isDenied = (error: unknown) => error instanceof FailureError && error.failure.code === 'CWS_PLUGIN_DENIED';

test('the doors of the system are no files, whatever the granted folder is', async t => {
	const files = createPluginFiles({forbidden: []});
	const own = tempDir(t);
	for (const path of ['/', '/proc', `/proc/${process.pid}`]) {
		const segments =
			path === '/' ? ['proc', String(process.pid), 'environ'] : path === '/proc' ? [String(process.pid), 'environ'] : ['environ'];
		await assert.rejects(files.read({path, own}, segments, 1000), isDenied, path);
	}

	await assert.rejects(files.list({path: '/', own}, ['proc']), isDenied);
	await assert.rejects(files.read({path: '/dev/null', own}, [], 1000), isDenied);
	assert.ok((await files.list({path: '/', own}, [])).some(({name}) => name === 'proc'));
});

test('the size of a folder is that of all files in it', async t => {
	const own = tempDir(t);
	mkdirSync(join(own, 'a/b'), {recursive: true});
	writeFileSync(join(own, 'x'), '12345');
	writeFileSync(join(own, 'a/b/y'), '123');
	assert.equal(await createPluginFiles({forbidden: []}).size({path: own, own}), 8);
});
