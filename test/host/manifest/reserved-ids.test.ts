import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pluginActions} from '../../../source/commands/plugins/plugin-actions.ts';
import {verbLoaders} from '../../../source/commands/verbs.ts';
import {verbAliases} from '../../../source/core/verb-words.ts';
import {isReservedId} from '../../../source/host/manifest/reserved-ids.ts';

test('no plugin can be called like a verb, an action of `cws plugin` or a word of the settings', () => {
	const words = [
		...Object.keys(verbLoaders),
		...Object.keys(verbAliases),
		...pluginActions.map(({name}) => name),
		...'status discover load unload install health timeout core all isolation allow deny set list delete'.split(' '),
	];
	assert.deepEqual(
		words.filter(word => !isReservedId(word)),
		[],
	);
	assert.equal(isReservedId('hetzner'), false);
});
