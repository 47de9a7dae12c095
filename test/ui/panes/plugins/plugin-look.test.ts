import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../../source/core/failure/failure.ts';
import {pluginLook} from '../../../../source/ui/panes/plugins/plugin-look.ts';
import {now, samplePlugin} from '../../helpers/samples.ts';

const words = (parts: Parameters<typeof samplePlugin>[1]) => {
	const {glyph, word, info} = pluginLook(samplePlugin('p', parts), 0, now);
	return [glyph, word, info].join(' ').trim();
};

test('lifecycle and health are told in glyph and word, never in colour alone', () => {
	assert.equal(words({latencyMs: 6}), '● pass <10 ms');
	assert.equal(words({health: {status: 'warn', latencyMs: 2100}}), '◐ warn 2.1 s');
	assert.equal(words({health: {status: 'fail', needsLogin: true}}), '✖ fail log in');
	assert.equal(words({health: {status: 'unknown'}}), '◌ checking');
	assert.equal(words({state: 'disabled'}), '○ off');
	assert.equal(words({state: 'starting'}), '⠋ starting');
	assert.equal(words({state: 'backoff', retryAt: now + 3500}), '◐ retry in 4 s');
	assert.equal(words({state: 'failed'}), '✖ fail see why');
	assert.equal(words({state: 'quarantined'}), '✖ quarantined see why');
});

test('a plugin of a folder that is not trusted is calm, and says what would trust it', () => {
	const look = pluginLook(
		samplePlugin('p', {state: 'blocked', stage: 'security', error: failure('CWS_PLUGIN_UNTRUSTED', {message: 'not yet'})}),
		0,
		now,
	);
	assert.deepEqual([look.glyph, look.word, look.info, look.token, look.infoToken], ['○', 'off', 'not trusted', 'text.faint', 'text.faint']);
	assert.equal(look.longInfo, 'not trusted: cws plugin trust .');
});

test('a plugin that waits for the person says so, also while its version before runs on', () => {
	const needed = [{kind: 'http', title: 'x', reason: 'y', risk: 'low'}] as const;
	assert.equal(words({state: 'blocked', consent: {needed, isUpdate: false}}), '✖ blocked asks');
	assert.equal(
		pluginLook(samplePlugin('p', {state: 'blocked', consent: {needed, isUpdate: false}}), 0, now).longInfo,
		'asks for 1 permission',
	);
	assert.equal(words({latencyMs: 6, consent: {needed, isUpdate: true}}), '● pass asks');
});
