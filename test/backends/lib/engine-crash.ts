import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type EngineHarness} from './engine-harness.ts';
import {followChanges} from './follow-changes.ts';
import {until} from './until.ts';

/** The engine is killed in the middle of an operation. */
export function crashTests(harness: EngineHarness): void {
	const {backend, daemon, cli, image, spec, deploy, get, rows, state, containersDie} = harness;

	test('an engine that is killed in the middle is told, and comes back by itself', async () => {
		const stubborn = await deploy('stubborn-1', `sh -c 'trap "" TERM; while :; do sleep 0.1; done'`);
		await using changes = followChanges(harness.running);
		await changes.until(known => known.has('container stubborn-1'));
		const stopping = harness.running.call('provider.stop', [stubborn]);
		await until(
			async () => changes.log.length,
			() => true,
		);
		backend.kill(daemon);
		const stopped = await stopping;
		assert.ok(!stopped.ok && stopped.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(stopped));
		assert.equal(stopped.error.retryable, true);
		const listed = await harness.running.host.call({plugin: 'docker', method: 'provider.get', args: [stubborn]});
		assert.ok(!listed.ok && listed.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(listed));
		assert.match(`${listed.error.cause} ${listed.error.fix}`, /nothing listens on its socket|closed the connection/);
		const health = await harness.running.host.checkHealth('docker');
		assert.ok(health.ok && health.value.status === 'fail', JSON.stringify(health));

		await backend.up();
		await until(
			async () => harness.running.host.checkHealth('docker'),
			health => health.ok && health.value.status === 'pass',
		);
		assert.equal((await rows()).filter(({name}) => name === 'stubborn-1').length, 1);
		const repeated = await harness.running.value<OperationResult>('provider.deploy', ['docker', spec('stubborn-1', 'sleep 1')]);
		assert.equal(repeated.id, stubborn.id, 'the same request after the crash makes nothing new');
		assert.equal((await get(stubborn))?.status === 'running', !containersDie || (await state(stubborn.id)) === 'running');
		await cli('run', '-d', '--stop-timeout', '0', '--name', 'afterwards-1', '--network', 'none', image, 'sleep', '100');
		await changes.until(known => known.get('container afterwards-1')?.status === 'running');
		await cli('rm', '-f', 'afterwards-1', 'stubborn-1');
		await changes.until(known => !known.has('container stubborn-1'));
	});
}
