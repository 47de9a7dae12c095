import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {readStored} from '../storage/records.ts';
import {type LocalForTest, localForTest, processesOf} from './local-for-test.ts';

const runOf = (local: LocalForTest, id: string) => {
	const stored = readStored(local.context, id);
	assert.ok(typeof stored === 'object' && stored.run !== undefined);
	return stored.run;
};

test('a workstation outlives the process that deployed it, even by `kill -9`, and is found again', async () => {
	await using local = localForTest();
	const deployer = spawn(
		process.execPath,
		['--import', './test/helpers/register.ts', fileURLToPath(new URL('deploy-and-wait.ts', import.meta.url)), local.context.root],
		{cwd: fileURLToPath(new URL('../../../', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit']},
	);
	await once(deployer.stdout, 'data');
	deployer.kill('SIGKILL');
	await once(deployer, 'exit');
	const resource = await local.get('survivor');
	assert.equal(resource.status, 'running');
	process.kill(Number(resource.meta?.pid), 'SIGUSR1');
	const ended = await local.until('survivor', ({status}) => status === 'failed');
	assert.equal(ended.rawStatus, 'exit 7');
});

test('when the keeper is killed the workstation goes on, keeps its log and can be stopped', async () => {
	await using local = localForTest();
	await local.deploy('kept', {command: 'while :; do echo tick; sleep 0.05; done'});
	const {id} = await local.get('kept');
	const run = runOf(local, id);
	process.kill(run.keeper, 'SIGKILL');
	process.kill(run.logger, 'SIGKILL');
	const resource = await local.until('kept', ({statusReason}) => statusReason !== undefined);
	assert.equal(resource.status, 'running');
	assert.equal(resource.statusReason, 'its keeper was killed, so its exit status will not be known');

	const target = await local.target('kept');
	const abort = new AbortController();
	const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(20_000)]);
	let ticks = 0;
	let isMended = false;
	for await (const lines of local.provider.logs!(target, {follow: true, tail: 0}, {...local.call, signal})) {
		isMended ||= lines.some(({stream, text}) => stream === 'system' && text === 'the log is kept again');
		ticks += isMended ? lines.filter(({text}) => text === 'tick').length : 0;
		if (ticks > 2) {
			abort.abort();
		}
	}

	assert.ok(ticks > 2);
	assert.equal((await local.provider.stop!(target, local.call)).status, 'stopped');
	assert.equal((await local.get('kept')).status, 'stopped');
});

test('when the keeper and the program are killed together, the end is told without an exit status', async () => {
	await using local = localForTest();
	await local.deploy('lost', {command: 'exec sleep 300'});
	const run = runOf(local, (await local.get('lost')).id);
	process.kill(run.keeper, 'SIGKILL');
	process.kill(run.pid, 'SIGKILL');
	const resource = await local.until('lost', ({status}) => status === 'stopped');
	assert.equal(resource.rawStatus, 'lost');
});

test('a pid that belongs to another process now is neither shown as running nor touched', async () => {
	await using local = localForTest();
	await local.deploy('old', {command: 'exit 0'});
	await using other = localForTest();
	await other.deploy('stranger', {command: 'exec sleep 300'});
	const stranger = runOf(other, (await other.get('stranger')).id);
	const {id} = await local.get('old');
	const file = join(local.context.root, id, 'run');
	writeFileSync(file, readFileSync(file, 'utf8').replace(/^pid=.*$/m, `pid=${stranger.pid}`));
	local.context.endedRuns.clear();
	const resource = await local.get('old');
	assert.equal(resource.status, 'stopped');
	assert.equal((await local.provider.stop!(await local.target('old'), local.call)).status, 'skipped');
	await local.provider.destroy!(await local.target('old'), local.call);
	assert.equal((await other.get('stranger')).status, 'running');
});

test('after a restart of the machine nothing is running, whatever has the old pids', async () => {
	await using local = localForTest();
	await local.deploy('before', {command: 'exec sleep 300'});
	const rebooted = {...local.context, processes: {...local.context.processes, bootId: 'another boot'}};
	const stored = readStored(rebooted, (await local.get('before')).id);
	const {observe} = await import('../workstation/observe.ts');
	const [now] = typeof stored === 'object' ? await observe(rebooted, [stored]) : [];
	assert.equal(now?.status, 'stopped');
	assert.equal(now?.reason, 'the machine restarted while it ran');
});

test('a log never grows beyond its cap, and a program that floods it does not burn the processor', async () => {
	await using local = localForTest();
	await local.deploy('flood', {command: 'exec yes 0123456789012345678901234567890123456789'});
	const target = await local.target('flood');
	const abort = new AbortController();
	const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(20_000)]);
	let cuts = 0;
	for await (const lines of local.provider.logs!(target, {follow: true, tail: 5}, {...local.call, signal})) {
		cuts += lines.filter(({stream, text}) => stream === 'system' && text.includes('skipped')).length;
		if (cuts > 1) {
			abort.abort();
		}
	}

	assert.equal(cuts, 2);
	const {id} = await local.get('flood');
	const sizes = ['log', 'log.1'].map(name => readFileSync(join(local.context.root, id, name)).length);
	assert.ok(
		sizes.every(size => size < 2_700_000),
		sizes.join(' '),
	);
	const cpuMs = local.context.processes.read(runOf(local, id).pid)?.cpuMs;
	assert.ok(cpuMs !== undefined && cpuMs < 500, `${cpuMs} ms`);
	assert.ok(processesOf(local.context.root).length > 0);
});
