import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ResourceChange} from 'cws/sdk';
import {readStored} from '../storage/records.ts';
import {type LocalForTest, localForTest} from './local-for-test.ts';

/** Changes of one provider; `until` reads on to the first that fits. */
function watching({provider, call}: LocalForTest) {
	const abort = new AbortController();
	const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(20_000)]);
	const stream = provider.watch!({...call, signal})[Symbol.asyncIterator]();
	const pending: ResourceChange[] = [];
	return {
		async until(isThere: (change: ResourceChange) => boolean): Promise<ResourceChange> {
			for (;;) {
				for (let change = pending.shift(); change !== undefined; change = pending.shift()) {
					if (isThere(change)) {
						return change;
					}
				}

				const {value, done} = await stream.next();
				assert.ok(done !== true, 'the watch ended');
				pending.push(...value);
			}
		},
		async [Symbol.asyncDispose]() {
			abort.abort();
			await stream.return?.();
		},
	};
}

const hasStatus = (name: string, status: string) => (change: ResourceChange) =>
	change.change === 'upsert' && change.resource.name === name && change.resource.status === status;

test('a watch tells what another cws deploys, stops and destroys, and this machine as a row', async () => {
	await using local = localForTest();
	const other = local.another();
	await using changes = watching(local);
	const machine = await changes.until(change => change.change === 'upsert' && change.resource.type === 'host');
	assert.ok(machine.change === 'upsert' && machine.resource.protected === 'this machine runs cws; it cannot be destroyed');
	await other.deploy('web-1', {command: 'exec sleep 300'});
	await changes.until(hasStatus('web-1', 'running'));
	const target = await other.target('web-1');
	await other.provider.hibernate!(target, other.call);
	await changes.until(hasStatus('web-1', 'hibernated'));
	await other.provider.resume!(target, other.call);
	await changes.until(hasStatus('web-1', 'running'));
	await other.provider.stop!(target, other.call);
	await changes.until(hasStatus('web-1', 'stopped'));
	await other.provider.destroy!(target, other.call);
	const removed = await changes.until(({change}) => change === 'remove');
	assert.deepEqual(removed, {change: 'remove', provider: 'local', type: 'vm', id: target.id});
});

test('a watch tells a death, also when the keeper died with the program and nobody could write it down', async () => {
	await using local = localForTest();
	await using changes = watching(local);
	await local.deploy('one', {command: 'exec sleep 300'});
	await local.deploy('two', {command: 'exec sleep 300'});
	await changes.until(hasStatus('two', 'running'));
	process.kill(Number((await local.get('one')).meta?.pid), 'SIGKILL');
	await changes.until(hasStatus('one', 'failed'));
	const stored = readStored(local.context, (await local.get('two')).id);
	assert.ok(typeof stored === 'object' && stored.run !== undefined);
	process.kill(stored.run.keeper, 'SIGKILL');
	process.kill(stored.run.pid, 'SIGKILL');
	await changes.until(hasStatus('two', 'stopped'));
});
