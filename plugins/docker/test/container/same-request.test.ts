import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {createProvider} from '../../provider.ts';
import {createState} from '../../state.ts';
import {call, dockerForTest, type DockerForTest} from '../docker-for-test.ts';
import {type FakeEngine, type Interceptor} from '../fake-engine.ts';

const spec = {type: 'container', name: 'web', fields: {image: 'busybox:1'}, token: 'the-token'};

/** Another cws process in front of the same engine. */
function anotherProcess({state}: DockerForTest): DockerForTest['provider'] & AsyncDisposable {
	const other = createState(state.context);
	return Object.assign(
		createProvider(() => other),
		{[Symbol.asyncDispose]: async () => other.endpoints.close()},
	);
}

const asks = (method: string, pattern: RegExp, request: {readonly method?: string}, path: string) =>
	request.method === method && pattern.test(path);

const startOf = /^\/containers\/[0-9a-f]{64}\/start$/;

/** Waits for a question; the engine answers it meanwhile. */
const asked = async ({asked}: FakeEngine, pattern: RegExp) => {
	while (!asked.some(line => pattern.test(line))) {
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
};

const removals = ({asked}: FakeEngine) => asked.filter(line => line.startsWith('DELETE'));

/**
Docker lists a container a moment before it knows it by its id: until then a start finds nothing. Gives what ends that moment.
*/
function listEarly(engine: FakeEngine): () => void {
	const {promise: isKnown, resolve} = Promise.withResolvers<void>();
	let isEarly = true;
	let isFirst = true;
	const held: Interceptor = (request, response, path) => {
		if (asks('POST', /^\/containers\/create$/, request, path) && isFirst) {
			isFirst = false;
			const {end} = response;
			// Created and listed at once, answered later.
			response.end = ((...args: Parameters<typeof end>) => {
				void isKnown.then(() => end.apply(response, args));
				return response;
			}) as typeof end;
			return false;
		}

		if (isEarly && asks('POST', startOf, request, path)) {
			response.writeHead(404).end(`{"message": "No such container: ${path.split('/')[2]}"}`);
			return true;
		}

		return false;
	};
	engine.intercept = held;
	return () => {
		isEarly = false;
		resolve();
	};
}

test('a container that is listed before it can be started is waited for, and left to the process that created it', async () => {
	await using docker = await dockerForTest(['main']);
	await using other = anotherProcess(docker);
	const [engine] = docker.engines;
	const show = listEarly(engine!);
	const first = docker.provider.deploy!('docker', spec, call());
	await asked(engine!, /create$/);
	const second = other.deploy!('docker', spec, call());
	await asked(engine!, /start$/);
	show();
	const ids = (await Promise.all([first, second])).map(({id}) => id);
	assert.deepEqual([...engine!.containers.keys()], [ids[0]]);
	assert.equal(ids[0], ids[1]);
	assert.deepEqual(removals(engine!), []);
});

test('what another process created and cannot start is not taken from it', async () => {
	await using docker = await dockerForTest(['main']);
	await using other = anotherProcess(docker);
	const engine = docker.engines[0]!;
	let starts = 0;
	engine.intercept = (request, response, path) => {
		if (!asks('POST', startOf, request, path) || ++starts > 1) {
			return false;
		}

		// The first one to start is the other process, while the creator waits for nothing.
		response.writeHead(500).end('{"message": "the engine is busy"}');
		return true;
	};
	const id = 'ab'.repeat(32);
	const labels = {'cws.token': spec.token, 'cws.attempt': 'of the other process'};
	engine.containers.set(id, {id, name: 'web', state: 'created', exitCode: 0, image: 'busybox:1', labels, body: {}});
	await assert.rejects(
		docker.provider.deploy!('docker', spec, call()),
		error => error instanceof FailureError && error.failure.cause === 'the engine is busy',
	);
	assert.deepEqual(removals(engine), []);
	assert.equal((await other.deploy!('docker', spec, call())).id, id);
	assert.equal(engine.containers.get(id)?.state, 'running');
});

test('what another process took away again is created anew', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	const id = 'ab'.repeat(32);
	const labels = {'cws.token': spec.token, 'cws.attempt': 'of the other process'};
	engine.containers.set(id, {id, name: 'web', state: 'created', exitCode: 0, image: 'busybox:1', labels, body: {}});
	engine.intercept = (request, _response, path) => {
		if (asks('POST', startOf, request, path) && path.includes(id)) {
			engine.containers.delete(id);
		}

		return false;
	};
	const made = await docker.provider.deploy!('docker', spec, call());
	assert.notEqual(made.id, id);
	assert.deepEqual(
		[...engine.containers.values()].map(({state}) => state),
		['running'],
	);
});

test('an answer that is lost after the container was created leaves nothing of this attempt behind, and nothing of others is touched', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	const loseAnswer: Interceptor = (request, response, path) => {
		if (!asks('POST', /^\/containers\/create$/, request, path)) {
			return false;
		}

		response.end = () => response.destroy();
		return false;
	};
	engine.intercept = loseAnswer;
	await assert.rejects(docker.provider.deploy!('docker', spec, call()), FailureError);
	assert.equal(engine.containers.size, 0);

	const id = 'ab'.repeat(32);
	const labels = {'cws.token': spec.token, 'cws.attempt': 'of the other process'};
	engine.intercept = (request, response, path) => {
		// Another process was faster, and this one's connection breaks at the same moment.
		if (asks('POST', /^\/containers\/create$/, request, path)) {
			engine.containers.set(id, {id, name: 'web', state: 'created', exitCode: 0, image: 'busybox:1', labels, body: {}});
			response.destroy();
			return true;
		}

		return false;
	};
	await assert.rejects(docker.provider.deploy!('docker', spec, call()), FailureError);
	assert.deepEqual([...engine.containers.keys()], [id]);
});

test('a start whose answer is lost is no failure when the container runs', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	engine.intercept = (request, response, path) => {
		if (asks('POST', startOf, request, path)) {
			response.end = () => response.destroy();
		}

		return false;
	};
	assert.equal((await docker.provider.deploy!('docker', spec, call())).status, 'created');
	assert.deepEqual(removals(engine), []);
});

test('of two requests for one volume at the same moment one is told that the name is taken', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	const volume = (token: string) => ({type: 'volume', name: 'vault', fields: {}, token});
	const tokens = ['one', 'two'];
	const answers = await Promise.allSettled(tokens.map(async token => docker.provider.deploy!('docker', volume(token), call())));
	const winners = tokens.filter((_token, index) => answers[index]!.status === 'fulfilled');
	assert.deepEqual(winners, [engine.volumes.get('vault')?.['cws.token']]);
});
