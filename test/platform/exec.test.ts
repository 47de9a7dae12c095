import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, mock, suite, test, type TestContext} from 'node:test';
import {isInterruptForChild, openUrl, runOnTerminal} from '../../source/platform/exec.ts';

const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';

/** A directory for PATH whose opener is the given shell script. */
async function withOpener(t: TestContext, script: string): Promise<{readonly PATH: string; readonly file: string}> {
	const directory = await mkdtemp(path.join(tmpdir(), 'cws-exec-'));
	t.after(() => rm(directory, {recursive: true}));
	const file = path.join(directory, 'opened');
	await writeFile(path.join(directory, opener), `#!/bin/sh\n${script.replace('FILE', file)}\n`);
	await chmod(path.join(directory, opener), 0o755);
	return {PATH: directory, file};
}

suite('openUrl', () => {
	test('the opener gets the address as one argument, whatever is in it', async t => {
		const {PATH, file} = await withOpener(t, 'printf %s "$#:$1" > FILE');
		assert.deepEqual(await openUrl('https://example.test/a?b=$(id)&c=;d', {PATH}), {ok: true, value: undefined});
		assert.equal(await readFile(file, 'utf8'), '1:https://example.test/a?b=$(id)&c=;d');
	});

	test('nothing but http and https is opened', async t => {
		const {PATH, file} = await withOpener(t, 'touch FILE');
		for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'ssh://host', '--help', 'web\u001B[31m']) {
			const opened = await openUrl(url, {PATH});
			assert.equal(!opened.ok && opened.error.code, 'CWS_NOT_SUPPORTED', url);
			assert.ok(!opened.ok && !opened.error.message.includes('\u001B'));
		}

		assert.equal(existsSync(file), false);
	});

	test('an opener that fails or is missing gives the address to open by hand', async t => {
		const {PATH} = await withOpener(t, 'exit 3');
		const refused = await openUrl('https://example.test', {PATH});
		assert.deepEqual(refused, {
			ok: false,
			error: {
				code: 'CWS_COMMAND_FAILED',
				message: `\`${opener}\` failed with exit code 3.`,
				fix: 'Open it yourself: https://example.test/',
			},
		});
		const missing = await openUrl('https://example.test', {PATH: '/nowhere'});
		assert.equal(!missing.ok && missing.error.code, 'CWS_COMMAND_NOT_FOUND');
	});
});

suite('runOnTerminal', () => {
	beforeEach(() => {
		mock.timers.enable({apis: ['setTimeout']});
	});
	afterEach(() => {
		mock.timers.tick(1000);
		mock.timers.reset();
	});

	test('the exit code is the one of the program, and of a signal the one a shell gives', async () => {
		assert.deepEqual(await runOnTerminal({command: 'sh', args: ['-c', 'exit 7']}), {ok: true, value: {exitCode: 7}});
		assert.deepEqual(await runOnTerminal({command: 'sh', args: ['-c', 'kill -TERM $$']}), {ok: true, value: {exitCode: 143}});
	});

	test('environment and directory reach the program', async () => {
		const script = 'test "$WORKSTATION" = web-1 && test "$(pwd)" = / && test -n "$PATH"';
		const ended = await runOnTerminal({command: 'sh', args: ['-c', script], env: {WORKSTATION: 'web-1'}, cwd: '/'});
		assert.deepEqual(ended, {ok: true, value: {exitCode: 0}});
	});

	test('an interrupt is for the program while it runs and, heard late, a moment longer', async () => {
		const running = runOnTerminal({command: 'sh', args: ['-c', 'kill -INT $PPID']});
		assert.equal(isInterruptForChild(), true);
		await running;
		process.kill(process.pid, 'SIGINT');
		await new Promise(setImmediate);
		assert.equal(isInterruptForChild(), true);
		mock.timers.tick(1000);
		assert.equal(isInterruptForChild(), false);
	});

	test('a program that is not there is a failure with its name', async () => {
		const ended = await runOnTerminal({command: 'no-such-program'});
		assert.equal(!ended.ok && ended.error.code, 'CWS_COMMAND_NOT_FOUND');
		assert.match(ended.ok ? '' : ended.error.message, /`no-such-program`/);
	});
});
