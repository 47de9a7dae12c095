import assert from 'node:assert/strict';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {loadValidator, type Validate} from '../../../source/core/schema/validate.ts';
import {prepare} from '../../../source/host/slot/prepare.ts';
import {goodManifest} from '../manifest/manifest-for-test.ts';

const config = {
	type: 'object',
	additionalProperties: false,
	properties: {currency: {type: 'string', default: 'USD'}, hosts: {type: 'object', default: {}}, retries: {type: 'integer'}},
} as const;

const prepareFor = async (
	t: TestContext,
	{options, manifest, isChecked}: {readonly options?: Record<string, unknown>; readonly manifest?: object; readonly isChecked: boolean},
) => {
	const folder = mkdtempSync(path.join(tmpdir(), 'cws-prepare-'));
	t.after(() => rmSync(folder, {recursive: true}));
	let loads = 0;
	const prepared = await prepare(
		{id: 'acme', origin: 'bundled', directory: folder, manifest: {...goodManifest, config, ...manifest}} as unknown as PluginRecord,
		{
			async validator(): Promise<Validate> {
				loads++;
				return loadValidator();
			},
			isChecked,
			cwsVersion: undefined,
			options,
			directories: {data: path.join(folder, 'data'), cache: path.join(folder, 'cache')},
			hasBundled: () => false,
		},
	);
	return {prepared, loads};
};

test('a plugin the build has checked starts without the compiler of schemas, with the defaults of its options', async t => {
	const {prepared, loads} = await prepareFor(t, {isChecked: true, options: {currency: 'USD'}});
	assert.ok(prepared.ok);
	assert.deepEqual(prepared.initialize.config, {currency: 'USD', hosts: {}});
	assert.equal(loads, 0);
});

test('what a person set is checked also for a plugin the build has checked', async t => {
	const {prepared, loads} = await prepareFor(t, {isChecked: true, options: {retries: 'many'}});
	assert.ok(!prepared.ok);
	assert.equal(prepared.stage, 'validate');
	assert.equal(prepared.error.message, '`plugins.acme.retries` must be integer.');
	assert.equal(loads, 1);
});

test('an option without a default that is required is asked for also of a plugin the build has checked', async t => {
	const {prepared} = await prepareFor(t, {isChecked: true, manifest: {config: {...config, required: ['retries']}}});
	assert.ok(!prepared.ok);
	assert.equal(prepared.error.message, '`plugins.acme.retries` is required.');
});

test('a plugin nobody has checked is checked in full', async t => {
	const {prepared} = await prepareFor(t, {isChecked: false, manifest: {limits: {memoryMb: 'much'}}});
	assert.ok(!prepared.ok);
	assert.equal(prepared.stage, 'manifest');
	assert.equal(prepared.error.code, 'CWS_PLUGIN_MANIFEST');
});

/** The own folders of plugins of one id, one after the other in one place for data. */
async function foldersOf(t: TestContext, hasBundled: boolean, before: (data: string) => void = () => {}) {
	const root = mkdtempSync(path.join(tmpdir(), 'cws-prepare-'));
	t.after(() => rmSync(root, {recursive: true}));
	mkdirSync(path.join(root, 'data'));
	before(path.join(root, 'data'));
	return async (origin: PluginRecord['origin'], directory = path.join(root, origin)) => {
		const prepared = await prepare({id: 'acme', origin, directory, manifest: goodManifest} as unknown as PluginRecord, {
			validator: loadValidator,
			isChecked: true,
			cwsVersion: undefined,
			options: undefined,
			directories: {data: path.join(root, 'data'), cache: path.join(root, 'cache')},
			hasBundled: () => hasBundled,
		});
		assert.ok(prepared.ok);
		return prepared.initialize.directories.data;
	};
}

test('a copy of a plugin from another place has a folder of its own', async t => {
	const folderOf = await foldersOf(t, true);
	const folders = [
		await folderOf('bundled'),
		await folderOf('user'),
		await folderOf('system'),
		await folderOf('project', '/one/acme'),
		await folderOf('project', '/two/acme'),
		await folderOf('directory', '/one/acme'),
		await folderOf('package', '/one/acme'),
	];
	assert.equal(new Set(folders).size, folders.length);
	assert.equal(path.basename(folders[0]!), 'acme');
	assert.equal(await folderOf('project', '/one/acme'), folders[3]);
	assert.ok(folders.every(folder => existsSync(folder)));
});

test('a plugin of the person keeps what it had when folders were named by the id alone, unless cws brings one of that id', async t => {
	const fill = (data: string) => {
		mkdirSync(path.join(data, 'acme'));
		writeFileSync(path.join(data, 'acme', 'kept'), 'yes');
	};

	const own = await (await foldersOf(t, false, fill))('user');
	assert.equal(readFileSync(path.join(own, 'kept'), 'utf8'), 'yes');
	const hidden = await foldersOf(t, true, fill);
	assert.equal(existsSync(path.join(await hidden('user'), 'kept')), false);
	assert.equal(existsSync(path.join(await hidden('bundled'), 'kept')), true);
});
