import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {once} from 'node:events';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {stateOf} from '../support/processes.ts';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const cannotTell = process.platform === 'linux' && existsSync('/usr/bin/setpriv') ? false : 'the system cannot tie a process to its parent';

test('a process with a plugin in a loop ends when its host is killed', {skip: cannotTell}, async () => {
	const host = spawn(process.execPath, ['--no-warnings', '--import', path('../../helpers/register.ts'), path('support/host-of-a-loop.ts')]);
	const [line] = (await once(host.stdout, 'data')) as [Buffer];
	const plugin = Number(String(line));
	assert.ok(plugin > 0 && stateOf(plugin) !== undefined, String(line));
	host.kill('SIGKILL');
	for (let turn = 0; turn < 100 && !['Z', undefined].includes(stateOf(plugin)); turn++) {
		await delay(50);
	}

	assert.ok(['Z', undefined].includes(stateOf(plugin)), `process ${plugin} still runs`);
});
