import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {type AddressInfo, connect, createServer} from 'node:net';
import {join} from 'node:path';
import {test} from 'node:test';
import {startPlugin} from '../../plugins/plugin-under-test.ts';
import {type EngineHarness} from './engine-harness.ts';
import {startTlsFront} from './tls-front.ts';

/** The same engine as if it were on another machine. */
export function elsewhereTests({backend, url}: EngineHarness): void {
	const socket = url.replace('unix://', '');

	test('over TLS it is reached with the right certificate only, and one that expires is told ahead', async () => {
		await using front = await startTlsFront(socket, join(backend.directory, 'tls'));
		const empty = join(backend.directory, 'no-certificates');
		mkdirSync(empty, {recursive: true});
		const hosts = {
			good: {url: front.url, certificates: front.certificates()},
			ending: {url: front.url, certificates: front.certificates(5)},
			stranger: {url: front.url, certificates: empty},
			plain: {url: front.url},
		};
		await using running = await startPlugin('docker', {discover: false, hosts});
		const pages = await running.list('docker', 'image');
		const accounts = pages.flatMap(({resources}) => resources.map(({account}) => account));
		assert.deepEqual(new Set(accounts), new Set(['ending', 'good']));
		const missing = new Map(pages.flatMap(({missing = []}) => missing).map(part => [part.account, part]));
		assert.deepEqual(new Set(missing.keys()), new Set(['plain', 'stranger']));
		assert.equal(missing.get('stranger')?.needsLogin, true, JSON.stringify(missing.get('stranger')));
		const {cost} = pages.flatMap(({resources}) => resources)[0]!;
		assert.equal(cost?.hourly.kind, 'unknown', 'another machine is not free');
		const health = await running.host.checkHealth('docker');
		assert.ok(health.ok && health.value.status === 'warn');
		assert.match(health.value.output ?? '', /ending certificate: it expires in [45] d/);
	});

	test('certificates that have expired, or are of somebody else, are told apart, and which side has to renew them', async () => {
		await using front = await startTlsFront(socket, join(backend.directory, 'tls-now'));
		await using old = await startTlsFront(socket, join(backend.directory, 'tls-old'), -1);
		// An engine without TLS on a port of its own.
		await using plain = createServer(client => {
			const engine = connect(socket);
			client.pipe(engine).pipe(client);
			client.on('error', () => engine.destroy());
			engine.on('error', () => client.destroy());
		});
		await new Promise<void>(resolve => {
			plain.listen(0, '127.0.0.1', resolve);
		});
		const hosts = {
			expired: {url: front.url, certificates: front.certificates(-1)},
			'of-another': {url: front.url, certificates: old.certificates()},
			'old-server': {url: old.url, certificates: old.certificates()},
			'no-tls': {url: `tcp://127.0.0.1:${(plain.address() as AddressInfo).port}`, certificates: front.certificates()},
		};
		await using running = await startPlugin('docker', {discover: false, hosts});
		const missing = new Map((await running.list('docker', 'image')).flatMap(page => page.missing ?? []).map(part => [part.account, part]));
		for (const [account, [reason, fix]] of Object.entries({
			expired: [
				/^the certificate that this machine shows has expired$/,
				/^renew cert\.pem and key\.pem where `plugins\.docker\.hosts\.expired`/,
			],
			'of-another': [/^its certificate is not of the authority in ca\.pem$/, /^put the ca\.pem of that machine/],
			'old-server': [/^its certificate has expired$/, /^renew the certificate of the daemon/],
			'no-tls': [/^it does not speak TLS there$/, /see to the port/],
		} as const)) {
			const part = missing.get(account);
			assert.equal(part?.needsLogin, true, `${account}: ${JSON.stringify(part)}`);
			assert.match(part.reason, reason);
			assert.match(part.fix ?? '', fix);
		}
	});
}
