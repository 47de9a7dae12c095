import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {collect, fixtureHost, listen, recordOf} from '../fixture-host.ts';

const listeners = () => ['uncaughtException', 'unhandledRejection'].map(name => process.listenerCount(name));

test('for a process that looks once a bundled plugin runs in its thread, and leaves it as it was', async () => {
	const before = listeners();
	{
		await using started = await fixtureHost(['well-behaved'], {isBrief: true});
		const {host} = started;
		const {events, until} = listen(host);
		const call = {plugin: 'well-behaved', args: [{provider: 'well-behaved', type: 'vm', id: 'i-1', name: 'web-1'}]};
		const got = await host.call<Record<string, unknown>>({...call, method: 'provider.get'});
		assert.ok(got.ok);
		assert.deepEqual(got.value['lived'], ['initialize', 'validate', 'start']);
		assert.deepEqual(got.value['config'], {greeting: 'hello', count: 3});
		assert.ok(Object.isFrozen(got.value['config']));
		const chunks = await collect(host.stream<{readonly resources: readonly unknown[]}>({...call, method: 'provider.list'}));
		assert.equal(chunks.flatMap(chunk => (chunk.ok ? chunk.value : [])).flatMap(page => page.resources).length, 601);
		await until(() => events.some(({type}) => type === 'test.started'));
		assert.equal(recordOf(host, 'well-behaved').state, 'active');
		assert.notDeepEqual(listeners(), before);
	}

	assert.deepEqual(listeners(), before);
});

test('what a worker may not do it may not do in this thread either', async () => {
	await using started = await fixtureHost(['misbehaving'], {isBrief: true});
	const {host} = started;
	const ask = async (method: string) => {
		const outcome = await host.call({plugin: 'misbehaving', method: `provider.${method}`, args: [], deadlineMs: 300});
		return outcome.ok ? outcome.value : outcome.error.code;
	};

	for (const method of ['throws', 'throwsNull', 'throwsForged', 'huge', 'cyclic', 'veryDeep']) {
		assert.equal(await ask(method), 'CWS_PLUGIN_FAILED', method);
	}

	assert.equal(await ask('pollutes'), 'CWS_PLUGIN_PROTOCOL');
	assert.equal(await ask('neverSettles'), 'CWS_PLUGIN_TIMEOUT');
	assert.deepEqual(await ask('hostileStrings'), {'name␛[2J': 'web␛]52;c;aGk=␇�gnp', plain: 'a b', rest: ['␀', 'zero�width']});
	assert.equal(await ask('fine'), 'fine');
	assert.equal(recordOf(host, 'misbehaving').generation, 1);
});
