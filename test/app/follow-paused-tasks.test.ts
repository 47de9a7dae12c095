import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'node:test';
import {createPausedFollower} from '../../source/app/follow-paused-tasks.ts';
import {type TaskRecord} from '../../source/core/plugin-parts.ts';
import {loadSettings} from '../../source/platform/settings/load-settings.ts';
import {createFakeHost, fakePlugin} from '../helpers/fake-host.ts';
import {tempDir} from '../platform/temp-dir.ts';

const task = (name: string): TaskRecord => ({name, everySeconds: 60, state: 'waiting', runs: 0, failures: 0});

test('a task paused in the settings by another cws is paused and resumed here', async t => {
	const config = tempDir(t);
	const file = join(config, 'config.toml');
	const host = createFakeHost([fakePlugin('lab', [], {tasks: [task('refresh'), task('clean')]})]);
	const reread = createPausedFollower({host, initial: [], read: () => loadSettings({directories: {config}, cwd: config, environment: {}})});
	const asked = async (text: string) => {
		writeFileSync(file, text);
		host.asked.length = 0;
		await reread();
		return host.asked.map(({plugin, method, args}) => [method, plugin, ...args].join(' '));
	};

	assert.deepEqual(await asked('[plugins]\npausedTasks = ["lab/refresh", "gone/x"]\n'), ['pauseTask lab refresh']);
	assert.deepEqual(await asked('theme = "paper"\n[plugins]\npausedTasks = ["lab/refresh"]\n'), []);
	assert.deepEqual(await asked('[plugins]\npausedTasks = ['), [], 'a file that is no TOML changes nothing');
	assert.deepEqual(await asked('[plugins]\npausedTasks = ["lab/clean"]\n'), ['resumeTask lab refresh', 'pauseTask lab clean']);
});
