import assert from 'node:assert/strict';
import {after, before, test, type TestContext} from 'node:test';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type LogLine} from '../../../source/core/plugin.ts';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {type ListPage, type ResourceTarget} from '../../../source/sdk/provider.ts';
import {type PluginUnderTest, startPlugin} from '../../plugins/plugin-under-test.ts';
import {type Backend} from './start-backend.ts';
import {followChanges} from './follow-changes.ts';
import {openSession} from './open-session.ts';

export type EngineUnderTest = {
	readonly backend: Backend;
	/** The command of the engine, which looks at everything from the other side. */
	readonly cli: (...args: readonly string[]) => Promise<string>;
	/** The process that answers the API. */
	readonly daemon: string;
	/** As its health says it. */
	readonly engine: RegExp;
	/** Whether its containers end with it. */
	readonly containersDie: boolean;
	/** Whether it makes folders of its machine that a mount names and that are not there. */
	readonly makesFolders: boolean;
};

const many = 200;

/** What both engines have to do, with their own command agreeing at each step. */
export function engineSuite({backend, cli, daemon, engine, containersDie, makesFolders}: EngineUnderTest): void {
	const url = backend.env['DOCKER_HOST']!;
	const image = backend.env['CWS_DOCKER_IMAGE']!;
	let running: PluginUnderTest;
	before(async () => {
		running = await startPlugin('docker', {discover: false, hosts: {main: {url}}, stopGraceSeconds: 2, statsSeconds: 1});
	});
	after(async () => running[Symbol.asyncDispose]());

	const spec = (name: string, command: string, more: object = {}) => ({
		type: 'container',
		name,
		fields: {image, command, network: 'none', ...more},
		token: `token-of-${name}`,
	});
	const deploy = async (name: string, command: string, more: object = {}): Promise<ResourceTarget> => {
		const {id} = await running.value<OperationResult>('provider.deploy', ['docker', spec(name, command, more)]);
		return {provider: 'docker', type: 'container', id: id!, name, account: 'main'};
	};

	const act = async (action: string, target: ResourceTarget) =>
		(await running.value<OperationResult>(`provider.${action}`, [target])).status;
	const get = async (target: ResourceTarget) => running.value<ProviderResource | null>('provider.get', [target]);
	const rows = async (type = 'container') => (await running.list('docker', type)).flatMap(({resources}) => resources);
	const inspect = async (id: string, format: string) => cli('inspect', '--format', format, id);
	const state = async (id: string) => inspect(id, '{{.State.Status}}');

	test('its health names the engine, its version and how long it takes', async () => {
		const health = await running.host.checkHealth('docker');
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
		const answers = await Promise.all([1, 2, 3].map(async () => running.call<OperationResult>('provider.deploy', input)));
		const ids = answers.map(answer => (answer.ok ? answer.value.id : JSON.stringify(answer.error)));
		assert.equal(new Set(ids).size, 1, ids.join(' '));
		assert.equal(await cli('ps', '-aq', '--no-trunc', '--filter', 'name=twice-1'), ids[0]);
		const other = await running.call('provider.deploy', ['docker', {...spec('twice-1', 'sleep 100'), token: 'another'}]);
		assert.ok(!other.ok && other.error.code === 'CWS_NAME_TAKEN', JSON.stringify(other));
		await cli('rm', '-f', ids[0]!);
	});

	test('what cannot start leaves nothing behind and says why', async () => {
		const noProgram = await running.call('provider.deploy', ['docker', spec('broken-1', 'no-such-program')]);
		assert.ok(!noProgram.ok && noProgram.error.code === 'CWS_COMMAND_NOT_FOUND', JSON.stringify(noProgram));
		const noImage = await running.call('provider.deploy', ['docker', spec('broken-2', 'true', {image: '127.0.0.1:9/none:1'})]);
		assert.ok(!noImage.ok && noImage.error.code.startsWith('CWS_PROVIDER'), JSON.stringify(noImage));
		assert.equal(await cli('ps', '-aq', '--filter', 'name=broken-'), '');
	});

	test('a folder that is not there is refused where the engine does not make it', {skip: makesFolders && 'it makes them'}, async () => {
		const noFolder = await running.call('provider.deploy', [
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

	test('both outputs of a log come apart, each line with its time, and a follow goes on across a restart', async () => {
		const target = await deploy('talks-1', `sh -c 'echo one; echo two >&2; echo déjà vu; sleep 100'`);
		const read = async (tail: number) => {
			const lines: LogLine[] = [];
			for await (const chunk of running.host.stream<LogLine>({
				plugin: 'docker',
				method: 'provider.logs',
				args: [target, {follow: false, tail}],
			})) {
				assert.ok(chunk.ok, JSON.stringify(chunk));
				lines.push(...chunk.value);
			}

			return lines;
		};

		const lines = await until(
			async () => read(10),
			lines => lines.length === 3,
		);
		assert.deepEqual(lines.map(({stream, text}) => `${stream} ${text}`).toSorted(), ['stderr two', 'stdout déjà vu', 'stdout one']);
		assert.ok(lines.every(({at}) => at !== undefined && Math.abs(at - Date.now()) < 120_000));
		assert.equal((await read(1)).length, 1);

		const cancel = new AbortController();
		const seen: string[] = [];
		const following = (async () => {
			for await (const chunk of running.host.stream<LogLine>({
				plugin: 'docker',
				method: 'provider.logs',
				args: [target, {follow: true, tail: 10}],
				signal: cancel.signal,
			})) {
				seen.push(...(chunk.ok ? chunk.value.map(({text}) => text) : []));
			}
		})();
		await until(
			async () => seen.length,
			count => count >= 3,
		);
		await cli('restart', '-t', '0', target.id);
		await until(
			async () => seen.filter(text => text === 'one').length,
			count => count === 2,
		);
		cancel.abort();
		await following;
		assert.equal(seen.filter(text => text === 'one').length, 2, seen.join('\n'));
		await act('destroy', target);
	});

	test('a terminal opens inside, follows its size and gives the exit code; a pipe is carried byte by byte', async () => {
		const target = await deploy('shell-1', 'sleep 100');
		assert.equal((await running.value<{kind: string}>('provider.connect', [target, {}])).kind, 'stream');
		await using terminal = openSession(running, target, {columns: 100, rows: 30});
		await terminal.until(/# /);
		terminal.send({data: 'stty size; tty\n'});
		await terminal.until(/30 100\r\n\/dev\/pts/);
		terminal.send({columns: 132, rows: 43});
		await until(
			async () => {
				terminal.send({data: 'stty size\n'});
				return terminal.text();
			},
			text => text.includes('43 132'),
		);
		terminal.send({data: 'exit 7\n'});
		assert.equal(await terminal.exitCode(), 7);

		await using pipe = openSession(running, target, {
			columns: 80,
			rows: 24,
			isTerminal: false,
			command: ['sh', '-c', 'cat; echo end >&2; exit 5'],
		});
		const bytes = Array.from({length: 20_000}, (_, index) => `line ${index} déjà vu\n`).join('');
		pipe.send({data: bytes});
		pipe.end();
		assert.equal(await pipe.exitCode(), 5);
		// The two outputs keep no order between them.
		assert.equal(pipe.text().replace('end\n', ''), bytes);
		assert.equal(pipe.text().length, bytes.length + 4);
		await act('hibernate', target);
		const paused = await running.call('provider.connect', [target, {}]);
		assert.ok(!paused.ok && paused.error.code === 'CWS_INVALID_STATE', JSON.stringify(paused));
		await act('destroy', target);
	});

	test('its figures are those of the engine', async () => {
		const target = await deploy('busy-1', `sh -c 'while :; do :; done'`, {memoryMb: 32});
		const metrics = await until(
			async () => running.value<{cpuPercent?: number; memoryBytes?: number; memoryTotalBytes?: number}>('provider.metrics', [target]),
			({cpuPercent = 0}) => cpuPercent > 10,
		);
		assert.equal(metrics.memoryTotalBytes, 32 * 1_048_576);
		assert.ok((metrics.cpuPercent ?? 0) < 400 && (metrics.memoryBytes ?? 0) < 32 * 1_048_576, JSON.stringify(metrics));
		await act('destroy', target);
	});

	test('what happens elsewhere is pushed: a container, a volume, an image', async t => {
		await using changes = followChanges(running);
		await changes.until(known => known.has(`image ${shortName(image)}`));
		const told = changes.until(known => known.get('container elsewhere-1')?.status === 'running').then(() => Date.now());
		const id = await cli('run', '-d', '--stop-timeout', '0', '--name', 'elsewhere-1', '--network', 'none', image, 'sleep', '100');
		const delay = (await told) - Date.parse(await inspect(id, '{{json .State.StartedAt}}').then(text => JSON.parse(text) as string));
		t.diagnostic(`a container that was started elsewhere was told ${delay} ms after it had started`);
		await changes.until(known => known.get('container elsewhere-1')?.metrics?.memoryBytes !== undefined);
		await cli('rename', 'elsewhere-1', 'elsewhere-2');
		await changes.until(known => known.has('container elsewhere-2'));
		await cli('pause', 'elsewhere-2');
		await changes.until(known => known.get('container elsewhere-2')?.status === 'hibernated');
		await cli('unpause', 'elsewhere-2');
		await cli('rm', '-f', 'elsewhere-2');
		await changes.until(known => !known.has('container elsewhere-2'));
		await cli('volume', 'create', 'elsewhere');
		await changes.until(known => known.get('volume elsewhere')?.rawStatus === 'unused');
		await cli('volume', 'rm', 'elsewhere');
		await changes.until(known => !known.has('volume elsewhere'));
		await cli('tag', image, 'elsewhere:2');
		await cli('rmi', 'elsewhere:2');
	});

	test('volumes are made, found in use and removed', async () => {
		const made = await running.value<OperationResult>('provider.deploy', [
			'docker',
			{type: 'volume', name: 'vault', fields: {}, tags: {team: 'blue'}, token: 'vault'},
		]);
		const again = await running.value<OperationResult>('provider.deploy', [
			'docker',
			{type: 'volume', name: 'vault', fields: {}, token: 'vault'},
		]);
		assert.equal(again.id, made.id);
		const other = await running.call('provider.deploy', ['docker', {type: 'volume', name: 'vault', fields: {}, token: 'x'}]);
		assert.ok(!other.ok && other.error.code === 'CWS_NAME_TAKEN');
		assert.equal(await cli('volume', 'inspect', '--format', '{{.Labels.team}}', 'vault'), 'blue');
		const user = await deploy('uses-vault', 'sleep 100', {mounts: ['vault:/v']});
		const target = {provider: 'docker', type: 'volume', id: 'vault', name: 'vault'};
		const row = await get(target);
		assert.deepEqual([row?.rawStatus, row?.attachedTo], ['in use', user.id]);
		const refused = await running.call('provider.destroy', [target]);
		assert.ok(!refused.ok && refused.error.code === 'CWS_INVALID_STATE', JSON.stringify(refused));
		await act('destroy', user);
		assert.equal(await act('destroy', target), 'deleted');
		assert.equal(await act('destroy', target), 'not_found');
		await assert.rejects(cli('volume', 'inspect', 'vault'));
	});

	test('an image is found by its name and removed with all its names', async () => {
		await cli('tag', image, 'spare:1');
		const row = (await rows('image')).find(({meta}) => JSON.stringify(meta).includes('spare:1'));
		assert.ok(row !== undefined);
		assert.match(row.size ?? '', /MB$/);
		await cli('rmi', 'spare:1');
	});

	test('what others wrote into labels, commands and environments reaches nobody as it is', async () => {
		const evil = '\u001B[31mred\u0007\u202Eback';
		const id = await cli(
			'create',
			'--name',
			'hostile-1',
			'--network',
			'none',
			'--label',
			`evil=${evil}`,
			'--label',
			'__proto__=x',
			image,
			'echo',
			evil,
		);
		const row = (await rows()).find(row => row.id === id);
		assert.ok(row !== undefined);
		// oxlint-disable-next-line no-control-regex
		assert.doesNotMatch(JSON.stringify(row), /\\u00(?:0|1)|\\u202|\u202E|\u001B/);
		assert.equal(Object.getPrototypeOf(row.tags), Object.prototype);
		await cli('rm', id);
	});

	test(`${many} containers are listed in full`, async (t: TestContext) => {
		await createMany(running, url, image);
		const ours: ListPage[] = [];
		const begin = performance.now();
		ours.push(...(await running.list('docker', 'container')));
		const between = performance.now();
		const theirs = (await cli('ps', '-a', '--format', '{{.Names}}')).split('\n');
		const end = performance.now();
		const names = ours.flatMap(({resources}) => resources.map(({name}) => name));
		assert.deepEqual(names.toSorted(), theirs.toSorted());
		assert.ok(names.length >= many);
		t.diagnostic(
			`${names.length} containers: the plugin ${Math.round(between - begin)} ms, the engine's command ${Math.round(end - between)} ms`,
		);
		await cli('rm', '-f', ...theirs.filter(name => name.startsWith('many-')));
	});

	test('an engine that is killed in the middle is told, and comes back by itself', async () => {
		const stubborn = await deploy('stubborn-1', `sh -c 'trap "" TERM; while :; do sleep 0.1; done'`);
		await using changes = followChanges(running);
		await changes.until(known => known.has('container stubborn-1'));
		const stopping = running.call('provider.stop', [stubborn]);
		await until(
			async () => changes.log.length,
			() => true,
		);
		backend.kill(daemon);
		const stopped = await stopping;
		assert.ok(!stopped.ok && stopped.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(stopped));
		assert.equal(stopped.error.retryable, true);
		const listed = await running.host.call({plugin: 'docker', method: 'provider.get', args: [stubborn]});
		assert.ok(!listed.ok && listed.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(listed));
		assert.match(`${listed.error.cause} ${listed.error.fix}`, /nothing listens on its socket|closed the connection/);
		const health = await running.host.checkHealth('docker');
		assert.ok(health.ok && health.value.status === 'fail', JSON.stringify(health));

		await backend.up();
		await until(
			async () => running.host.checkHealth('docker'),
			health => health.ok && health.value.status === 'pass',
		);
		assert.equal((await rows()).filter(({name}) => name === 'stubborn-1').length, 1);
		const repeated = await running.value<OperationResult>('provider.deploy', ['docker', spec('stubborn-1', 'sleep 1')]);
		assert.equal(repeated.id, stubborn.id, 'the same request after the crash makes nothing new');
		assert.equal((await get(stubborn))?.status === 'running', !containersDie || (await state(stubborn.id)) === 'running');
		await cli('run', '-d', '--stop-timeout', '0', '--name', 'afterwards-1', '--network', 'none', image, 'sleep', '100');
		await changes.until(known => known.get('container afterwards-1')?.status === 'running');
		await cli('rm', '-f', 'afterwards-1', 'stubborn-1');
		await changes.until(known => !known.has('container stubborn-1'));
	});
}

const shortName = (image: string): string => image.replace(/^localhost\//, '');

async function createMany(running: PluginUnderTest, url: string, image: string): Promise<void> {
	const {Pool} = await import('undici');
	const pool = new Pool('http://engine', {connect: {socketPath: url.replace('unix://', '')}, connections: 4});
	await Promise.all(
		Array.from({length: many}, async (_, index) => {
			const {statusCode, body} = await pool.request({
				method: 'POST',
				path: `/v1.41/containers/create?name=many-${index}`,
				headers: {'content-type': 'application/json'},
				body: JSON.stringify({Image: image, Cmd: ['true'], HostConfig: {NetworkMode: 'none'}, Labels: {index: String(index)}}),
			});
			assert.equal(statusCode, 201, await body.text());
		}),
	);
	await pool.close();
	assert.equal(running.record().state, 'active');
}

/** Asks again and again; the test's own time limit ends it. */
export async function until<Value>(ask: () => Promise<Value>, isDone: (value: Value) => boolean): Promise<Value> {
	for (let tries = 0; ; tries++) {
		const value = await ask();
		if (isDone(value)) {
			return value;
		}

		assert.ok(tries < 400, `it never came to it: ${JSON.stringify(value)}`);
		await new Promise(resolve => {
			setTimeout(resolve, 50);
		});
	}
}
