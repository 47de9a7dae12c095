import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Failure, FailureError} from 'cws/sdk';
import {createClient} from '../../client/create-client.ts';
import {tlsWords} from '../../client/tls-words.ts';
import {call, collect, dockerForTest} from '../docker-for-test.ts';

const containers = {provider: 'docker', type: 'container'};
const idOf = (index: number): string => index.toString(16).padStart(64, '0');
const entry = (index: number, more: object = {}) => ({
	Id: idOf(index),
	Names: [`/node-${index}`],
	Image: 'busybox:1',
	Command: 'sleep 120',
	Created: 1_780_000_000,
	State: 'running',
	Status: 'Up 3 minutes',
	Labels: {index: String(index)},
	...more,
});

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
	try {
		await promise;
	} catch (error) {
		assert.ok(error instanceof FailureError, String(error));
		return error.failure;
	}

	throw new assert.AssertionError({message: 'it did not fail'});
};

test('an engine that takes a call and says nothing is told after the time of that call, and may be asked again', async () => {
	await using docker = await dockerForTest(['main']);
	docker.engines[0]!.intercept = (_request, _response, path) => path === '/containers/json';
	const client = createClient(docker.state.endpoints.all()[0]!.endpoint);
	const {code, cause, retryable} = await failureOf(client.ask({path: '/containers/json', doing: 'list', timeoutMs: 50}));
	assert.deepEqual([code, retryable], ['CWS_PROVIDER_UNAVAILABLE', true]);
	assert.match(cause ?? '', /took the call and did not answer in time/);
	await client.close();
});

test('an engine that answers pings only keeps no other engine from being shown', async () => {
	await using docker = await dockerForTest(['dead', 'well']);
	const [dead, well] = docker.engines;
	dead!.intercept = (_request, _response, path) => path === '/containers/json';
	well!.intercept = (_request, response, path) => {
		if (path === '/containers/json') {
			response.end(JSON.stringify([entry(1)]));
		}

		return path === '/containers/json';
	};
	const cancel = new AbortController();
	const pages = docker.provider.list(containers, call(cancel.signal))[Symbol.asyncIterator]();
	const first = await pages.next();
	assert.deepEqual(first.done === true ? [] : first.value.resources.map(({account, name}) => `${account}/${name}`), ['well/node-1']);
	cancel.abort();
	await assert.rejects(pages.next(), {name: 'AbortError'});
});

test('an answer that never ends is given up before it fills the memory', async () => {
	await using docker = await dockerForTest(['main']);
	const chunk = Buffer.alloc(4_194_304, ' ');
	docker.engines[0]!.intercept = (request, response, path) => {
		if (path !== '/containers/json') {
			return false;
		}

		const more = () => {
			while (!response.destroyed && response.write(chunk)) {
				// The other side takes it.
			}
		};
		response.on('drain', more);
		request.on('close', () => response.destroy());
		more();
		return true;
	};
	const {code, message} = await failureOf(collect(docker.provider.list(containers, call())));
	assert.equal(code, 'CWS_PROVIDER_FAILED');
	assert.match(message, /more than 64 MB/);
});

test('ten thousand containers come in pages, each once, whatever some of them are called', async () => {
	await using docker = await dockerForTest(['main']);
	const many = 10_000;
	const hostile = ['/\u001B[31mred', '/a\u202Eb', `/${'long'.repeat(5000)}`, '/__proto__', '/<script>'];
	const entries = Array.from({length: many}, (_, index) => entry(index, index < hostile.length ? {Names: [hostile[index]]} : {}));
	docker.engines[0]!.intercept = (_request, response, path) => {
		if (path === '/containers/json') {
			response.end(JSON.stringify(entries));
		}

		return path === '/containers/json';
	};
	const pages = await collect(docker.provider.list(containers, call()));
	assert.ok(pages.every(({resources}) => resources.length <= 200));
	assert.deepEqual(
		pages.flatMap(({resources}) => resources.map(({id}) => id)),
		entries.map(({Id}) => Id),
	);
	assert.equal(
		pages.reduce((sum, {skipped = 0}) => sum + skipped, 0),
		0,
	);
});

test('events of ten thousand containers at once become one look at all of them', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	const many = 10_000;
	let isStarted = false;
	const looks: string[] = [];
	engine.intercept = (request, response, path) => {
		if (path !== '/containers/json') {
			return false;
		}

		if (isStarted) {
			looks.push(request.url ?? '');
		}

		response.end(JSON.stringify(isStarted ? Array.from({length: many}, (_, index) => entry(index)) : []));
		return true;
	};
	const cancel = new AbortController();
	const changes = docker.provider.watch!(call(cancel.signal))[Symbol.asyncIterator]();
	const ids = new Set<string>();
	const first = await changes.next();
	assert.ok(first.done !== true && engine.followers() === 1);
	isStarted = true;
	for (let index = 0; index < many; index++) {
		engine.emit({Type: 'container', Action: 'start', Actor: {ID: idOf(index)}});
	}

	while (ids.size < many) {
		const next = await changes.next();
		assert.ok(next.done !== true);
		for (const change of next.value) {
			if (change.change === 'upsert' && change.resource.type === 'container') {
				ids.add(change.resource.id);
			}
		}
	}

	cancel.abort();
	await changes.return?.();
	assert.ok(looks.length < 20, `${looks.length} looks`);
	assert.ok(looks.every(url => !url.includes('filters')));
});

test('what does not fit in a TLS connection is said in words, with the side that has to change it', () => {
	const words = (code: string, text = '') => tlsWords(code, text, '`X`');
	assert.match(words('CERT_HAS_EXPIRED')?.fix ?? '', /the daemon on that machine/);
	assert.match(words('ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'ssl/tls alert certificate expired')?.fix ?? '', /cert\.pem.*`X`/);
	assert.match(words('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')?.cause ?? '', /this machine shows none/);
	assert.match(words('DEPTH_ZERO_SELF_SIGNED_CERT')?.cause ?? '', /not of the authority in ca\.pem/);
	assert.match(words('ERR_TLS_CERT_ALTNAME_INVALID')?.cause ?? '', /another name/);
	assert.match(words('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number')?.cause ?? '', /does not speak TLS/);
	assert.match(words('ERR_OSSL_X509_KEY_VALUES_MISMATCH', 'key values mismatch')?.cause ?? '', /do not belong together/);
	assert.match(words('ERR_SSL_OTHER', 'something about SSL')?.cause ?? '', /the certificates do not fit: something about SSL/);
	assert.equal(words('ENOTFOUND', 'getaddrinfo'), undefined);
});
