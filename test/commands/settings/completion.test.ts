import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {type App} from '../../../source/app/create-app.ts';
import {completion} from '../../../source/commands/settings/completion.ts';
import {completeWords} from '../../../source/commands/settings/complete-words.ts';
import {createPrinter} from '../../../source/commands/shared/printer.ts';
import {startWorld, vm} from '../../engine/world.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cws-completion-'));
const before = process.env['CWS_HOME'];
process.env['CWS_HOME'] = home;
const folder = path.join(home, 'config/plugins/usage');
mkdirSync(folder, {recursive: true});
writeFileSync(
	path.join(folder, 'plugin.json'),
	JSON.stringify({
		id: 'usage',
		version: '1.0.0',
		title: 'Usage',
		kind: 'system',
		api: 1,
		main: 'plugin.js',
		contributes: {
			commands: [
				{name: 'analytics', short: 'Figures of use'},
				{
					name: 'report',
					parent: 'analytics',
					short: 'Make a report',
					flags: [{name: 'groupBy', type: 'string', choices: ['team', 'month']}],
					handler: 'report',
				},
			],
		},
	}),
);
writeFileSync(path.join(folder, 'plugin.js'), 'throw new Error("completion must not run a plugin");');
after(() => {
	if (before === undefined) {
		delete process.env['CWS_HOME'];
	} else {
		process.env['CWS_HOME'] = before;
	}

	rmSync(home, {recursive: true, force: true});
});

const noApp = async (): Promise<App> => {
	throw new Error('no application is needed for this');
};

const wordsFor = async (line: string, app = noApp) => {
	const found = await completeWords(line.split(' '), {app});
	return found.map(({word}) => word);
};

test('verbs, commands of plugins, flags and choices are completed from manifests alone', async () => {
	assert.deepEqual(await wordsFor('conf'), ['config']);
	assert.deepEqual(await wordsFor('anal'), ['analytics']);
	assert.deepEqual(await wordsFor('analytics '), ['report']);
	assert.deepEqual(await wordsFor('analytics report --gr'), ['--group-by']);
	assert.deepEqual(await wordsFor('analytics report --group-by '), ['team', 'month']);
	assert.deepEqual(await wordsFor('nonsense '), []);
});

test('words of verbs, ids of plugins and types are completed where they belong', async () => {
	assert.deepEqual(await wordsFor('plugin dis'), ['disable']);
	assert.deepEqual(await wordsFor('plugin status us'), ['usage']);
	assert.deepEqual(await wordsFor('plugins disable us'), ['usage']);
	assert.ok((await wordsFor('deploy ')).includes('vm'));
	assert.deepEqual(await wordsFor('theme us'), ['use']);
});

test('resources are completed by their names from the record', async () => {
	const {engine} = await startWorld({rows: {'lab/vm': [vm('web-1'), vm('web-2'), vm('old', {status: 'deleted'})]}});
	const app = async () => ({engine}) as App;
	assert.deepEqual(await wordsFor('show we', app), ['web-1', 'web-2']);
	assert.deepEqual(await wordsFor('show web-1 ', app), []);
	await engine.stop();
});

test('the scripts for bash, zsh and fish are there, and bash can read its own', async () => {
	const scriptOf = async (shell: string) => {
		let text = '';
		const stream = {write: (part: string) => (text += part)};
		const print = createPrinter({stdout: stream, stderr: stream, isJson: false, isQuiet: false});
		const context = {input: [shell], rest: [], flags: {}, print, app: noApp, signal: new AbortController().signal, isInteractive: false};
		assert.equal(await completion.run(context), shell === 'tcsh' ? 2 : 0);
		return text;
	};

	for (const shell of ['bash', 'zsh', 'fish']) {
		assert.match(await scriptOf(shell), /cws completion words -- /, shell);
	}

	assert.match(await scriptOf('tcsh'), /no shell cws can complete in/);
	const script = `${await scriptOf('bash')}
cws() { printf '%s\\tabout\\n' "$4" "$5" three; }
COMP_WORDS=(cws one tw) COMP_CWORD=2
_cws
echo "\${COMPREPLY[*]}"`;
	assert.equal(execFileSync('bash', ['-c', script], {encoding: 'utf8'}), 'one tw three\n');
});
