import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {allowPlugins, type OutsidePlugin} from '../support/allow-plugin.ts';
import {openDashboard} from '../support/dashboard.ts';
import {homeWithProcesses, processesOf, until} from '../support/processes.ts';
import {withinMs} from '../support/within.ts';

const health = `health: () => ({status: 'pass'})`;
const listing = (id: string, body: string): OutsidePlugin => ({
	id,
	code: `module.exports = {${health}, provider: {async *list() { ${body} }}}`,
});
const row = `{id: 'one', name: 'from-outside', type: 'vm', provider: 'calm', status: 'running', rawStatus: 'on', tags: {}, endpoints: [], meta: {}}`;
const calm = listing('calm', `yield {resources: [${row}]}`);

/** Opens a screen, closes it and moves the cursor, again and again while something attacks; each has to be seen in two seconds. */
async function useBeside(t: TestContext, attacker: OutsidePlugin, told: RegExp) {
	const home = homeWithProcesses(t);
	await allowPlugins(home, [calm, attacker]);
	const pty = await openDashboard(t, {home, rows: 50});
	await pty.waitFor('from-outside');
	for (let turn = 0; turn < 10; turn++) {
		await withinMs(2000, async () => {
			await pty.press('?');
			await pty.waitFor('Search all keys');
			await pty.press('esc');
			await pty.waitFor('2 Resources');
		});
		await pty.press('j', 'k');
	}

	await pty.waitFor(told, {timeoutMs: 60_000});
	await pty.waitFor('from-outside');
	await pty.press('ctrl+c');
	await pty.waitFor('ctrl+c again quits');
	await pty.press('ctrl+c');
	assert.equal((await pty.exited).exitCode, 130);
	await until(() => processesOf(home).length === 0, 'every process of it to end');
}

test('the dashboard stays usable beside a plugin that takes all the processor it gets', async t => {
	await useBeside(t, listing('spinner', 'for (;;);'), /The plugin `spinner` is stuck in a loop/);
});

test('the dashboard stays usable beside a plugin that takes all the memory it gets', async t => {
	const bomb = 'const map = new Map(); for (let i = 0;; i++) map.set(i, {i});';
	await useBeside(t, listing('bomber', bomb), /The plugin `bomber` used more than its 128 MB of memory/);
});

test('name-escape: the names a plugin from outside gives cannot damage the screen', async t => {
	const home = homeWithProcesses(t);
	const hostile = row.replace('from-outside', '\\x1b[2J\\x07ev\\u202eil');
	await allowPlugins(home, [listing('calm', `yield {resources: [${hostile}]}`)]);
	const pty = await openDashboard(t, {home});
	await pty.waitFor('␛[2J␇ev\uFFFDil ');
	assert.match(pty.text(), /2 Resources/);
});
