import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'node:test';
import {createOptionsFollower} from '../../source/app/follow-options.ts';
import {type Failure} from '../../source/core/failure/failure.ts';
import {loadSettings} from '../../source/platform/settings/load-settings.ts';
import {createFakeHost, fakePlugin} from '../helpers/fake-host.ts';
import {tempDir} from '../platform/temp-dir.ts';

test('a changed file gives new options to the plugins they are for, and to no other', async t => {
	const config = tempDir(t);
	const file = join(config, 'config.toml');
	const read = () => loadSettings({directories: {config}, cwd: config, environment: {PLUGINS__WEB__ZONE: 'a'}});
	writeFileSync(file, '[plugins.lab]\ntimeout = 30\n[plugins.gone]\nx = 1\n');
	const host = createFakeHost([fakePlugin('lab', []), fakePlugin('web', []), fakePlugin('old', [])]);
	const problems: Failure[] = [];
	const follower = createOptionsFollower({
		host,
		initial: read().settings.plugins.options,
		read,
		onProblem(problem) {
			problems.push(problem);
		},
	});
	const asked = async (text: string) => {
		writeFileSync(file, text);
		host.asked.length = 0;
		await follower.reread();
		return host.asked.filter(({method}) => method === 'reconfigure').map(({plugin, args}) => [plugin, args[0]]);
	};

	assert.deepEqual(await asked('theme = "paper"\n[plugins.lab]\ntimeout = 30\n[plugins.gone]\nx = 2\n'), []);
	assert.deepEqual(await asked('[plugins.lab]\ntimeout = 45\n'), [['lab', {timeout: 45}]]);
	assert.deepEqual(await asked('[plugins.lab]\ntimeout = '), [], 'a file that is no TOML changes nothing');
	assert.deepEqual(await asked(''), [['lab', {}]]);
	assert.deepEqual(await asked('[plugins.web]\nzone = "b"\n'), [], 'the variable still wins');
	follower.known({...read().settings.plugins.options, old: {a: 1}});
	assert.deepEqual(await asked('[plugins.old]\na = 1\n'), [], 'who wrote it has given it already');
	assert.deepEqual(problems, []);
});
