import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Manifest} from '../../../source/core/manifest.ts';
import {loadValidator} from '../../../source/core/schema/validate.ts';
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
