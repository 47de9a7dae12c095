import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
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
}
