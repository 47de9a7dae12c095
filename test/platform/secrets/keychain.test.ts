import assert from 'node:assert/strict';
import {join} from 'node:path';
import test from 'node:test';
import {systemClock} from '../../../source/platform/clock.ts';
import {createKeychain} from '../../../source/platform/secrets/keychain.ts';
import {tempDir} from '../temp-dir.ts';

const workerUrl = new URL('../../../source/platform/secrets/keychain-worker.ts', import.meta.url);

test(
	'a machine without a keychain says so, and nothing hangs',
	{skip: process.platform !== 'linux' && 'only Linux may have none'},
	async t => {
		process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(tempDir(t), 'no-bus')}`;
		const keychain = createKeychain({workerUrl, service: () => 'cws test', clock: systemClock});
		t.after(() => {
			keychain.close();
		});
		const probed = await keychain.probe();
		assert.ok(!probed.ok);
		assert.equal(probed.error.code, 'CWS_SECRETS');
		assert.ok(probed.error.cause);
		const set = await keychain.set({plugin: 'bundled/hetzner', name: 'token'}, 'hcl-s3cr3t');
		assert.ok(!set.ok);
		assert.doesNotMatch(JSON.stringify(set), /s3cr3t/);
	},
);
