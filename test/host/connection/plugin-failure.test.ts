import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pluginFailure} from '../../../source/host/connection/plugin-failure.ts';

test('what a plugin says about itself without a fix names the plugin, not a placeholder', () => {
	const thrown = {failure: {code: 'CWS_PLUGIN_FAILED', message: 'no answer'}};
	assert.equal(pluginFailure('acme', 'provider.list', thrown).fix, 'See `cws plugin status acme`.');
	const other = {failure: {code: 'CWS_PLUGIN_FAILED', message: 'no answer', fix: 'wait'}};
	assert.equal(pluginFailure('acme', 'provider.list', other).fix, 'wait');
	assert.equal(pluginFailure('acme', 'provider.list', {failure: {code: 'CWS_NOT_FOUND', message: 'gone'}}).fix, undefined);
});
