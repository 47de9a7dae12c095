import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Connection, type LogLine} from '../../source/core/plugin.ts';
import {type PluginProgress} from '../../source/core/ports/plugin-host.ts';
import {fixtureHost, listen, recordOf} from './fixture-host.ts';

const plugin = 'well-behaved';
const target = {provider: plugin, type: 'vm', id: 'i-1', name: 'web-1'};

test('a call starts the plugin with its defaults filled in and its lifecycle in order', async () => {
	await using started = await fixtureHost([plugin], {pluginOptions: {[plugin]: {greeting: 'hi'}}});
	const {host} = started;
	assert.equal(recordOf(host, plugin).state, 'discovered');
	const outcome = await host.call<Record<string, unknown>>({plugin, method: 'provider.get', args: [target]});
	assert.ok(outcome.ok);
	assert.deepEqual(outcome.value['config'], {greeting: 'hi', count: 3});
	assert.deepEqual(outcome.value['lived'], ['initialize', 'validate', 'start']);
	assert.ok(Object.isFrozen(outcome.value['config']));
	const record = recordOf(host, plugin);
	assert.equal(record.state, 'active');
	assert.equal(record.generation, 1);
	assert.ok(record.startMs! > 0);
});

test('an option set for all plugins reaches those that declare it, below their own', async () => {
	for (const [own, greeting] of [
		[{}, 'hallo'],
		[{greeting: 'hi'}, 'hi'],
	] as const) {
		await using started = await fixtureHost([plugin], {
			sharedOptions: {greeting: 'hallo', currency: 'EUR'},
			pluginOptions: {[plugin]: own},
		});
		const outcome = await started.host.call<Record<string, unknown>>({plugin, method: 'provider.get', args: [target]});
		assert.ok(outcome.ok);
		assert.deepEqual(outcome.value['config'], {greeting, count: 3});
	}
});

test('an option that does not fit the schema names the key and its fix, and starts nothing', async () => {
	await using started = await fixtureHost([plugin], {pluginOptions: {[plugin]: {count: 0}}});
	const outcome = await started.host.call({plugin, method: 'provider.get', args: [target]});
	assert.ok(!outcome.ok);
	assert.equal(outcome.error.code, 'CWS_CONFIG');
	assert.match(outcome.error.message, /`plugins\.well-behaved\.count` must be at least 1/);
	assert.equal(recordOf(started.host, plugin).state, 'failed');
	assert.equal(recordOf(started.host, plugin).strikes, 0);
	assert.equal(recordOf(started.host, plugin).generation, 0);
});

test('two calls at once start one worker', async () => {
	await using started = await fixtureHost([plugin]);
	const outcomes = await Promise.all([1, 2, 3].map(() => started.host.call({plugin, method: 'provider.get', args: [target]})));
	assert.deepEqual(
		outcomes.map(outcome => outcome.ok),
		[true, true, true],
	);
	assert.equal(recordOf(started.host, plugin).generation, 1);
});

test('progress reaches the caller', async () => {
	await using started = await fixtureHost([plugin]);
	const seen: PluginProgress[] = [];
	const outcome = await started.host.call({plugin, method: 'provider.start', args: [target], onProgress: progress => seen.push(progress)});
	assert.ok(outcome.ok);
	assert.deepEqual(seen, [{done: 1, total: 2, message: 'half'}]);
});

test('what the person will execute comes exactly as the plugin said it', async () => {
	await using started = await fixtureHost([plugin]);
	const outcome = await started.host.call<Connection>({plugin, method: 'provider.connect', args: [target, {}]});
	assert.ok(outcome.ok && outcome.value.kind === 'exec');
	assert.deepEqual(outcome.value.args, ['-c', 'echo a\necho b']);
	assert.equal(outcome.value.env?.['PS1'], '\u001B[1m$ ');
});

test('an unknown plugin or method is an error that names it', async () => {
	await using started = await fixtureHost([plugin]);
	const unknownPlugin = await started.host.call({plugin: 'well-behavd', method: 'provider.get', args: []});
	assert.ok(!unknownPlugin.ok);
	assert.equal(unknownPlugin.error.code, 'CWS_NO_PLUGIN');
	assert.match(unknownPlugin.error.fix!, /`well-behaved`/);
	for (const method of ['provider.nothing', 'provider.toString', 'provider.__proto__', 'toString', 'constructor.constructor']) {
		const outcome = await started.host.call({plugin, method, args: []});
		assert.ok(!outcome.ok);
		assert.ok(['CWS_NOT_SUPPORTED', 'CWS_INVALID_STATE'].includes(outcome.error.code), `${method}: ${outcome.error.code}`);
	}
});

test('a list comes in small pages and counts what was skipped once', async () => {
	await using started = await fixtureHost([plugin]);
	const pages: {readonly resources: readonly {readonly id: string}[]; readonly skipped?: number}[] = [];
	for await (const chunk of started.host.stream<(typeof pages)[number]>({
		plugin,
		method: 'provider.list',
		args: [{provider: plugin, type: 'vm'}],
	})) {
		assert.ok(chunk.ok);
		pages.push(...chunk.value);
	}

	assert.equal(pages.flatMap(page => page.resources).length, 601);
	assert.ok(pages.every(page => page.resources.length <= 256));
	assert.deepEqual(
		pages.map(page => page.skipped).filter(skipped => skipped !== undefined),
		[2],
	);
	assert.equal(pages.at(-1)!.resources.at(-1)!.id, 'last');
});

test('log lines lose their colour, are split at newlines and flow until the reader stops', async () => {
	await using started = await fixtureHost([plugin]);
	const controller = new AbortController();
	const lines: LogLine[] = [];
	let end: string | undefined;
	for await (const chunk of started.host.stream<LogLine>({
		plugin,
		method: 'provider.logs',
		args: [target, {follow: true, tail: 10}],
		signal: controller.signal,
	})) {
		if (chunk.ok) {
			lines.push(...chunk.value);
			controller.abort();
		} else {
			end = chunk.error.code;
		}
	}

	assert.deepEqual(
		lines.map(({stream, text}) => `${stream} ${text}`),
		['stdout one', 'stdout two', 'stderr red'],
	);
	assert.equal(end, 'CWS_CANCELLED');
});

test('output and log calls become records of the plugin, and its events reach the listeners', async () => {
	await using started = await fixtureHost([plugin]);
	const heard = listen(started.host);
	await started.host.start(plugin);
	await heard.until(() => heard.logs.length >= 2 && heard.events.length >= 2);
	assert.ok(heard.logs.some(({message, fields}) => message === 'printed to stdout' && fields?.['stream'] === 'stdout'));
	assert.ok(heard.logs.some(({message, level, fields}) => message === 'started' && level === 'info' && fields?.['greeting'] === 'hello'));
	assert.deepEqual(heard.events.map(({type}) => type).toSorted(), ['plugin.started', 'test.started']);
	assert.deepEqual(started.host.logs(plugin), heard.logs);
});

test('health is measured, kept and asked only of what runs', async () => {
	await using started = await fixtureHost([plugin]);
	const idle = await started.host.checkHealth(plugin);
	assert.deepEqual(idle, {ok: true, value: {status: 'unknown'}});
	assert.equal(recordOf(started.host, plugin).state, 'discovered');
	const health = await started.host.checkHealth(plugin, {start: true});
	assert.ok(health.ok);
	assert.equal(health.value.status, 'pass');
	assert.equal(health.value.output, 'all is well');
	assert.equal(recordOf(started.host, plugin).healthHistory.length, 1);
});

test('a reader of the records does not keep the news from the listeners', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const heard = listen(host);
	const before = host.records();
	assert.equal(host.records(), before);
	const start = host.start(plugin);
	assert.equal(host.records()[0]!.state, 'starting');
	await heard.until(() => heard.states.includes('starting'));
	await start;
});
