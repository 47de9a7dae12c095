import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Manifest} from '../../../source/core/manifest.ts';
import {loadValidator} from '../../../source/core/schema/validate.ts';
import {checkManifest} from '../../../source/host/manifest/check-manifest.ts';
import {pluginConfig} from '../../../source/host/manifest/plugin-config.ts';

const validate = await loadValidator();
const manifest: Manifest = {
	id: 'acme',
	version: '1.0.0',
	title: 'Acme',
	kind: 'provider',
	api: 1,
	main: 'index.js',
	config: {
		type: 'object',
		additionalProperties: false,
		required: ['account'],
		properties: {
			account: {type: 'string'},
			retries: {type: 'integer', minimum: 0, default: 2},
			http: {type: 'object', default: {}, properties: {timeout: {type: 'number', default: 30}, proxy: {type: 'string'}}},
		},
	},
	contributes: {resourceTypes: [{type: 'vm', operations: ['list', 'get']}]},
};

test('a whole manifest passes, and fields of a newer cws are left alone', async () => {
	assert.equal(await checkManifest(manifest, '/plugins/acme', validate), undefined);
	const newer = Object.assign({future: true}, manifest);
	assert.equal(await checkManifest(newer, '/plugins/acme', validate), undefined);
});

test('the first wrong field is named with its path and file', async () => {
	const wrong = {...manifest, contributes: {resourceTypes: [{type: 'vm', operations: ['lst']}]}} as unknown as Manifest;
	const problem = await checkManifest(wrong, '/plugins/acme', validate);
	assert.equal(problem?.code, 'CWS_PLUGIN_MANIFEST');
	assert.match(
		problem?.message ?? '',
		/^`contributes\.resourceTypes\.0\.operations\.0` in `\/plugins\/acme\/plugin\.json` must be one of deploy/,
	);
	assert.match(
		(await checkManifest({...manifest, limits: {memoryMb: 1}}, '/p', validate))?.message ?? '',
		/`limits\.memoryMb`.*at least 16/,
	);
});

test('a form that is no schema is found before the plugin starts', async () => {
	const form = {type: 'strange'} as unknown as Manifest['config'];
	const wrong: Manifest = {...manifest, contributes: {resourceTypes: [{type: 'vm', operations: ['list'], ...(form && {form})}]}};
	assert.match(
		(await checkManifest(wrong, '/p', validate))?.message ?? '',
		/`contributes\.resourceTypes\.vm\.form` .* is not a JSON Schema/,
	);
});

test('options get the defaults of the schema, also inside objects', () => {
	assert.deepEqual(pluginConfig(manifest, {account: 'lab', http: {proxy: 'p'}}, validate), {
		ok: true,
		value: {account: 'lab', retries: 2, http: {proxy: 'p', timeout: 30}},
	});
});

test('a wrong, missing or unknown option is named by its key in the settings', () => {
	for (const [options, message] of [
		[{account: 'lab', retries: -1}, '`plugins.acme.retries` must be at least 0.'],
		[undefined, '`plugins.acme.account` is required.'],
		[{account: 'lab', retrys: 1}, '`plugins.acme.retrys` is not a known field.'],
	] as const) {
		const config = pluginConfig(manifest, options, validate);
		assert.ok(!config.ok);
		assert.equal(config.error.code, 'CWS_CONFIG');
		assert.equal(config.error.message, message);
	}
});
