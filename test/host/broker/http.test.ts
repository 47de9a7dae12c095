import assert from 'node:assert/strict';
import {test} from 'node:test';
import {brotliCompressSync, gzipSync, zstdCompressSync} from 'node:zlib';
import {createHttpClient} from '../../../source/platform/plugin-io/http-client.ts';
import {brokerForTest, codeOf, failureOf} from './broker-for-test.ts';
import {authority, startServer} from './local-server.ts';

const reason = 'test';
const asked = {http: [{hosts: ['api.test'], privateNetwork: true, reason}]};

test('a request arrives as it was meant, and its answer comes back whole', async t => {
	const server = await startServer(t, (request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () =>
			response
				.writeHead(201, {'content-type': 'application/json', 'x-a': ['1', '2']})
				.end(JSON.stringify({method: request.method, url: request.url, body, type: request.headers['content-type']})),
		);
	});
	const {fetch} = brokerForTest(t, {asked});
	const answer = await fetch(`http://api.test:${server.port}/v1/servers?page=2#part`, {
		method: 'put',
		body: '{"name":"żółć"}',
		headers: {'Content-Type': 'application/json'},
	});
	assert.deepEqual(JSON.parse(answer.text), {method: 'PUT', url: '/v1/servers?page=2', body: '{"name":"żółć"}', type: 'application/json'});
	assert.equal(answer.status, 201);
	assert.equal(answer.headers['x-a'], '1, 2');
});

test('bodies come unpacked, as text where they are text, in items of a size that fits', async t => {
	const text = 'aż€😀'.repeat(9000);
	const packed = {
		'/gzip': ['gzip', gzipSync(text)],
		'/br': ['br', brotliCompressSync(text)],
		'/zstd': ['zstd', zstdCompressSync(text)],
		'/plain': ['identity', Buffer.from(text)],
	} as const;
	const server = await startServer(t, ({url, method}, response) => {
		if (url === '/bytes') {
			response.end(Buffer.from([0xff, 0xfe, 0, 1, 2]));
			return;
		}

		const [encoding, body] = packed[url as keyof typeof packed];
		response.writeHead(200, {'content-encoding': encoding}).end(method === 'HEAD' ? undefined : body);
	});
	const {fetch, items} = brokerForTest(t, {asked});
	for (const path of Object.keys(packed)) {
		const [, ...chunks] = await items('http.fetch', [`http://api.test:${server.port}${path}`]);
		assert.ok(
			chunks.length > 1 &&
				chunks.every(chunk => (chunk as {text: string}).text.length <= 32 * 1024 && (chunk as {text: string}).text.isWellFormed()),
		);
		assert.equal(chunks.map(chunk => (chunk as {text: string}).text).join(''), text, path);
	}

	const [head, ...bytes] = await items('http.fetch', [`http://api.test:${server.port}/bytes`]);
	assert.deepEqual(bytes, [{base64: '//4AAQI='}]);
	assert.equal((head as {headers: Record<string, string>}).headers['content-encoding'], undefined);
	assert.equal((await fetch(`http://api.test:${server.port}/gzip`, {method: 'HEAD'})).text, '');
});

test('methods, plain http and ports are as they were granted', async t => {
	const server = await startServer(t, (_request, response) => response.end('ok'));
	const {fetch} = brokerForTest(t, {
		asked: {
			http: [
				{hosts: ['read.test'], methods: ['GET'], privateNetwork: true, reason},
				{hosts: [`port.test:${server.port}`], privateNetwork: true, reason},
				{hosts: ['api.example.test'], reason},
			],
		},
	});
	assert.equal((await fetch(`http://read.test:${server.port}/`)).text, 'ok');
	assert.match((await failureOf(fetch(`http://read.test:${server.port}/`, {method: 'DELETE'}))).message, /may not send DELETE requests/);
	assert.equal((await fetch(`http://port.test:${server.port}/`)).text, 'ok');
	assert.equal(await codeOf(fetch('http://port.test:1/')), 'CWS_PLUGIN_DENIED');
	assert.match((await failureOf(fetch('http://api.example.test/'))).message, /with https only/);
	assert.equal(await codeOf(fetch('https://api.example.test/', {method: 'TRACE'})), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(fetch('https://api.example.test/', {method: 'CONNECT'})), 'CWS_PLUGIN_DENIED');
});

test('a certificate counts for the name that was asked, not for the address behind it', async t => {
	const server = await startServer(t, (_request, response) => response.end('safe'), {isSecure: true});
	const {fetch} = brokerForTest(t, {asked: {http: [{hosts: ['api.example.test', 'other.test'], privateNetwork: true, reason}]}});
	assert.equal((await fetch(`https://api.example.test:${server.port}/`)).text, 'safe');
	const {code, cause = ''} = await failureOf(fetch(`https://other.test:${server.port}/`));
	assert.equal(code, 'CWS_PROVIDER_UNAVAILABLE');
	assert.match(cause, /altnames/);

	const stranger = createHttpClient({lookup: async () => [{address: '127.0.0.1', family: 4}]});
	t.after(() => stranger.close());
	const hop = {
		url: new URL(`https://api.example.test:${server.port}/`),
		method: 'GET',
		headers: {},
		addresses: new Set(['private' as const]),
		maxBytes: 100,
		signal: AbortSignal.timeout(5000),
	};
	await assert.rejects(stranger.request(hop), /does not answer/);
	assert.ok(authority.includes('CERTIFICATE'));
});

test('at most so many requests run on one host, and the rest waits its turn', async t => {
	let [running, most] = [0, 0];
	const server = await startServer(t, (_request, response) => {
		most = Math.max(most, ++running);
		setTimeout(() => {
			running--;
			response.end();
		}, 15);
	});
	const {fetch} = brokerForTest(t, {asked, limits: {requestsPerHost: 2, requestsPerSecond: 1000}});
	await Promise.all(Array.from({length: 7}, () => fetch(`http://api.test:${server.port}/`)));
	assert.equal(server.requests.length, 7);
	assert.equal(most, 2);
});

test('a plugin that moved too much data has to wait', async t => {
	const server = await startServer(t, (_request, response) => response.end('x'.repeat(3000)));
	const {fetch} = brokerForTest(t, {asked, limits: {trafficPerMinute: 5000}});
	await fetch(`http://api.test:${server.port}/`);
	await fetch(`http://api.test:${server.port}/`, {method: 'POST', body: 'y'.repeat(10)});
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/`)), 'CWS_PLUGIN_QUOTA');
	assert.equal(server.requests.length, 2);
});

test('a request ends with the call it serves', async t => {
	const {promise: arrived, resolve} = Promise.withResolvers<void>();
	const {promise: left, resolve: setLeft} = Promise.withResolvers<void>();
	const server = await startServer(t, request => {
		request.socket.on('close', setLeft);
		resolve();
	});
	const {fetch} = brokerForTest(t, {asked});
	const controller = new AbortController();
	const answer = fetch(`http://api.test:${server.port}/`, {}, {signal: controller.signal});
	await arrived;
	controller.abort();
	assert.equal(await codeOf(answer), 'CWS_CANCELLED');
	await left;
});

test('a host that is not there is a failure that can be tried again, and arguments of the wrong shape are said', async t => {
	const {fetch} = brokerForTest(t, {
		asked,
		lookup: async host => Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {code: 'ENOTFOUND'})),
	});
	const missing = await failureOf(fetch('http://api.test/'));
	assert.deepEqual([missing.code, missing.message, missing.retryable], ['CWS_PROVIDER_UNAVAILABLE', '`api.test` cannot be found.', true]);
	for (const args of [
		[],
		[7],
		['http://api.test/', 7],
		['http://api.test/', {headers: []}],
		['http://api.test/', {headers: {a: 'b'}, body: {}, method: 'POST'}],
		['http://api.test/', {body: 'x'}],
		['x'.repeat(9000)],
		['nonsense'],
	]) {
		assert.equal(await codeOf(fetch(...(args as [string]))), 'CWS_INVALID_INPUT', JSON.stringify(args).slice(0, 50));
	}
});
