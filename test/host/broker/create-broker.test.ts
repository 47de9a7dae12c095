import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type FailureError} from '../../../source/core/failure/failure.ts';
import {createBroker} from '../../../source/host/broker/create-broker.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {brokerForTest, codeOf, failureOf} from './broker-for-test.ts';

const reason = 'test';

test('a plugin that was granted nothing has its own folder and its state, and no more', t => {
	const {broker} = brokerForTest(t);
	assert.deepEqual(Object.keys(broker).toSorted(), ['fs.list', 'fs.read', 'fs.write', 'state.get', 'state.set']);
});

test('a capability is there exactly when something of it was granted', t => {
	const {broker} = brokerForTest(t, {
		asked: {
			http: [{hosts: ['a.test'], reason}],
			exec: [{id: 'x', command: 'true', args: [], reason}],
			env: [{name: 'A', reason}],
			secrets: [{name: 'token', title: 'T'}],
			store: {maxBytes: 1},
			ui: ['status'],
		},
	});
	assert.deepEqual(
		Object.keys(broker)
			.filter(name => !/^(?:fs|state)\./.test(name))
			.toSorted(),
		[
			'env.get',
			'exec.run',
			'http.fetch',
			'secrets.has',
			'secrets.request',
			'store.delete',
			'store.get',
			'store.list',
			'store.set',
			'ui.status',
		],
	);
});

test('a plugin whose manifest asks for more than the grant gets nothing', () => {
	const parts = {...({} as Parameters<typeof createBroker>[0]), clock: createFakeClock(), onAlarm() {}};
	const plugin = {id: 'hetzner', title: 'H', key: 'user/hetzner', asked: {http: [{hosts: ['a.example.com'], reason}]}};
	assert.throws(
		() => createBroker({...parts, plugin, grant: {http: [{hosts: ['b.example.com'], reason}]}}),
		(error: FailureError) => error.failure.code === 'CWS_PLUGIN_CONSENT',
	);
});

test('service-confused-deputy: what a plugin does for another is checked with its own grants and told with the name of the other', async t => {
	const {fetch, denied} = brokerForTest(t, {id: 'dns', asked: {http: [{hosts: ['dns.example.test'], reason}]}});
	const refused = await failureOf(fetch('https://internal.example.test/', {}, {caller: 'hetzner'}));
	assert.equal(refused.code, 'CWS_PLUGIN_DENIED');
	assert.deepEqual(denied, [
		{plugin: 'dns', capability: 'http.fetch', what: '`dns` may not reach `internal.example.test`.', caller: 'hetzner'},
	]);
	// And the other way round: the one that asks gains nothing, its own request is checked with its own grants.
	const caller = brokerForTest(t, {id: 'hetzner', asked: {http: [{hosts: ['api.example.test'], reason}]}});
	assert.equal(await codeOf(caller.fetch('https://dns.example.test/')), 'CWS_PLUGIN_DENIED');
});
