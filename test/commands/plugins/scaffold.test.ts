import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {packFolder} from '../../../source/app/pack-plugin.ts';
import {writeScaffold} from '../../../source/commands/plugins/scaffold/write-scaffold.ts';
import {tempDir} from '../../platform/temp-dir.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);
// A test runner inside a test runner would report to the outer one.
const {NODE_TEST_CONTEXT: _inner, ...environment} = process.env;

for (const type of ['provider', 'system', 'pane', 'theme'] as const) {
	test(`a new plugin of the type ${type} passes its own tests and can be packed as it is`, async t => {
		const folder = path.join(tempDir(t), 'acme');
		const files = writeScaffold(folder, 'acme', type);
		for (const name of ['plugin.json', 'index.ts', 'package.json', 'README.md', 'CHANGELOG.md', 'test/index.test.ts']) {
			assert.ok(files.includes(name) && existsSync(path.join(folder, name)), name);
		}

		const manifest = JSON.parse(readFileSync(path.join(folder, 'plugin.json'), 'utf8')) as {readonly id: string; readonly kind: string};
		assert.deepEqual([manifest.id, manifest.kind], ['acme', type === 'pane' ? 'system' : type]);
		const {stdout} = await run(
			process.execPath,
			['--import', path.join(repository, 'test/helpers/register.ts'), '--test', '--test-reporter=tap', 'test/**/*.test.ts'],
			{cwd: folder, env: environment},
		);
		assert.match(stdout, /# pass [1-9]/);
		assert.match(stdout, /# fail 0/);
		const packed = await packFolder(folder);
		assert.ok(packed.ok, JSON.stringify(packed));
		assert.deepEqual(Object.keys(packed.value.texts), ['plugin.json', 'plugin.js', 'README.md', 'CHANGELOG.md']);
	});
}

test('a file that is there already is not written over', t => {
	const folder = path.join(tempDir(t), 'acme');
	writeScaffold(folder, 'acme', 'system');
	assert.throws(() => writeScaffold(folder, 'acme', 'system'), /EEXIST/);
});
