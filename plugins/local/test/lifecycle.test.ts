import assert from 'node:assert/strict';
import {existsSync, readdirSync} from 'node:fs';
import {test} from 'node:test';
import {type CallContext} from 'cws/sdk';
import {freePort, localForTest, processesOf} from './local-for-test.ts';

test('a workstation is created, stopped, started, hibernated, resumed, restarted and destroyed with real processes', async () => {
	await using local = localForTest();
	const {provider, call} = local;
	const created = await local.deploy('web-1', {command: 'echo hello; exec sleep 300'});
	assert.equal(created.status, 'created');
	const running = await local.get('web-1');
	assert.equal(running.id, created.id);
	assert.equal(running.status, 'running');
	assert.equal(running.size, '-');
	assert.equal(running.cost?.hourly.kind, 'free');
	const pid = Number(running.meta?.pid);
	assert.equal(local.context.processes.commandOf(pid), 'sleep');

	const target = await local.target('web-1');
	assert.equal((await provider.start!(target, call)).status, 'skipped');
	assert.equal((await provider.stop!(target, call)).status, 'stopped');
	assert.equal(local.context.processes.read(pid), undefined);
	const stopped = await local.get('web-1');
	assert.equal(stopped.status, 'stopped');
	assert.equal(stopped.disabled?.stop, 'it is not running');
	assert.equal((await provider.stop!(target, call)).status, 'skipped');

	assert.equal((await provider.start!(target, call)).status, 'started');
	assert.equal((await provider.hibernate!(target, call)).status, 'stopped');
	assert.equal((await local.get('web-1')).status, 'hibernated');
	assert.equal((await provider.hibernate!(target, call)).status, 'skipped');
	assert.equal((await provider.resume!(target, call)).status, 'started');
	assert.equal((await local.get('web-1')).status, 'running');

	const before = (await local.get('web-1')).meta?.pid;
	assert.equal((await provider.restart!(target, call)).status, 'started');
	assert.notEqual((await local.get('web-1')).meta?.pid, before);

	const directory = String(running.meta?.files);
	assert.equal((await provider.destroy!(target, call)).status, 'deleted');
	assert.equal(existsSync(directory), false);
	assert.deepEqual(await local.list(), []);
	assert.deepEqual(processesOf(local.context.root), []);
	assert.equal((await provider.destroy!(target, call)).status, 'not_found');
	assert.equal(await provider.get(target, call), null);
});

test('a workstation with a port is ready when the port answers, and tells its stages', async () => {
	await using local = localForTest();
	const port = await freePort();
	const result = await local.deploy('web-1', {template: 'node-http', port, memoryMb: 256});
	assert.equal(result.status, 'created');
	const resource = await local.get('web-1');
	assert.equal(resource.status, 'running');
	assert.deepEqual(resource.endpoints, [{label: 'port', address: `http://localhost:${port}`, isReachable: true}]);
	assert.deepEqual(local.progress, ['creating directory', 'starting', `waiting for port ${port}`]);
	const answer = await fetch(`http://127.0.0.1:${port}/../workstation.json`);
	assert.equal(answer.status, 404);
	await answer.text();
});

test('a workstation with a health path is ready when the path answers with success, not when the port does', async () => {
	await using local = localForTest();
	const port = await freePort();
	const server = `let ready = false; require('http').createServer((q, r) => { r.statusCode = ready ? 200 : 503; if (q.url === '/ready') ready = true; r.end(); }).listen(${port}, '127.0.0.1')`;
	const deploying = local.deploy('api', {command: `exec ${process.execPath} -e "${server}"`, port, healthPath: '/health'});
	const waiting = await local.until('api', ({endpoints}) => endpoints?.[0]?.isReachable === true);
	assert.equal(waiting.status, 'creating');
	assert.equal(waiting.statusReason, `waiting for port ${port}/health`);
	await fetch(`http://127.0.0.1:${port}/ready`).then(async answer => answer.text());
	assert.equal((await deploying).status, 'created');
	assert.equal((await local.get('api')).status, 'running');
});

test('a health path without a port is refused, and so is a name that is a path', async () => {
	await using local = localForTest();
	await assert.rejects(local.deploy('api', {command: 'sleep 1', healthPath: '/health'}), {message: /needs a port/});
	await assert.rejects(local.deploy('../api', {command: 'sleep 1'}), {message: /cannot be a name/});
	assert.deepEqual(await local.list(), []);
});

test('a workstation whose port is silent is creating, and after the time for it running with the reason', async () => {
	await using local = localForTest({readySeconds: 1});
	const port = await freePort();
	const deploying = local.deploy('slow', {command: 'exec sleep 300', port});
	await local.until('slow', ({status, rawStatus}) => status === 'creating' && rawStatus === 'starting');
	assert.equal((await deploying).status, 'created');
	const resource = await local.get('slow');
	assert.equal(resource.status, 'running');
	assert.equal(resource.statusReason, `nothing answers on port ${port}`);
	assert.equal(resource.endpoints?.[0]?.isReachable, false);
});

// A machine with much to do needs longer to end at once; the wait ends when it has.
function patientLocal() {
	const local = localForTest();
	Object.assign(local.context, {earlyEndMs: 30_000});
	return local;
}

test('a workstation that ends at once is failed and shows its last lines', async () => {
	await using local = patientLocal();
	const result = await local.deploy('bad', {command: 'echo starting; echo "cannot open database" >&2; exit 3'});
	assert.equal(result.status, 'failed');
	const resource = await local.get('bad');
	assert.equal(resource.status, 'failed');
	assert.equal(resource.rawStatus, 'exit 3');
	assert.equal(resource.statusReason, 'it ended by itself (exit status 3) · starting · cannot open database');
});

test('a program that ends by itself without an error is stopped, one that is killed says by what', async () => {
	await using local = localForTest();
	await local.deploy('done', {command: 'exit 0'});
	const done = await local.until('done', ({status}) => status === 'stopped');
	assert.equal(done.statusReason, 'it ended by itself (exit status 0)');
	await local.deploy('victim', {command: 'exec sleep 300'});
	process.kill(Number((await local.get('victim')).meta?.pid), 'SIGKILL');
	const resource = await local.until('victim', ({status}) => status === 'failed');
	assert.equal(resource.statusReason, 'it ended by itself (killed by SIGKILL)');
});

test('one that ignores TERM is killed with its whole group after the grace, and the answer says so', async () => {
	await using local = localForTest({stopGraceSeconds: 0.3});
	await local.deploy('stubborn', {command: `trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & while :; do sleep 1; done`});
	const result = await local.provider.stop!(await local.target('stubborn'), local.call);
	assert.equal(result.status, 'stopped');
	assert.equal(result.message, 'it did not end on TERM within 0.3 s and was killed');
	assert.deepEqual(processesOf(local.context.root), []);
	assert.equal((await local.get('stubborn')).statusReason, 'it did not end on TERM within 0.3 s and was killed');
});

test('processes that leave the group and the session are found and ended too', async () => {
	await using local = localForTest();
	await local.deploy('forker', {command: '(setsid sleep 301 >/dev/null 2>&1 &) ; sleep 302 & exit 0'});
	const resource = await local.get('forker');
	assert.equal(resource.status, 'running');
	assert.equal(resource.rawStatus, 'detached');
	assert.equal(resource.statusReason, 'its first process ended (exit status 0), 2 processes it started still run');
	assert.equal((await local.provider.stop!(await local.target('forker'), local.call)).status, 'stopped');
	assert.deepEqual(processesOf(local.context.root), []);
	assert.equal((await local.get('forker')).status, 'stopped');
});

test('the same token gives the same workstation, from another process and at the same moment too', async () => {
	await using local = localForTest();
	const other = local.another();
	const results = await Promise.all([
		local.deploy('web-1', {command: 'exec sleep 300'}, 'token'),
		other.deploy('web-1', {command: 'exec sleep 300'}, 'token'),
	]);
	const again = await other.deploy('web-1', {command: 'exec sleep 300'}, 'token');
	assert.equal(new Set([...results, again].map(({id}) => id)).size, 1);
	assert.equal((await local.list()).length, 1);
});

test('of two deploys with one name exactly one wins', async () => {
	await using local = localForTest();
	const other = local.another();
	const results = await Promise.allSettled([
		local.deploy('web-1', {command: 'exec sleep 300'}, 'one'),
		other.deploy('web-1', {command: 'exec sleep 300'}, 'two'),
	]);
	assert.deepEqual(results.map(({status}) => status).toSorted(), ['fulfilled', 'rejected']);
	const {reason} = results.find(result => result.status === 'rejected') as {reason: {failure: {code: string}}};
	assert.equal(reason.failure.code, 'CWS_NAME_TAKEN');
	assert.equal((await local.list()).length, 1);
});

test('what cannot be created leaves nothing behind', async () => {
	await using local = localForTest();
	const code = async (fields: Readonly<Record<string, unknown>>) => {
		try {
			await local.deploy('web-1', fields);
			return 'created';
		} catch (error) {
			return (error as {failure: {code: string}}).failure.code;
		}
	};
	assert.equal(await code({command: 'no-such-program --flag'}), 'CWS_COMMAND_NOT_FOUND');
	assert.equal(await code({command: 'A=1 exec /no/such/program'}), 'CWS_COMMAND_NOT_FOUND');
	assert.equal(await code({command: 'echo "unfinished'}), 'CWS_INVALID_INPUT');
	assert.equal(await code({command: 'sleep 1', cwd: '/no/such/directory'}), 'CWS_INVALID_INPUT');
	assert.equal(await code({command: 'sleep 1', port: 70_000}), 'CWS_INVALID_INPUT');
	assert.equal(await code({template: 'none'}), 'CWS_INVALID_INPUT');
	assert.deepEqual(readdirSync(local.context.root), []);
	assert.deepEqual(processesOf(local.context.root), []);
});

test('a taken port is refused at the plan and at the deploy, and its holder is named', async () => {
	await using local = localForTest();
	const port = await freePort();
	await local.deploy('web-1', {template: 'node-http', port});
	const refused = {failure: {code: 'CWS_PORT_TAKEN'}};
	const spec = {type: 'vm', name: 'web-2', fields: {command: 'exec sleep 300', port}, token: 'x'};
	await assert.rejects(local.provider.plan('local', spec, local.call), error => {
		assert.match((error as {failure: {cause: string}}).failure.cause, /^`node[^`]*` \(pid \d+\) listens there$/);
		return true;
	});
	await assert.rejects(local.provider.deploy!('local', spec, local.call), ({failure}: typeof refused) => failure.code === 'CWS_PORT_TAKEN');
	assert.equal((await local.list()).length, 1);
});

test('a deploy cancelled before the start leaves nothing behind, one that waits for its port leaves the workstation', async () => {
	await using local = localForTest();
	const deployUntil = async (stage: string) => {
		const abort = new AbortController();
		const spec = {type: 'vm', name: 'slow', fields: {command: 'exec sleep 300', port: await freePort()}, token: 'x'};
		const progress: CallContext['progress'] = ({message}) => {
			if (message?.startsWith(stage) === true) {
				abort.abort();
			}
		};
		await assert.rejects(local.provider.deploy!('local', spec, {signal: abort.signal, progress}), {name: 'AbortError'});
	};
	await deployUntil('starting');
	assert.deepEqual(await local.list(), []);
	assert.deepEqual(processesOf(local.context.root), []);
	await deployUntil('waiting');
	assert.equal((await local.get('slow')).status, 'creating');
	assert.equal((await local.provider.destroy!(await local.target('slow'), local.call)).status, 'deleted');
});

test('a name that is a path never reaches the disk', async () => {
	await using local = localForTest();
	for (const name of ['../web', 'a/b', '', 'UPPER', '.hidden']) {
		await assert.rejects(local.deploy(name), ({failure}: {failure: {code: string}}) => failure.code === 'CWS_INVALID_NAME');
	}

	const target = {provider: 'local', type: 'vm', id: '../../etc', name: 'etc'};
	assert.equal((await local.provider.destroy!(target, local.call)).status, 'not_found');
	assert.deepEqual(readdirSync(local.context.root), []);
});
