import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {type AddressInfo, createServer as createSocketServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {suite, test, type TestContext} from 'node:test';
import {startPlugin} from '../../../test/plugins/plugin-under-test.ts';
import {ask} from '../client/http.ts';

const listens = async (server: {listen: (port: number, host: string, done: () => void) => unknown; address: () => unknown}) => {
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

function folder(t: TestContext): string {
	const directory = mkdtempSync(join(tmpdir(), 'cws-half-dead-'));
	t.after(() => {
		rmSync(directory, {recursive: true, force: true});
	});
	return directory;
}

/** A directory with a `squeue` that is this script. */
function squeue(t: TestContext, script: string): string {
	const bin = folder(t);
	writeFileSync(join(bin, 'squeue'), `#!/bin/sh\n${script}\n`);
	chmodSync(join(bin, 'squeue'), 0o755);
	return bin;
}

suite('a cluster that is half dead', {concurrency: false}, () => {
	test('a server that takes a question and says nothing, or stops in the middle, is given up after its time', async t => {
		const held = new Set<Socket>();
		for (const head of ['', 'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"jobs": [{"job_id": 1']) {
			const server = createSocketServer(socket => {
				held.add(socket);
				socket.on('error', () => undefined).on('data', () => socket.write(head));
			});
			const base = await listens(server);
			t.after(() => {
				for (const socket of held) {
					socket.destroy();
				}

				server.close();
			});
			const question = {base, path: '/slurm/v0.0.40/jobs', timeoutMs: 300};
			await assert.rejects(ask({...question, signal: new AbortController().signal}), /ETIMEDOUT after 0\.3 s/);
			const cancel = new AbortController();
			const asked = ask({...question, timeoutMs: 60_000, signal: cancel.signal});
			cancel.abort();
			await assert.rejects(asked, {name: 'AbortError'});
		}
	});

	test('a server that breaks off is away, says so, and is asked again', async t => {
		const directory = folder(t);
		const tokenFile = join(directory, 'token');
		writeFileSync(tokenFile, 'a.b.c');
		let isWell = false;
		const server = createServer((request, response) => {
			if (request.url?.endsWith('/ping') === true) {
				response.end(JSON.stringify({pings: [{responding: true}]}));
			} else if (isWell) {
				response.end(JSON.stringify({jobs: [{job_id: 3, job_state: ['RUNNING'], name: 'here'}], errors: []}));
			} else {
				response.writeHead(200, {'content-length': '1000'});
				response.write('{"jobs": [{"job_id": 1, "job_state": ["RUNNING"]}, ', () => response.destroy());
			}
		});
		const url = await listens(server);
		t.after(() => {
			server.closeAllConnections();
			server.close();
		});
		await using plugin = await startPlugin('slurm', {discover: false, jobs: 'all', querySeconds: 1, clusters: {rest: {url, tokenFile}}});
		await assert.rejects(plugin.list('slurm', 'job'), /CWS_PROVIDER_UNAVAILABLE/, 'half a list is none');
		const health = await plugin.host.checkHealth('slurm');
		assert.ok(health.ok, JSON.stringify(health));
		isWell = true;
		for (const deadline = Date.now() + 30_000; ;) {
			const pages = await plugin.list('slurm', 'job').catch(() => undefined);
			if (pages !== undefined) {
				assert.deepEqual(
					pages.flatMap(({resources}) => resources.map(({name}) => name)),
					['here'],
				);
				break;
			}

			assert.ok(Date.now() < deadline, 'it never came back');
			await new Promise(resolve => {
				setTimeout(resolve, 100);
			});
		}
	});

	test('a command that dies in the middle of its list is told, and what it said before is no list', async t => {
		const bin = squeue(t, `printf '{"jobs": [{"job_id": 1, "job_state": "RUNNING"}'; kill -9 $$`);
		await using plugin = await startPlugin('slurm', {discover: false, clusters: {lab: {bin}}});
		await assert.rejects(plugin.list('slurm', 'job'), /was ended by SIGKILL/);
	});

	test('a command that hangs ends with who waited for it', async t => {
		const marks = folder(t);
		const bin = squeue(t, `echo $$ > ${marks}/pid; printf '{"jobs": ['; exec sleep 1000`);
		await using plugin = await startPlugin('slurm', {discover: false, clusters: {lab: {bin}}});
		const cancel = new AbortController();
		const listing = (async () => {
			const answers: unknown[] = [];
			for await (const chunk of plugin.host.stream({
				plugin: 'slurm',
				method: 'provider.list',
				args: [{provider: 'slurm', type: 'job'}],
				signal: cancel.signal,
			})) {
				answers.push(chunk);
			}

			return answers;
		})();
		const until = async (isDone: () => boolean) => {
			for (const deadline = Date.now() + 30_000; !isDone();) {
				assert.ok(Date.now() < deadline, 'it never came to it');
				await new Promise(resolve => {
					setTimeout(resolve, 20);
				});
			}
		};

		await until(() => existsSync(join(marks, 'pid')) && readFileSync(join(marks, 'pid'), 'utf8').endsWith('\n'));
		const pid = Number(readFileSync(join(marks, 'pid'), 'utf8'));
		cancel.abort();
		await listing;
		await until(() => !isRunning(pid));
	});
});

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
