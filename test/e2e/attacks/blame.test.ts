import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {allowPlugins} from '../support/allow-plugin.ts';
import {homeWithProcesses} from '../support/processes.ts';
import {isAlive} from '../../../source/platform/process.ts';
import {createSuspects} from '../../../source/platform/suspects.ts';
import {runCws} from '../support/run-cws.ts';
import {freshHome} from '../support/start-cws.ts';

test('a plugin that an earlier cws was ended by is put aside until the person wants it again', async t => {
	const home = homeWithProcesses(t);
	await allowPlugins(home, [{id: 'bomber', code: `module.exports = {health: () => ({status: 'pass'})}`}]);
	const status = async () => (await runCws(['plugin', 'status', 'bomber'], {home})).stdout;
	assert.match(await status(), /Status: (Active|Enabled|Running)/i);
	const state = path.join(home, 'state');
	mkdirSync(state, {recursive: true});
	// The book of a process that cannot be alive: its number is taken, its start is not.
	writeFileSync(path.join(state, `suspects-${process.pid}.json`), JSON.stringify({startTime: '1', names: ['bomber']}));
	const told = await status();
	assert.match(told, /Status: Quarantined/i);
	assert.match(told, /was taking memory when cws was ended by the system/);
	assert.deepEqual(
		readdirSync(state).filter(file => file.startsWith('suspects-')),
		[],
	);
	assert.match(await status(), /Status: Quarantined/i);
	assert.equal((await runCws(['plugin', 'reload', 'bomber'], {home})).code, 0);
	assert.match(await status(), /Status: (Active|Enabled|Running)/i);
});

test('a process that the engine aborts leaves the name of the plugin that was the reason', async t => {
	const directory = freshHome(t);
	const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
	const host = spawn(
		process.execPath,
		['--no-warnings', '--import', file('../../helpers/register.ts'), file('support/host-without-watchdog.ts'), directory],
		{stdio: 'ignore'},
	);
	const [code, signal] = (await once(host, 'exit')) as [number | null, NodeJS.Signals | null];
	const blamed = createSuspects({directory, pid: process.pid, startTime: '', isAlive}).takeDead();
	// Newer engines may end the thread alone.
	assert.ok(signal === null ? code === 9 : blamed.join() === 'bomber', `${code} ${signal} ${blamed.join()}`);
});
