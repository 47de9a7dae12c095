import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {type PermissionSet} from '../../../source/core/manifest/permissions.ts';
import {type Lookup} from '../../../source/platform/plugin-io/pinned-address.ts';
import {brokerForTest, codeOf, failureOf} from './broker-for-test.ts';
import {startServer} from './local-server.ts';

const reason = 'test';
const http = (...hosts: readonly string[]): PermissionSet => ({http: [{hosts, reason}]});
const local = (...hosts: readonly string[]): PermissionSet => ({http: [{hosts, privateNetwork: true, reason}]});
const answering = (...answers: readonly (readonly string[])[]): Lookup => {
	let count = 0;
	return async () => {
		const addresses = answers[Math.min(count++, answers.length - 1)]!;
		return addresses.map(address => ({address, family: address.includes(':') ? 6 : 4}));
	};
};

test('ssrf-redirect: a granted host cannot lead to an address or host that was not granted', async t => {
	const server = await startServer(t, (request, response) => {
		response.writeHead(302, {location: decodeURIComponent(request.url!.slice(1))}).end();
	});
	const {fetch, denied} = brokerForTest(t, {
		asked: local('api.test', 'meta.test'),
		lookup: async host => [{address: host === 'meta.test' ? '169.254.169.254' : '127.0.0.1', family: 4}],
	});
	const base = `http://api.test:${server.port}/`;
	for (const target of [
		'http://169.254.169.254/latest/meta-data/',
		'http://evil.test/',
		'file:///etc/passwd',
		'http://user:pw@api.test/',
		'gopher://api.test/',
		'//evil.test/',
	]) {
		assert.equal(await codeOf(fetch(base + encodeURIComponent(target))), 'CWS_PLUGIN_DENIED', target);
	}

	const granted = await failureOf(fetch(base + encodeURIComponent('http://meta.test/')));
	assert.equal(granted.code, 'CWS_PLUGIN_DENIED', 'also when a granted name leads there, on a granted local network');
	assert.match(granted.cause ?? '', /169\.254\.169\.254/);
	assert.equal(denied.length, 7);
	assert.deepEqual(denied[0], {plugin: 'hetzner', capability: 'http.fetch', what: '`hetzner` may not reach `169.254.169.254`.'});
});

test('ssrf-redirect: endless redirects end', async t => {
	const server = await startServer(t, (_request, response) => response.writeHead(302, {location: '/again'}).end());
	const {fetch} = brokerForTest(t, {asked: local('api.test')});
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/`)), 'CWS_PROVIDER_FAILED');
	assert.equal(server.requests.length, 6);
});

test('dns-rebind: a name is looked up once, and only what was checked is connected to', async t => {
	const honest = await startServer(t, (_request, response) => response.end('checked'));
	const {fetch, lookups} = brokerForTest(t, {asked: local('api.test'), lookup: answering(['127.0.0.1'], ['127.0.0.2'])});
	assert.equal((await fetch(`http://api.test:${honest.port}/`)).text, 'checked');
	assert.deepEqual(lookups, ['api.test']);
	// The next request is looked up and checked anew; an open connection to the old address is not used for it.
	assert.equal(await codeOf(fetch(`http://api.test:${honest.port}/`)), 'CWS_PROVIDER_UNAVAILABLE');
	assert.equal(honest.requests.length, 1);
});

test('dns-rebind: a name that leads to this machine is refused before anything is sent', async t => {
	const server = await startServer(t, (_request, response) => response.end('reached'));
	const {fetch} = brokerForTest(t, {asked: http('api.example.test'), lookup: answering(['127.0.0.1'])});
	assert.equal(await codeOf(fetch(`https://api.example.test:${server.port}/`)), 'CWS_PLUGIN_DENIED');
	assert.equal(server.requests.length, 0);
});

test('dns-mixed: one private address among public ones refuses the name', async t => {
	for (const answers of [
		['93.184.216.34', '10.0.0.1'],
		['::1'],
		['::ffff:127.0.0.1'],
		['64:ff9b::7f00:1'],
		['fe80::1'],
		['0.0.0.0'],
		['169.254.169.254'],
		['93.184.216.34', 'fd00::1'],
	]) {
		const {fetch, lookups} = brokerForTest(t, {asked: http('api.example.test'), lookup: answering(answers)});
		assert.equal(await codeOf(fetch('https://api.example.test/')), 'CWS_PLUGIN_DENIED', answers.join(' '));
		assert.equal(lookups.length, 1);
	}
});

test('decimal-ip, 0x7f.1, v4-mapped, user@host: no way of writing an address gets past the list of names', async t => {
	const {fetch, lookups} = brokerForTest(t, {asked: http('api.example.test')});
	for (const host of [
		'2130706433',
		'0x7f.1',
		'0x7f000001',
		'017700000001',
		'127.1',
		'127.0.0.1',
		'[::1]',
		'[::ffff:127.0.0.1]',
		'[::ffff:7f00:1]',
		'api.example.test@127.0.0.1',
		'api.example.test:443@evil.test',
		'evil.test#api.example.test',
		'evil.test\\@api.example.test',
		'ａpi.evil.test',
		'127。0。0。1',
		'LOCALHOST',
		'localhost.',
		'',
	]) {
		assert.match(await codeOf(fetch(`https://${host}/`)), /^CWS_(?:PLUGIN_DENIED|INVALID_INPUT)$/, host);
	}

	assert.deepEqual(lookups, []);
});

test('trailing dot and upper case: a granted name stays granted, another stays denied', async t => {
	const {fetch, lookups} = brokerForTest(t, {asked: http('api.example.test'), lookup: answering(['10.0.0.1'])});
	for (const host of ['API.Example.TEST', 'api.example.test.']) {
		assert.match((await failureOf(fetch(`https://${host}/`))).cause ?? '', /10\.0\.0\.1/);
	}

	assert.deepEqual(lookups, ['api.example.test', 'api.example.test']);
	assert.equal(await codeOf(fetch('https://EVIL.test./')), 'CWS_PLUGIN_DENIED');
});

test('suffix-trick: a wildcard is for whole labels below its name', async t => {
	const {fetch, lookups} = brokerForTest(t, {asked: http('*.example.test')});
	for (const host of [
		'notexample.test',
		'example.test',
		'a.example.test.evil.org',
		'a.example.test@evil.org',
		'xexample.test',
		'a-example.test',
	]) {
		assert.equal(await codeOf(fetch(`https://${host}/`)), 'CWS_PLUGIN_DENIED', host);
	}

	assert.deepEqual(lookups, []);
});

test('gzip-bomb: an answer is given up as soon as it is too large, however it is packed', async t => {
	const bomb = gzipSync(Buffer.alloc(64 << 20), {level: 1});
	const server = await startServer(t, ({url}, response) => {
		response.setHeader(
			'content-encoding',
			url === '/twice' ? 'gzip, gzip' : url === '/many' ? Array.from({length: 9}, () => 'gzip').join(',') : 'gzip',
		);
		response.end(url === '/twice' ? gzipSync(bomb) : bomb);
	});
	const {fetch} = brokerForTest(t, {asked: local('api.test'), limits: {httpBytes: 1 << 20}});
	const before = process.memoryUsage.rss();
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/`)), 'CWS_PLUGIN_QUOTA');
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/twice`)), 'CWS_PLUGIN_QUOTA');
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/many`)), 'CWS_PROVIDER_FAILED');
	assert.ok(process.memoryUsage.rss() - before < 48 << 20, 'nothing like 64 MB was ever held');
});

test('endless-body: a body without an end is cut at the limit', async t => {
	const server = await startServer(t, (_request, response) => {
		const chunk = Buffer.alloc(64 << 10, 97);
		const more = () => {
			while (!response.destroyed && response.write(chunk)) {
				// Until the socket is full.
			}
		};
		response.on('drain', more);
		more();
	});
	const {fetch} = brokerForTest(t, {asked: local('api.test'), limits: {httpBytes: 1 << 20}});
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/`)), 'CWS_PLUGIN_QUOTA');
});

test('slow-headers, slow-body: who answers too slowly is left', async t => {
	const server = await startServer(t, ({url}, response) => {
		if (url === '/body') {
			response.write('a');
			const drip = setInterval(() => response.write('a'), 20);
			response.on('close', () => clearInterval(drip));
		}
	});
	const {fetch} = brokerForTest(t, {asked: local('api.test'), limits: {httpMs: 200}});
	for (const path of ['headers', 'body']) {
		const {code, message} = await failureOf(fetch(`http://api.test:${server.port}/${path}`));
		assert.equal(code, 'CWS_PROVIDER_UNAVAILABLE');
		assert.match(message, /`api\.test` did not answer completely within 0\.2 s/);
	}
});

test('header-smuggle: headers that would make another request are left out and told', async t => {
	const server = await startServer(t, (request, response) =>
		response.setHeader('x-evil', 'a').setHeader('set-cookie', 'session=1').end(JSON.stringify(request.headers)),
	);
	const {fetch, denied} = brokerForTest(t, {asked: local('api.test')});
	const {text, headers} = await fetch(`http://api.test:${server.port}/`, {
		method: 'POST',
		body: 'x',
		headers: {
			'X-Good': 'yes',
			'x-a': 'b\r\nhost: evil',
			'x-b': 'c\nd',
			'x-c\r\nhost': 'evil',
			'x d': 'e',
			'x-n': 'nul\0',
			'x-u': 'ż',
			'x-o': 7,
			host: 'evil.test',
			'Transfer-Encoding': 'chunked',
			'content-length': '0',
			connection: 'keep-alive, authorization',
			'proxy-authorization': 'Basic x',
			upgrade: 'h2c',
			te: 'trailers',
			'x-forwarded-for': '127.0.0.1',
			__proto__: 'x',
		},
	});
	const arrived = JSON.parse(text) as Record<string, string>;
	assert.equal(arrived['x-good'], 'yes');
	assert.equal(arrived['host'], `api.test:${server.port}`);
	assert.equal(arrived['content-length'], '1');
	assert.deepEqual(Object.keys(arrived).toSorted(), ['accept-encoding', 'connection', 'content-length', 'host', 'user-agent', 'x-good']);
	assert.equal(server.requests.length, 1);
	assert.equal(headers['set-cookie'], undefined);
	assert.match(denied[0]?.what ?? '', /headers that were left out: x-a, x-b, /);
});

test('auth-cross-origin: a redirect to another origin takes nothing along that says who asks', async t => {
	const second = await startServer(t, (request, response) => response.end(JSON.stringify(request.headers)));
	const first = await startServer(t, ({url}, response) => {
		response.writeHead(Number(url!.slice(1)), {location: `http://b.test:${second.port}/`}).end();
	});
	const {fetch, secrets} = brokerForTest(t, {
		asked: {
			...local('a.test', 'b.test'),
			secrets: [{name: 'token', title: 'Token', inject: {header: 'X-Special', template: 'Key {}'}}],
		},
	});
	secrets.set('token', 'sesame-open');
	for (const status of [301, 302, 303, 307, 308]) {
		const {text, url} = await fetch(`http://a.test:${first.port}/${status}`, {
			method: 'POST',
			body: 'payload',
			auth: 'token',
			headers: {
				cookie: 'a=b',
				authorization: 'Bearer own',
				'x-api-key': 'k',
				'X-Amz-Security-Token': 's',
				'private-token': 'p',
				accept: 'application/json',
			},
		});
		const arrived = JSON.parse(text) as Record<string, string>;
		assert.equal(url, `http://b.test:${second.port}/`);
		assert.deepEqual(
			Object.keys(arrived).filter(name => /cookie|auth|key|token|special/.test(name)),
			[],
			String(status),
		);
		assert.equal(arrived['accept'], 'application/json');
		assert.equal(first.requests.at(-1)?.headers['x-special'], 'Key sesame-open');
		assert.equal(second.requests.at(-1)?.method, status < 304 ? 'GET' : 'POST');
	}
});

test('exfil-dns-wildcard: very many names below a wildcard are allowed, counted and told', async t => {
	const server = await startServer(t, (_request, response) => response.end());
	const {fetch, alarms} = brokerForTest(t, {
		asked: {http: [{hosts: ['*.drop.test'], privateNetwork: true, reason}]},
		limits: {namesPerMinute: 3, requestsPerSecond: 1000},
	});
	for (let index = 0; index < 6; index++) {
		assert.equal((await fetch(`http://data-${index % 4}.drop.test:${server.port}/`)).status, 200);
	}

	assert.deepEqual(alarms, [
		{plugin: 'hetzner', capability: 'http.fetch', what: 'more than 3 different names below *.drop.test in a minute'},
	]);
});
