import assert from 'node:assert/strict';
import {test} from 'node:test';
import {coversPath, parseGrantedPath, relativeSegments, resolveGrantedPath} from '../../../source/core/permissions/path.ts';

const roots = {home: '/home/ada', xdgConfig: '/home/ada/.config', pluginData: '/data/hetzner', workspace: '/work'};

test('a granted path begins with one of four variables and stays below it', () => {
	assert.equal(resolveGrantedPath(parseGrantedPath('${xdgConfig}/hcloud/cli.toml')!, roots), '/home/ada/.config/hcloud/cli.toml');
	assert.equal(resolveGrantedPath(parseGrantedPath('${workspace}')!, roots), '/work');
	assert.equal(resolveGrantedPath(parseGrantedPath('${home}/a//./b/')!, roots), '/home/ada/a/b');
	for (const path of [
		'/etc/passwd',
		'${root}/x',
		'x/${home}',
		'${home}/../x',
		'${home}/a/../../x',
		'${home}x',
		'${home}/${workspace}',
		'${home}/a\\b',
		'${home}/a\0b',
		'',
	]) {
		assert.equal(parseGrantedPath(path), undefined, path);
	}
});

test('a path below a granted one has no way out of it', () => {
	assert.deepEqual(relativeSegments('a/./b//c'), ['a', 'b', 'c']);
	assert.deepEqual(relativeSegments(''), []);
	assert.deepEqual(relativeSegments('a/..b/...'), ['a', '..b', '...']);
	for (const path of ['..', 'a/../..', '/etc', 'a\\..\\b', 'C:/x', 'a\0', 'x'.repeat(5000), 'y'.repeat(300), '\uD800']) {
		assert.equal(relativeSegments(path), undefined, path.slice(0, 20));
	}
});

test('a path covers itself and what is below it, segment by segment', () => {
	const covers = (granted: string, asked: string) => coversPath(parseGrantedPath(granted)!, parseGrantedPath(asked)!);
	assert.ok(covers('${home}/a', '${home}/a/b'));
	assert.ok(covers('${home}/a', '${home}/a/'));
	assert.equal(covers('${home}/a', '${home}/ab'), false);
	assert.equal(covers('${home}/a/b', '${home}/a'), false);
	assert.equal(covers('${home}', '${workspace}'), false);
});
