import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {type Failure} from '../../../source/core/failure/failure.ts';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type PluginProgress} from '../../../source/core/ports/plugin-host.ts';
import {startPlugin} from '../../plugins/plugin-under-test.ts';
import {fill, pressButton, rowOf, tab, waitForRow} from '../../e2e/support/dashboard.ts';
import {openFormOf, openOnEngine} from './engine-journey.ts';
import {login, type Registry} from './registry.ts';
import {type Backend} from './start-backend.ts';
import {withEnvironment} from './with-environment.ts';

const app = 'team/app:1';
const layerBytes = 6_000_000;

export type Pulling = {
	readonly engine: 'docker' | 'podman';
	readonly backend: Backend;
	readonly registry: Registry;
};

/** Puts an image of two layers, that nothing can make smaller, and the one below them into the registry, and forgets it here. */
export async function publishApp({engine, backend, registry}: Pulling): Promise<void> {
	const folder = path.join(backend.directory, 'app');
	mkdirSync(folder);
	writeFileSync(path.join(folder, 'Dockerfile'), `FROM ${backend.env['CWS_DOCKER_IMAGE']}\nCOPY one /one\nCOPY two /two\n`);
	writeFileSync(path.join(folder, 'one'), randomBytes(layerBytes));
	writeFileSync(path.join(folder, 'two'), randomBytes(layerBytes));
	const name = `${registry.open}/${app}`;
	await backend.run(engine, 'build', '-q', '-t', name, folder);
	await backend.run(engine, 'push', name);
	await backend.run(engine, 'rmi', name);
}

/** Images from a real registry: their layers as they come, and who may have them. */
export function pullTests(pulling: Pulling): void {
	const {engine, backend, registry} = pulling;
	const cli = async (...args: readonly string[]) => backend.run(engine, ...args);
	const hosts = {main: {url: backend.env['DOCKER_HOST']!}};
	const start = async () => startPlugin('docker', {discover: false, hosts, stopGraceSeconds: 0});

	test('a container of an image that is not here shows how its layers come, and runs', async () => {
		await using running = await start();
		const image = `${registry.slow}/${app}`;
		const seen: PluginProgress[] = [];
		const spec = {type: 'container', name: 'pulled-1', fields: {image, command: 'sleep 100', network: 'none'}, token: 'pulled-1'};
		const made = await running.call<OperationResult>('provider.deploy', ['docker', spec], {onProgress: step => seen.push(step)});
		assert.ok(made.ok, JSON.stringify(made));
		assert.equal(await cli('inspect', '--format', '{{.State.Status}} {{.Config.Image}}', made.value.id!), `running ${image}`);
		const told = JSON.stringify(seen, undefined, '\t');
		assert.equal(seen[0]?.message, `pulling ${image}`, told);
		assert.ok(
			seen.some(({message}) => /: \d of [34] layers, [\d.]+ MB of 1\d MB$/.test(message ?? '')),
			told,
		);
		const steps = seen.filter(({total = 0}) => total > layerBytes).map(({done = 0}) => done);
		assert.ok(new Set(steps).size >= (engine === 'docker' ? 3 : 1), told);
		assert.deepEqual(
			steps,
			steps.toSorted((a, b) => a - b),
			'it never goes back',
		);
		assert.equal(seen.at(-1)?.message, 'starting', told);
		await cli('rm', '-f', made.value.id!);
		await cli('rmi', image);
	});

	test('an engine that is killed in the middle of a pull is told, and the same request makes one container when it is back', async () => {
		await using running = await start();
		const image = `${registry.slow}/${app}`;
		const spec = {type: 'container', name: 'pulled-3', fields: {image, command: 'sleep 100', network: 'none'}, token: 'pulled-3'};
		let isKilled = false;
		const onProgress = ({message = ''}: PluginProgress) => {
			if (!isKilled && /layers/.test(message)) {
				isKilled = true;
				backend.kill(engine === 'docker' ? 'dockerd' : 'podman');
			}
		};
		const cut = await running.call<OperationResult>('provider.deploy', ['docker', spec], {onProgress});
		assert.ok(!cut.ok && cut.error.code === 'CWS_PROVIDER_UNAVAILABLE' && isKilled, JSON.stringify(cut));
		assert.match(cut.error.cause ?? '', /closed the connection|nothing listens/);
		await backend.up();
		const made = await running.call<OperationResult>('provider.deploy', ['docker', spec]);
		assert.ok(made.ok, JSON.stringify(made));
		const again = await running.call<OperationResult>('provider.deploy', ['docker', spec]);
		assert.deepEqual(again.ok && again.value.id, made.value.id);
		assert.equal(await cli('ps', '-aq', '--no-trunc', '--filter', 'name=pulled-3'), made.value.id);
		await cli('rm', '-f', made.value.id!);
		await cli('rmi', image);
	});

	test('in the dashboard the layers are seen while they come', async t => {
		const image = `${registry.slow}/${app}`;
		const pty = await openOnEngine(t, backend);
		await openFormOf(pty, 'docker/container');
		await fill(pty, 'pulled-2');
		await tab(pty);
		await fill(pty, image);
		await tab(pty);
		await fill(pty, 'sleep 100');
		await pressButton(pty, 'Plan');
		await pty.waitFor('pulled when it is not there');
		await pressButton(pty, 'Deploy');
		await pty.waitFor(/━+─* [^\n]*pulling/);
		await waitForRow(pty, 'pulled-2', '● running');
		assert.equal(await cli('inspect', '--format', '{{.Config.Image}}', 'pulled-2'), image);
		await cli('rm', '-f', 'pulled-2');
		await pty.waitUntil(() => rowOf(pty, 'pulled-2') === '', 'the row to go');
		await cli('rmi', image);
	});

	test('a registry with a login is told without one, refuses a wrong one, and gives its image for the right one', async () => {
		const image = `${registry.closed}/${app}`;
		const config = path.join(backend.directory, 'login');
		const bin = path.join(config, 'bin');
		mkdirSync(bin, {recursive: true});
		const write = (value: object) => writeFileSync(path.join(config, 'config.json'), JSON.stringify(value));
		const pull = async (): Promise<Failure | undefined> => {
			// What a person's shell would give it.
			await using running = await withEnvironment({DOCKER_CONFIG: config, PATH: `${bin}:${process.env['PATH']}`}, start);
			const spec = {type: 'image', name: 'app', fields: {image}, token: 'app'};
			const pulled = await running.call<OperationResult>('provider.deploy', ['docker', spec]);
			return pulled.ok ? undefined : pulled.error;
		};

		const auth = (password: string) => Buffer.from(`${login.user}:${password}`).toString('base64');
		const expectRefusal = async (fix: string) => {
			const failure = await pull();
			assert.equal(failure?.code, 'CWS_NEEDS_LOGIN', JSON.stringify(failure));
			assert.match(failure.cause ?? '', /unauthorized|no basic auth credentials/);
			assert.equal(failure.fix, fix);
			assert.doesNotMatch(JSON.stringify(failure), /sesame|wrong-password/);
			await assert.rejects(cli('inspect', '--type', 'image', image));
		};

		write({});
		await expectRefusal(`run \`${engine} login ${registry.closed}\` if it is private; check its name if it is not`);
		write({auths: {[registry.closed]: {auth: auth('wrong-password')}}});
		await expectRefusal(`run \`${engine} login ${registry.closed}\` as somebody who may pull it: the login that is kept was refused`);

		write({auths: {[registry.closed]: {auth: auth(login.password)}}});
		assert.equal(await pull(), undefined);
		await cli('rmi', image);

		// The protocol of credential helpers, with a helper that knows one registry.
		const answer = JSON.stringify({ServerURL: registry.closed, Username: login.user, Secret: login.password});
		const script = `#!/bin/sh\n[ "$1" = get ] && [ "$(cat)" = ${registry.closed} ] && echo '${answer}'\n`;
		writeFileSync(path.join(bin, 'docker-credential-cws-test'), script, {mode: 0o755});
		write({credHelpers: {[registry.closed]: 'cws-test'}});
		assert.equal(await pull(), undefined);
		await cli('rmi', image);
	});
}
