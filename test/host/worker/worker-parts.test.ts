import assert from 'node:assert/strict';
import {test} from 'node:test';
import {providerError} from '../../../source/sdk/index.ts';
import {describeError} from '../../../source/host/worker/describe-error.ts';
import {findMethod, methodNames} from '../../../source/host/worker/find-method.ts';
import {createCredits, sendStream} from '../../../source/host/worker/send-stream.ts';

type Page = {readonly resources: readonly unknown[]; readonly skipped?: number};

async function sent(items: unknown, credits = 1000): Promise<readonly (readonly unknown[])[]> {
	const chunks: (readonly unknown[])[] = [];
	await sendStream({
		items,
		signal: new AbortController().signal,
		credits: createCredits(credits),
		sendChunk: json => chunks.push(JSON.parse(json) as unknown[]),
	});
	return chunks;
}

test('chunks hold at most 256 rows and about 64 KiB', async () => {
	const many = await sent([Array.from({length: 1000}, (_, index) => index)]);
	assert.deepEqual(
		many.map(chunk => chunk.length),
		[256, 256, 256, 232],
	);
	assert.deepEqual(
		many.flat(),
		Array.from({length: 1000}, (_, index) => index),
	);
	const large = await sent([Array.from({length: 10}, () => 'x'.repeat(30_000))]);
	assert.deepEqual(
		large.map(chunk => chunk.length),
		[2, 2, 2, 2, 2],
	);
});

test('a page is taken apart and its other fields go with the first part; an empty one is still a page', async () => {
	const [first, second, third] = (
		await sent([{resources: Array.from({length: 300}, () => ({})), skipped: 3}, {resources: []}])
	).flat() as Page[];
	assert.deepEqual([first!.resources.length, first!.skipped], [256, 3]);
	assert.deepEqual([second!.resources.length, second!.skipped], [44, undefined]);
	assert.deepEqual(third, {resources: []});
});

test('what a slow plugin has yielded goes out before it yields again', async () => {
	const gate = Promise.withResolvers<void>();
	const chunks: unknown[] = [];
	const done = sendStream({
		items: (async function* () {
			yield 1;
			await gate.promise;
			yield 2;
		})(),
		signal: new AbortController().signal,
		credits: createCredits(2),
		sendChunk(json) {
			chunks.push(JSON.parse(json));
			gate.resolve();
		},
	});
	assert.equal(await done, 2);
	assert.deepEqual(chunks, [[1], [2]]);
});

test('without credit nothing is sent, and an abort ends the wait', async () => {
	const controller = new AbortController();
	const chunks: string[] = [];
	const done = sendStream({items: [['a']], signal: controller.signal, credits: createCredits(0), sendChunk: json => chunks.push(json)});
	controller.abort();
	await done;
	assert.deepEqual(chunks, []);
});

test('an abort closes the generator of the plugin', async () => {
	const controller = new AbortController();
	let isClosed = false;
	const items = (async function* () {
		try {
			for (;;) {
				yield 'x'.repeat(70_000);
			}
		} finally {
			isClosed = true;
		}
	})();
	await sendStream({items, signal: controller.signal, credits: createCredits(5), sendChunk: () => controller.abort()});
	assert.ok(isClosed);
});

test('only own functions of the plugin and its provider can be called', () => {
	const plugin = {health: () => 1, initialize() {}, stop() {}, provider: {list: () => 2, notes: 'text'}, other: () => 3};
	assert.deepEqual(methodNames(plugin), ['health', 'lifecycle.initialize', 'lifecycle.stop', 'provider.list']);
	assert.equal(findMethod(plugin, 'provider.list')?.(), 2);
	for (const name of [
		'other',
		'toString',
		'provider.toString',
		'provider.constructor',
		'provider.__proto__',
		'provider.notes',
		'provider.list.call',
		'lifecycle.other',
	]) {
		assert.equal(findMethod(plugin, name), undefined, name);
	}
});

test('what a plugin contributes is found by group, name and method', () => {
	const plugin = {
		commands: {report: () => 'report'},
		events: {launched: () => 'launched'},
		tasks: {plain: () => 'plain', whole: {setup: () => 'setup', run: () => 'run', other: () => 'other'}},
		services: {'dns.zones': {list: () => 'zones', version: 1}},
	};
	assert.deepEqual(methodNames(plugin), [
		'commands.report',
		'events.launched',
		'tasks.plain',
		'tasks.whole',
		'services.dns.zones.list',
		'tasks.whole.setup',
		'tasks.whole.run',
	]);
	assert.equal(findMethod(plugin, 'services.dns.zones.list')?.(), 'zones');
	assert.equal(findMethod(plugin, 'tasks.whole')?.(), 'run');
	assert.equal(findMethod(plugin, 'tasks.whole.setup')?.(), 'setup');
	for (const name of [
		'commands.toString',
		'commands',
		'services.dns.zones.version',
		'services.dns.zones.toString',
		'services.constructor.name',
		'tasks.whole.other',
		'tasks.whole.toString',
		'panes.any',
		'constructor.name',
	]) {
		assert.equal(findMethod(plugin, name), undefined, name);
	}
});

test('a failure made with the SDK is told whole', () => {
	const error = providerError('CWS_PORT_TAKEN', {message: 'The port 80 is taken.', fix: 'Choose another.'});
	assert.deepEqual(describeError(error).failure, {code: 'CWS_PORT_TAKEN', message: 'The port 80 is taken.', fix: 'Choose another.'});
});

test('anything thrown can be described', () => {
	assert.deepEqual(describeError(null), {name: 'Error', message: 'null'});
	assert.deepEqual(describeError('text'), {name: 'Error', message: 'text'});
	assert.equal(describeError(new RangeError('x'.repeat(5000))).message.length, 2000);
	const hostile = new Proxy(
		{},
		{
			get() {
				throw new Error('no');
			},
		},
	);
	assert.equal(describeError(hostile).message, 'unprintable error');
});
