import assert from 'node:assert/strict';
import test from 'node:test';
import {findVariable, secretVariable, takeSecretVariables, variableEntries} from '../../../source/platform/secrets/environment-secrets.ts';

test('secrets leave the environment, so that no child process and no plugin inherits them', () => {
	const environment: Record<string, string | undefined> = {
		PATH: '/bin',
		CWS_HOME: '/tmp/x',
		CWS_SECRETS_PASSPHRASE: 'pass-phrase',
		CWS_SECRETS__HETZNER__TOKEN: 'hcl-s3cr3t',
		CWS_SECRETS__EMPTY__TOKEN: '',
	};
	const variables = takeSecretVariables(environment);
	assert.deepEqual(environment, {PATH: '/bin', CWS_HOME: '/tmp/x'});
	assert.equal(variables.passphrase, 'pass-phrase');
	assert.deepEqual([...variables.values], [['CWS_SECRETS__HETZNER__TOKEN', 'hcl-s3cr3t']]);
});

test('a variable fits a secret whatever dashes, underscores and capitals its name has', () => {
	const variables = takeSecretVariables({CWS_SECRETS__MY_PLUGIN__API_KEY: 'value'});
	for (const name of ['api_key', 'api-key', 'apiKey', 'API_KEY']) {
		assert.equal(findVariable(variables, {plugin: 'user/my-plugin', name}), 'CWS_SECRETS__MY_PLUGIN__API_KEY');
	}

	assert.equal(findVariable(variables, {plugin: 'user/my', name: 'plugin_api_key'}), undefined);
	assert.equal(secretVariable({plugin: 'user/my-plugin', name: 'apiKey'}), 'CWS_SECRETS__MY_PLUGIN__API_KEY');
	assert.deepEqual(variableEntries(variables), [
		{plugin: 'my-plugin', name: 'api_key', place: 'environment', from: 'CWS_SECRETS__MY_PLUGIN__API_KEY'},
	]);
});

test('a variable with too few or too many parts is nothing', () => {
	const environment = {CWS_SECRETS__HETZNER: 'a', CWS_SECRETS__A__B__C: 'b'};
	assert.equal(takeSecretVariables(environment).values.size, 0);
	assert.deepEqual(Object.keys(environment), ['CWS_SECRETS__HETZNER', 'CWS_SECRETS__A__B__C']);
});
