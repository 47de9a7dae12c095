import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type EngineHarness} from './engine-harness.ts';

/** A container from deploy to destroy, and what does not become one. */
export function lifecycleTests(harness: EngineHarness): void {
	const {cli, backend, spec, deploy, act, get, state, inspect, engine, makesFolders} = harness;

	test('its health names the engine, its version and how long it takes', async () => {
		const health = await harness.running.host.checkHealth('docker');
		assert.ok(health.ok && health.value.status === 'pass', JSON.stringify(health));
		assert.match(health.value.output ?? '', engine);
	});

	test('a container lives from deploy to destroy, and the command of the engine agrees at each step', async () => {
		const target = await deploy('journey-1', `sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done'`, {
			env: {GREETING: 'hello there', 'ODD.NAME': '='},
			mounts: ['journey-data:/data', '/tmp:/host:ro', 'tmpfs:/scratch'],
			memoryMb: 64,
			cpus: 0.5,
			restart: 'on-failure',
			user: '0:0',
			directory: '/work',
			healthCommand: 'true',
			healthSeconds: 1,
		});
		const {id} = target;
		assert.equal(await state(id), 'running');
		assert.equal((await get(target))?.status, 'running');
		assert.match((await get(target))?.rawStatus ?? '', /^Up /);
		const environment = await inspect(id, '{{json .Config.Env}}');
		assert.ok(environment.includes('"GREETING=hello there"') && environment.includes('"ODD.NAME=="'), environment);
		assert.equal(await inspect(id, '{{.HostConfig.Memory}}'), String(64 * 1_048_576));
		assert.equal(await inspect(id, '{{.HostConfig.RestartPolicy.Name}}'), 'on-failure');
		assert.equal(await cli('exec', id, 'pwd'), '/work');
		assert.match(await cli('exec', id, 'cat', '/proc/mounts'), / \/data .*\n[^]* \/scratch tmpfs | \/scratch tmpfs [^]* \/data /);
		await assert.rejects(cli('exec', id, 'touch', '/host/not-allowed'), /Read-only file system/);

		assert.equal(await act('hibernate', target), 'stopped');
		assert.equal(await state(id), 'paused');
		assert.equal((await get(target))?.status, 'hibernated');
		assert.equal(await act('resume', target), 'started');
		assert.equal(await state(id), 'running');

		const before = await inspect(id, '{{.State.StartedAt}}');
		assert.equal(await act('restart', target), 'started');
		assert.notEqual(await inspect(id, '{{.State.StartedAt}}'), before);

		assert.equal(await act('stop', target), 'stopped');
		assert.equal(await state(id), 'exited');
		assert.equal((await get(target))?.status, 'stopped');
		assert.equal(await act('stop', target), 'skipped');
		assert.equal(await act('start', target), 'started');
		assert.equal(await act('start', target), 'skipped');
		assert.equal(await state(id), 'running');

		assert.equal(await act('hibernate', target), 'stopped');
		assert.equal(await act('destroy', target), 'deleted', 'also while it is paused');
		await assert.rejects(cli('inspect', id));
		assert.equal(await get(target), null);
		assert.equal(await act('destroy', target), 'not_found');
		assert.equal(await cli('volume', 'inspect', '--format', '{{.Name}}', 'journey-data'), 'journey-data', 'a named volume stays');
		await cli('volume', 'rm', 'journey-data');
	});

	test('the same request at the same time makes one container; another request finds the name taken', async () => {
		const input = ['docker', spec('twice-1', 'sleep 100')] as const;
		let made = '';
		// Several times: which of the three is in which step when another one comes is different each time.
		for (let round = 0; round < 5; round++) {
			if (made !== '') {
				await cli('rm', '-f', made);
			}

			const answers = await Promise.all([1, 2, 3].map(async () => harness.running.call<OperationResult>('provider.deploy', input)));
			const ids = answers.map(answer => (answer.ok ? (answer.value.id ?? '') : JSON.stringify(answer.error)));
			assert.equal(new Set(ids).size, 1, ids.join(' '));
			made = ids[0]!;
			assert.equal(await cli('ps', '-q', '--no-trunc', '--filter', 'name=twice-1'), made);
		}

		const other = await harness.running.call('provider.deploy', ['docker', {...spec('twice-1', 'sleep 100'), token: 'another'}]);
		assert.ok(!other.ok && other.error.code === 'CWS_NAME_TAKEN', JSON.stringify(other));
		await cli('rm', '-f', made);
	});

	test('what cannot start leaves nothing behind and says why', async () => {
		const noProgram = await harness.running.call('provider.deploy', ['docker', spec('broken-1', 'no-such-program')]);
		assert.ok(!noProgram.ok && noProgram.error.code === 'CWS_COMMAND_NOT_FOUND', JSON.stringify(noProgram));
		const noImage = await harness.running.call('provider.deploy', ['docker', spec('broken-2', 'true', {image: '127.0.0.1:9/none:1'})]);
		assert.ok(!noImage.ok && noImage.error.code.startsWith('CWS_PROVIDER'), JSON.stringify(noImage));
		assert.equal(await cli('ps', '-aq', '--filter', 'name=broken-'), '');
	});

	test('a folder that is not there is refused where the engine does not make it', {skip: makesFolders && 'it makes them'}, async () => {
		const noFolder = await harness.running.call('provider.deploy', [
			'docker',
			spec('broken-3', 'true', {mounts: [`${backend.directory}/no/such/folder:/x`]}),
		]);
		assert.ok(!noFolder.ok && /no\/such\/folder/.test(noFolder.error.cause ?? ''), JSON.stringify(noFolder));
		assert.equal(await cli('ps', '-aq', '--filter', 'name=broken-'), '');
	});

	test('a program that fails is told as failed, one that was stopped is not', async () => {
		const failing = await deploy('ends-1', `sh -c 'sleep 0.5; exit 3'`);
		const stubborn = await deploy('ends-2', `sh -c 'trap "exit 9" TERM; while :; do sleep 0.1; done'`);
		await cli('wait', failing.id);
		assert.equal(await act('stop', stubborn), 'stopped');
		const [failed, stopped] = [await get(failing), await get(stubborn)];
		assert.deepEqual([failed?.status, failed?.statusReason], ['failed', 'it ended with 3']);
		assert.match(failed?.rawStatus ?? '', /^Exited \(3\)/);
		assert.equal(stopped?.status, 'stopped', JSON.stringify(stopped));
		await Promise.all([failing, stubborn].map(async target => act('destroy', target)));
	});
}
