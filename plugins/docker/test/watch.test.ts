import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ResourceChange} from 'cws/sdk';
import {call, dockerForTest, type DockerForTest} from './docker-for-test.ts';

const spec = (name: string) => ({type: 'container', name, fields: {image: 'busybox:1'}, token: name});

/** The changes as `+name status` and `-id`, one at a time. */
function follow({provider}: DockerForTest) {
	const cancel = new AbortController();
	const changes = provider.watch!(call(cancel.signal))[Symbol.asyncIterator]();
	const seen: string[] = [];
	const words = (change: ResourceChange) =>
		change.change === 'upsert'
			? `+${change.resource.type} ${change.resource.name} ${change.resource.status}`
			: change.change === 'look'
				? `?${change.type}`
				: `-${change.type} ${change.id}`;
	return {
		/** Reads on until a change is as expected. */
		async until(expected: string) {
			while (!seen.includes(expected)) {
				const next = await changes.next();
				assert.ok(next.done !== true, `ended before ${expected}`);
				seen.push(...next.value.map(change => words(change)));
			}

			seen.length = 0;
		},
		async [Symbol.asyncDispose]() {
			cancel.abort();
			await changes.return?.();
		},
	};
}

test('what the engine tells is pushed, from what is there at the start to what is removed', async () => {
	await using docker = await dockerForTest(['main']);
	const [engine] = docker.engines;
	await docker.provider.deploy!('docker', spec('early'), call());
	await using changes = follow(docker);
	await changes.until('+container early running');
	const {id} = await docker.provider.deploy!('docker', spec('late'), call());
	await changes.until('+container late running');
	const target = {provider: 'docker', type: 'container', id: id!, name: 'late'};
	await docker.provider.hibernate!(target, call());
	await changes.until('+container late hibernated');
	engine!.volumes.set('fresh', {});
	engine!.emit({Type: 'volume', Action: 'create', Actor: {ID: '', Attributes: {name: 'fresh'}}});
	await changes.until('+volume fresh stopped');
	await docker.provider.destroy!(target, call());
	await changes.until(`-container ${id}`);
});

test('events that change nothing, and those that are no events, ask nothing of the engine', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	const {id} = await docker.provider.deploy!('docker', spec('web'), call());
	await using changes = follow(docker);
	// The images are read last.
	await changes.until('+image sleepy:latest stopped');
	const before = engine.asked.length;
	for (const event of [
		{Type: 'container', Action: 'exec_create: true', Actor: {ID: id}},
		{Type: 'container', Action: 'top', Actor: {ID: id}},
		{Type: 'network', Action: 'connect', Actor: {ID: id}},
		{Type: 5},
		[],
	]) {
		engine.emit(event);
	}

	await docker.provider.stop!({provider: 'docker', type: 'container', id: id!, name: 'web'}, call());
	await changes.until('+container web stopped');
	// The stop itself asks three times; the rest is one look at one container.
	assert.equal(engine.asked.slice(before).filter(line => line === 'GET /containers/json').length, 2);
});

test('an engine that dies and comes back is followed again, and tells what went meanwhile', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	const {id} = await docker.provider.deploy!('docker', spec('gone'), call());
	await using changes = follow(docker);
	await changes.until('+container gone running');
	await engine.die();
	await changes.until('?container');
	engine.containers.delete(id!);
	await engine.listen();
	await changes.until(`-container ${id}`);
	await docker.provider.deploy!('docker', spec('back'), call());
	await changes.until('+container back running');
});

test('an engine that begins to answer with its first event is waited for, and not asked again', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	engine.intercept = (_request, response, path) => {
		if (path === '/events') {
			response.flushHeaders = () => {};
		}

		return false;
	};
	await using changes = follow(docker);
	// The images are read last.
	await changes.until('+image sleepy:latest stopped');
	const {id} = await docker.provider.deploy!('docker', spec('first'), call());
	await changes.until('+container first running');
	await docker.provider.destroy!({provider: 'docker', type: 'container', id: id!, name: 'first'}, call());
	await changes.until(`-container ${id}`);
	assert.equal(engine.asked.filter(line => line === 'GET /events').length, 1);
});
