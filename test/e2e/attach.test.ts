import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {spawnPty, type Pty} from '../helpers/pty.ts';
import {allowPlugins} from './support/allow-plugin.ts';
import {bin, freshHome, startCws} from './support/start-cws.ts';

/** One machine whose shell is the plugin itself: it says the size, repeats what is typed and ends with `exit`. */
const code = `
const machine = {id: 'm1', type: 'vm', name: 'm1', status: 'running', rawStatus: 'up', tags: {}, endpoints: []};
const text = data => atob(data);
module.exports = {provider: {
	async *list() { yield {resources: [machine]}; },
	get: async () => machine,
	connect: async () => ({kind: 'stream', title: 'The lab'}),
	async *attach(target, {columns, rows, command}, {input}) {
		yield {data: btoa('hello ' + columns + 'x' + rows + (command ? ' ' + command.join(' ') : '') + '\\r\\n')};
		let line = '';
		for await (const item of input) {
			if (item.data === undefined) { yield {data: btoa('size ' + item.columns + '\\r\\n')}; continue; }
			line += text(item.data);
			yield item;
			if (line.includes('exit')) { yield {exitCode: 7}; return; }
		}
	},
}};`;

const manifest = {
	contributes: {resourceTypes: [{type: 'vm', title: 'Machine', operations: ['list', 'get', 'connect'], pollSeconds: 5}]},
};

async function labHome(t: TestContext): Promise<string> {
	const home = freshHome(t);
	await allowPlugins(home, [{id: 'lab', manifest, code}]);
	return home;
}

/** `cws connect` in a shell that says afterwards how it found the terminal. */
async function connectInShell(t: TestContext): Promise<Pty> {
	const script = `"${process.execPath}" "${bin}" connect m1; echo "code=$?"; stty -a; read -r line; echo "line=$line"`;
	const pty = spawnPty({command: '/bin/sh', args: ['-c', script], env: {CWS_HOME: await labHome(t)}, columns: 90, rows: 30});
	t.after(() => pty.close());
	await pty.waitFor('hello 90x30', {timeoutMs: 20_000});
	return pty;
}

async function assertSane(pty: Pty, status: number): Promise<void> {
	const text = await pty.waitFor(/-extproc/, {timeoutMs: 20_000});
	assert.match(text, new RegExp(`code=${status}\\b`));
	for (const mode of ['icanon', 'isig', 'echo', 'icrnl', 'opost']) {
		assert.match(text, new RegExp(`(?<!-)\\b${mode}\\b`), mode);
	}

	await pty.type('typed');
	await pty.press('enter');
	await pty.waitFor('line=typed');
}

test('a session of a sandboxed plugin has the terminal: keys, size, exit code, and all given back', async t => {
	const pty = await connectInShell(t);
	pty.resize(100, 30);
	await pty.waitFor('size 100');
	await pty.type('ls; exit');
	await assertSane(pty, 7);
});

test('a session that answers nothing is left with enter, tilde, dot', async t => {
	const pty = await connectInShell(t);
	await pty.press('enter');
	await pty.type('~.');
	await assertSane(pty, 130);
});

test('from the dashboard a session takes the screen and gives it back', async t => {
	const pty = startCws(t, [], {home: await labHome(t), columns: 100, rows: 30});
	await pty.waitFor('m1', {timeoutMs: 20_000});
	await pty.press('s');
	await pty.waitFor('hello 100x30', {timeoutMs: 20_000});
	await pty.type('exit');
	await pty.waitFor('m1', {timeoutMs: 20_000});
	assert.equal(pty.modes().isAlternateScreen, true);
});
