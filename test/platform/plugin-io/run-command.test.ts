import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {test} from 'node:test';
import {FailureError} from '../../../source/core/failure/failure.ts';
import {createCommandRunner} from '../../../source/platform/plugin-io/run-command.ts';
import {isAlive} from '../../../source/platform/process.ts';
import {tempDir} from '../temp-dir.ts';

const environment = {PATH: '/usr/local/bin:/usr/bin:/bin'};
const script = (code: string, directory: string, timeoutMs = 30_000) => ({
	file: '/bin/sh',
	args: ['-c', code],
	environment,
	directory,
	timeoutMs,
	maxBytes: 1000,
	signal: new AbortController().signal,
});

async function written(file: string): Promise<string> {
	while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
		await delay(10);
	}

	return readFileSync(file, 'utf8');
}

test('closing kills what still runs, also what does not listen', async t => {
	const directory = tempDir(t);
	const runner = createCommandRunner(environment);
	const running = runner.run(script('trap "" TERM; echo $$ > pid; sleep 30', directory));
	const pid = Number(await written(join(directory, 'pid')));
	runner.close();
	assert.equal((await running).code, -1);
	while (isAlive(pid)) {
		await delay(10);
	}
});

test('a program that hid from its group with our output in its hands is not waited for', async t => {
	const directory = tempDir(t);
	const runner = createCommandRunner(environment);
	const running = runner.run(script("setsid sh -c 'echo $$ > pid; exec sleep 60' & exit 0", directory, 100));
	const pid = Number(await written(join(directory, 'pid')));
	await assert.rejects(running, (error: FailureError) => error instanceof FailureError && error.failure.code === 'CWS_COMMAND_FAILED');
	assert.ok(isAlive(pid), 'it got away, as the docs say it can');
	process.kill(pid, 'SIGKILL');
});

test('what cannot be started is a failure with its name', async t => {
	const runner = createCommandRunner(environment);
	const code = async (file: string, directory: string) => {
		try {
			await runner.run({...script('', directory), file});
			return 'done';
		} catch (error) {
			return (error as FailureError).failure.code;
		}
	};
	assert.equal(await code('/nowhere/tool', tempDir(t)), 'CWS_COMMAND_NOT_FOUND');
	assert.match(await code('/bin/sh', '/nowhere'), /^CWS_COMMAND_/);
});
