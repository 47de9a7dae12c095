import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {startPlugin} from '../../plugins/plugin-under-test.ts';
import {type EngineHarness} from './engine-harness.ts';
import {startTlsFront} from './tls-front.ts';

/** The same engine as if it were on another machine. */
export function elsewhereTests({backend, url, cli, image, containersDie: isDocker}: EngineHarness): void {
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

	test(
		'through ssh and the docker command there, a container comes and goes',
		{skip: !isDocker && 'its command has no dial-stdio here'},
		async () => {
			// What a login on the other machine does, without the machine.
			const bin = join(backend.directory, 'bin');
			mkdirSync(bin, {recursive: true});
			writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift 2\nDOCKER_HOST='${url}' exec sh -c "$*"\n`, {
				mode: 0o755,
			});
			const path = process.env['PATH'];
			process.env['PATH'] = `${bin}:${path}`;
			try {
				await using running = await startPlugin('docker', {discover: false, hosts: {far: {url: 'ssh://me@far'}}, stopGraceSeconds: 0});
				const health = await running.host.checkHealth('docker');
				assert.ok(health.ok && health.value.status === 'pass', JSON.stringify(health));
				const spec = {type: 'container', name: 'far-1', fields: {image, command: 'sleep 100', network: 'none'}, token: 'far'};
				const {id} = await running.value<{id: string}>('provider.deploy', ['docker', spec]);
				assert.equal(await cli('inspect', '--format', '{{.State.Status}}', id), 'running');
				await running.value('provider.destroy', [{provider: 'docker', type: 'container', id, name: 'far-1', account: 'far'}]);
				await assert.rejects(cli('inspect', id));
			} finally {
				process.env['PATH'] = path;
			}
		},
	);
}
