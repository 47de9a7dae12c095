import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {createState} from '../../state.ts';
import {call, collect, defaultConfig, dockerForTest, emptyWorld, quiet} from '../docker-for-test.ts';
import {createProvider} from '../../provider.ts';

/** An `ssh` of the test's own in front of all others. */
function replaceSsh(home: string, script: string): Disposable {
	const bin = join(home, 'bin');
	mkdirSync(bin);
	writeFileSync(join(bin, 'ssh'), script, {mode: 0o755});
	const before = process.env['PATH'];
	process.env['PATH'] = `${bin}:${before}`;
	return {
		[Symbol.dispose]() {
			process.env['PATH'] = before;
		},
	};
}

const listOver = async (home: string, url: string) => {
	const state = createState({config: {...defaultConfig, hosts: {far: {url}}}, world: emptyWorld(home), log: quiet});
	try {
		return await collect(createProvider(() => state).list({provider: 'docker', type: 'image'}, call()));
	} finally {
		await state.endpoints.close();
	}
};

test('an engine behind ssh is spoken to through the command of the Docker there', async () => {
	await using docker = await dockerForTest(['main']);
	const socket = docker.engines[0]!.url.replace('unix://', '');
	const bridge = `const s=require('net').connect(${JSON.stringify(socket)});process.stdin.pipe(s).pipe(process.stdout)`;
	writeFileSync(join(docker.home, 'bridge.cjs'), bridge);
	using _ssh = replaceSsh(
		docker.home,
		`#!/bin/sh\nprintf '%s\\n' "$@" >${docker.home}/arguments\nexec '${process.execPath}' ${docker.home}/bridge.cjs\n`,
	);
	const [page] = await listOver(docker.home, 'ssh://me@far:2222/run/my podman.sock'.replace(' ', '%20'));
	assert.equal(page?.resources.length, 2);
	const words = readFileSync(join(docker.home, 'arguments'), 'utf8').trim().split('\n');
	assert.deepEqual(words.slice(words.indexOf('-l')), [
		'-l',
		'me',
		'-p',
		'2222',
		'--',
		'far',
		'docker',
		'--host',
		`'unix:///run/my podman.sock'`,
		'system',
		'dial-stdio',
	]);
	assert.ok(words.includes('BatchMode=yes'));
});

test('what ssh says becomes a failure with what to do', async () => {
	const failing = async (text: string, status: number) => {
		await using docker = await dockerForTest([]);
		using _ssh = replaceSsh(docker.home, `#!/bin/sh\nprintf '%s\\n' '${text}' >&2\nexit ${status}\n`);
		try {
			await listOver(docker.home, 'ssh://far');
		} catch (error) {
			assert.ok(error instanceof FailureError, String(error));
			return error.failure;
		}

		throw new assert.AssertionError({message: 'it did not fail'});
	};

	const denied = await failing('me@far: Permission denied (publickey).', 255);
	assert.deepEqual([denied.code, denied.cause], ['CWS_NEEDS_LOGIN', 'me@far: Permission denied (publickey).']);
	assert.match(denied.fix ?? '', /ssh far/);
	const unknown = await failing('Host key verification failed.', 255);
	assert.equal(unknown.code, 'CWS_NEEDS_LOGIN');
	const absent = await failing('sh: 1: docker: not found', 127);
	assert.match(absent.cause ?? '', /no `docker` command/);
	const lost = await failing('ssh: connect to host far port 22: Connection refused', 255);
	assert.deepEqual([lost.code, lost.cause], ['CWS_PROVIDER_UNAVAILABLE', 'ssh: connect to host far port 22: Connection refused']);
});
