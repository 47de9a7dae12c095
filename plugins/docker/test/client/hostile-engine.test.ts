import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Failure, FailureError} from 'cws/sdk';
import {collect, call, dockerForTest} from '../docker-for-test.ts';
import {type Interceptor} from '../fake-engine.ts';

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
	try {
		await promise;
	} catch (error) {
		assert.ok(error instanceof FailureError, String(error));
		return error.failure;
	}

	throw new assert.AssertionError({message: 'it did not fail'});
};

async function listWith(intercept: Interceptor) {
	await using docker = await dockerForTest(['main']);
	docker.engines[0]!.intercept = intercept;
	const pages = await collect(docker.provider.list({provider: 'docker', type: 'container'}, call()));
	return {
		names: pages.flatMap(({resources}) => resources.map(({name}) => name)),
		skipped: pages.reduce((sum, {skipped = 0}) => sum + skipped, 0),
	};
}

const answering =
	(value: unknown, status = 200): Interceptor =>
	(_request, response, path) => {
		if (path !== '/containers/json') {
			return false;
		}

		response.writeHead(status).end(typeof value === 'string' ? value : JSON.stringify(value));
		return true;
	};

const id = 'ab'.repeat(32);

test('entries that are not containers are left out and counted, the others stay', async () => {
	const good = {Id: id, Names: ['/good'], State: 'running', Status: 'Up'};
	const entries = [
		null,
		7,
		'x',
		[],
		{},
		{Id: 'short', Names: ['/a'], State: 'running'},
		{Id: 'cd'.repeat(32), Names: [], State: 'running'},
		{Id: 'ef'.repeat(32), Names: ['/b'], State: 5},
		good,
		good,
	];
	assert.deepEqual(await listWith(answering(entries)), {names: ['good'], skipped: 9});
});

test('an entry with odd parts keeps what is good of it', async () => {
	await using docker = await dockerForTest(['main']);
	docker.engines[0]!.intercept = answering([
		{
			Id: id,
			Names: ['/other/alias', '/odd'],
			Image: {},
			State: 'running',
			Status: null,
			Created: 'yesterday',
			Labels: JSON.parse('{"a": "b", "n": 5, "__proto__": "x", "constructor": "y"}') as object,
			Ports: [
				{PublicPort: 8080, PrivatePort: 80, Type: 'tcp', IP: '0.0.0.0'},
				{PublicPort: 8080, PrivatePort: 80, Type: 'tcp', IP: '::'},
				5,
				{PublicPort: 'x'},
			],
			Mounts: [null, {Destination: '/d', Name: 'v', Type: 'volume', RW: false}],
		},
	]);
	const [page] = await collect(docker.provider.list({provider: 'docker', type: 'container'}, call()));
	const {name, rawStatus, tags, endpoints, createdAt, size, meta} = page!.resources[0]!;
	assert.deepEqual([name, rawStatus, tags, createdAt, size], ['odd', 'running', {a: 'b'}, undefined, undefined]);
	assert.deepEqual(endpoints, [{label: '80/tcp', address: 'localhost:8080'}]);
	assert.deepEqual(meta?.['mounts'], ['v:/d:ro']);
});

test('answers that are no answers are failures that say so', async () => {
	for (const value of ['<html>a proxy</html>', '[{"Id": ', {message: 'not a list'}, '"text"', '12']) {
		const {code, message} = await failureOf(listWith(answering(value)));
		assert.equal(code, 'CWS_PROVIDER_FAILED', JSON.stringify(value));
		assert.match(message, /`main` answered with/);
	}

	assert.deepEqual(await listWith(answering('null')), {names: [], skipped: 0});
});

test('refusals keep the words of the engine and get a code', async () => {
	const refused = async (status: number, message: string) => {
		const {code, cause} = await failureOf(listWith(answering({message}, status)));
		assert.equal(cause, message === '' ? `it answered ${status}` : message);
		return code;
	};

	assert.equal(await refused(500, 'something broke'), 'CWS_PROVIDER_FAILED');
	assert.equal(await refused(401, 'who are you'), 'CWS_NEEDS_LOGIN');
	assert.equal(await refused(503, ''), 'CWS_PROVIDER_UNAVAILABLE');
	assert.equal(await refused(500, 'toomanyrequests: You have reached your pull rate limit'), 'CWS_THROTTLED');
	assert.equal(await refused(500, 'write /x: no space left on device'), 'CWS_DISK_FULL');
});

test('a limit of requests says when to come back', async () => {
	const {code, retryable, details} = await failureOf(
		listWith((_request, response, path) => {
			if (path === '/_ping') {
				return false;
			}

			response.writeHead(429, {'retry-after': '7'}).end('{"message": "slow down"}');
			return true;
		}),
	);
	assert.deepEqual([code, retryable, details?.['retryAfterMs']], ['CWS_THROTTLED', true, 7000]);
});

test('an engine that closes in the middle of an answer is unavailable, and may be asked again', async () => {
	const {code, retryable, cause} = await failureOf(
		listWith((_request, response, path) => {
			if (path === '/_ping') {
				return false;
			}

			response.writeHead(200, {'content-length': '1000'});
			response.write('[{"Id":');
			setImmediate(() => response.destroy());
			return true;
		}),
	);
	assert.deepEqual([code, retryable], ['CWS_PROVIDER_UNAVAILABLE', true]);
	assert.match(cause ?? '', /closed the connection/);
});

test('what listens there and is no engine, or too old a one, is named', async () => {
	await using docker = await dockerForTest(['main']);
	const list = async () => collect(docker.provider.list({provider: 'docker', type: 'container'}, call()));
	docker.engines[0]!.headers['api-version'] = 'hello';
	assert.match((await failureOf(list())).message, /neither Docker nor Podman/);
	docker.engines[0]!.headers['api-version'] = '1.24';
	assert.equal((await failureOf(list())).code, 'CWS_NOT_SUPPORTED');
	docker.engines[0]!.headers['api-version'] = '1.99';
	await list();
	assert.ok(docker.engines[0]!.asked.includes('GET /containers/json'));
});

test('a call that is cancelled while the engine is silent ends at once', async () => {
	await using docker = await dockerForTest(['main']);
	const cancel = new AbortController();
	docker.engines[0]!.intercept = (_request, _response, path) => {
		if (path === '/_ping') {
			return false;
		}

		cancel.abort();
		return true;
	};
	await assert.rejects(collect(docker.provider.list({provider: 'docker', type: 'container'}, call(cancel.signal))), {name: 'AbortError'});
});

test('an engine that gives another container than the one asked for is not believed', async () => {
	await using docker = await dockerForTest(['main']);
	docker.engines[0]!.intercept = answering([{Id: 'cd'.repeat(32), Names: ['/impostor'], State: 'running', Status: 'Up'}]);
	assert.equal(await docker.provider.get({provider: 'docker', type: 'container', id, name: 'x'}, call()), null);
});
