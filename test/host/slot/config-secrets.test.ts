import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {loadValidator} from '../../../source/core/schema/validate.ts';
import {pluginConfig} from '../../../source/host/manifest/plugin-config.ts';
import {withSecrets} from '../../../source/host/slot/config-secrets.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';
import {createFakeSecrets} from '../../helpers/fake-secrets.ts';

const config = {
	type: 'object',
	properties: {
		url: {type: 'string'},
		apiKey: {type: 'string', format: 'password', title: 'API key', minLength: 20},
		accounts: {type: 'object', additionalProperties: {type: 'object', properties: {token: {type: 'string', format: 'password'}}}},
	},
	required: ['apiKey'],
} as const;

const acme = (origin: PluginRecord['origin'], isRead = false): PluginRecord => {
	const record = fakePlugin('acme', [], {origin});
	const secrets = ['token', 'apiKey'].map(name => ({name, title: name, ...(isRead && {read: true})}));
	return {...record, manifest: {...record.manifest, config, permissions: {secrets}}};
};

const store = createFakeSecrets({'bundled/acme/token': 'value-of-the-token', 'user/acme/token': 'value-of-the-other'});

const optionsOf = async (record: PluginRecord, options: Readonly<Record<string, unknown>>) => {
	const resolved = await withSecrets(record, options, store);
	return resolved.ok ? resolved.value : resolved.error;
};

test('an option that names a secret has its value for the plugin, wherever it stands', async () => {
	assert.deepEqual(
		await optionsOf(acme('bundled'), {url: 'https://a', apiKey: 'secret:acme/token', accounts: {prod: {token: 'secret:acme/token'}}}),
		{
			url: 'https://a',
			apiKey: 'value-of-the-token',
			accounts: {prod: {token: 'value-of-the-token'}},
		},
	);
});

test('a copy from another place has its own secrets, and only what it may read', async () => {
	assert.deepEqual(await optionsOf(acme('user', true), {apiKey: 'secret:acme/token'}), {apiKey: 'value-of-the-other'});
	assert.deepEqual(await optionsOf(acme('user'), {apiKey: 'secret:acme/token'}), {apiKey: 'secret:acme/token'});
	assert.deepEqual(await optionsOf(acme('user'), {}), {});
});

test('an option that is a secret and has no value means the secret of its own name', async () => {
	const own = createFakeSecrets({'bundled/acme/apiKey': 'key-of-twenty-characters'});
	const resolved = await withSecrets(acme('bundled'), {url: 'x'}, own);
	assert.ok(resolved.ok);
	assert.deepEqual(resolved.value, {url: 'x', apiKey: 'key-of-twenty-characters'});
	assert.deepEqual(await optionsOf(acme('bundled'), {apiKey: 'written by hand'}), {apiKey: 'written by hand'});
});

test('a secret that is not set, not asked for, of another plugin or in the wrong place is an error that says what to do', async () => {
	for (const [options, code, fix] of [
		[{apiKey: 'secret:acme/apiKey'}, 'CWS_SECRET_MISSING', 'cws secrets set acme apiKey'],
		[{apiKey: 'secret:acme/other'}, 'CWS_CONFIG', 'it asks for `token`, `apiKey`'],
		[{apiKey: 'secret:aws/token'}, 'CWS_CONFIG', 'cws config set plugins.acme.apiKey secret:acme/token'],
		[{url: 'secret:acme/token'}, 'CWS_CONFIG', 'cws config unset plugins.acme.url'],
	] as const) {
		const error = await optionsOf(acme('bundled'), options);
		assert.deepEqual([error?.['code'], error?.['fix']], [code, fix]);
	}
});

test('a required option that is a secret is missing as one', async () => {
	const checked = pluginConfig(acme('bundled').manifest, {}, await loadValidator());
	assert.ok(!checked.ok);
	assert.equal(checked.error.code, 'CWS_SECRET_MISSING');
	assert.equal(checked.error.fix, 'cws secrets set acme apiKey');
});
