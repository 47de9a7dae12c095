import assert from 'node:assert/strict';
import test from 'node:test';
import {pluginKey} from '../../source/core/plugin-key.ts';
import {pluginOfKey} from '../../source/core/ports/secrets.ts';

test('a copy of a plugin from another place has another key', () => {
	const keys = (['bundled', 'user', 'package', 'system', 'project', 'directory'] as const).map(origin =>
		pluginKey({id: 'hetzner', origin, directory: '/a/plugins/hetzner'}),
	);
	assert.equal(new Set(keys).size, 6);
	assert.notEqual(pluginKey({id: 'hetzner', origin: 'project', directory: '/b/plugins/hetzner'}), keys[4]);
	assert.equal(keys[0], 'bundled/hetzner');
	assert.deepEqual([...new Set(keys.map(pluginOfKey))], ['hetzner']);
});

test('a new version in another folder of the same place has the same key', () => {
	const of = (directory: string) => pluginKey({id: 'hetzner', origin: 'user', directory});
	assert.equal(of('/u/plugins/hetzner'), of('/u/plugins/hetzner-2'));
});
