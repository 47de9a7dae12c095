import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
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
		{id: 'acme', directory: folder, manifest: {...goodManifest, config, ...manifest}} as unknown as PluginRecord,
		{
			async validator(): Promise<Validate> {
				loads++;
				return loadValidator();
			},
			isChecked,
			cwsVersion: undefined,
			options,
			directories: {data: path.join(folder, 'data'), cache: path.join(folder, 'cache')},
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
