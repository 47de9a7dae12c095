import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync, mkdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {type ListPage} from '../../../source/sdk/provider.ts';
import {type OperationResult} from '../../../source/core/operation.ts';
import {collect, recordOf} from '../../host/fixture-host.ts';
import {hostForTest} from '../../helpers/host-for-test.ts';
import {manifestMethod} from '../../../source/sdk/adapter/adapt-plugin.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

const oneFile = `
class MyCloud {
	constructor(config, dryRun) {
		this.dryRun = dryRun;
		this.vms = [{id: '1', name: 'one', status: 'active'}, 7];
	}
	deploy(type, options) {
		return this.dryRun ? {status: 'preview', name: options.name} : {status: 'created', id: '2'};
	}
	list(type) { return this.vms; }
	destroy(id) { return {status: 'not_found', id}; }
	estimate_cost() { return {monthly: 36, currency: 'USD', details: {hourly: 0.05}}; }
}
export {MyCloud as provider};
export const name = 'my_cloud';
export const manifest = {version: '3.0.0'};
`;

test('a provider in one file, bundled with the adapter, lists and destroys in a real worker', async () => {
	const root = mkdtempSync(path.join(tmpdir(), 'cws-adapter-'));
	try {
		const folder = path.join(root, 'my-cloud');
		mkdirSync(folder);
		writeFileSync(path.join(root, 'my_cloud_provider.js'), oneFile);
		await build({
			stdin: {
				contents: `import * as module from './my_cloud_provider.js';
					import {adaptPlugin} from '${path.join(repository, 'source/sdk/adapter/adapt-plugin.ts')}';
					const {plugin, manifest} = adaptPlugin(module);
					export default plugin;
					export {manifest};`,
				resolveDir: root,
			},
			outfile: path.join(folder, 'index.js'),
			bundle: true,
			format: 'esm',
			platform: 'neutral',
			logLevel: 'error',
		});
		const {manifest} = (await import(path.join(folder, 'index.js'))) as {readonly manifest: object};
		writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify({...manifest, main: 'index.js'}));
		await using started = await hostForTest([folder]);
		const {host} = started;
		const target = {provider: 'my-cloud', type: 'vm', id: '1', name: 'one'};
		const pages = await collect(
			host.stream<ListPage>({plugin: 'my-cloud', method: 'provider.list', args: [{provider: 'my-cloud', type: 'vm'}]}),
		);
		assert.ok(pages[0]?.ok, JSON.stringify(pages));
		assert.equal(recordOf(host, 'my-cloud').state, 'active');
		assert.equal(recordOf(host, 'my-cloud').manifest.version, '3.0.0');
		assert.match(JSON.stringify(pages), /"rawStatus":"active"/);
		const gone = await host.call<OperationResult>({plugin: 'my-cloud', method: 'provider.destroy', args: [target]});
		assert.deepEqual(gone, {ok: true, value: {status: 'not_found', id: '1'}});
		const read = await host.call({plugin: 'my-cloud', method: manifestMethod, args: []});
		assert.deepEqual(read, {ok: true, value: manifest});
	} finally {
		rmSync(root, {recursive: true});
	}
});
