import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {hostForTest} from '../helpers/host-for-test.ts';
import {listen, quick, recordOf} from './fixture-host.ts';
import {madePlugin} from './made-plugin.ts';

const serves = (name: string, extra = '') =>
	`export default {services: {${name}: {ask: () => '${name}'}}, provider: {hello: () => 'hello'}, start() { console.log('started'); }, ${extra}};`;
const asks = `export default {provider: {hello: () => 'hello'}, start() { console.log('started'); }};`;
const host = (folders: readonly string[], limits = {}) => hostForTest(folders, {limits: {...quick, ...limits}});
const prices = (code = serves('pricing')) => madePlugin('tariffs', {provides: {pricing: '1.2.0'}}, code);
const billing = () => madePlugin('billing', {requires: {pricing: '^1'}}, asks);

test('starting a plugin starts what it needs first, and the order can be seen', async () => {
	await using started = await host([billing(), prices(), madePlugin('alone')]);
	const heard = listen(started.host);
	assert.ok((await started.host.start('billing')).ok);
	assert.deepEqual(started.host.initializationOrder(), ['alone', 'tariffs', 'billing']);
	assert.deepEqual(
		[...started.host.records()].map(({id, state}) => [id, state]),
		[
			['alone', 'discovered'],
			['billing', 'active'],
			['tariffs', 'active'],
		],
	);
	await heard.until(() => heard.events.filter(({type}) => type === 'plugin.started').length === 2);
	assert.deepEqual(
		heard.events.filter(({type}) => type === 'plugin.started').map(({subject}) => subject),
		['tariffs', 'billing'],
	);
	assert.deepEqual(recordOf(started.host, 'billing').requires, [
		{kind: 'service', name: 'pricing', range: '^1', isOptional: false, metBy: 'tariffs'},
	]);
	assert.deepEqual(recordOf(started.host, 'tariffs').services, [{name: 'pricing', version: '1.2.0', isOffered: true}]);
});

test('dependants of a service that fails to start fail with that reason, and nobody else', async () => {
	const broken = prices(serves('pricing', `validate: () => 'the price list is gone'`));
	await using started = await host([billing(), broken, madePlugin('summary', {dependencies: {billing: '^1'}}, asks), madePlugin('alone')]);
	const outcomes = await Promise.all(['summary', 'alone'].map(id => started.host.start(id)));
	assert.deepEqual(
		outcomes.map(({ok}) => ok),
		[false, true],
	);
	const {state, stage, error, strikes} = recordOf(started.host, 'billing');
	assert.deepEqual([state, stage, error?.code, strikes], ['failed', 'resolve', 'CWS_PLUGIN_DEPENDENCY', 0]);
	assert.match(error!.message, /needs the service `pricing` \^1 of `tariffs`, which cannot run/);
	assert.match(recordOf(started.host, 'summary').error!.message, /needs the plugin `billing` \^1/);
});

test('a circle is refused without starting any of it', async () => {
	await using started = await host([
		madePlugin('one', {provides: {one: '1.0.0'}, requires: {two: '^1'}}, serves('one')),
		madePlugin('two', {provides: {two: '1.0.0'}, requires: {one: '^1'}}, serves('two')),
	]);
	const outcome = await started.host.start('two');
	assert.ok(!outcome.ok);
	assert.equal(outcome.error.message, 'The plugin `two` needs itself: `one` → `two` → `one`.');
	assert.deepEqual(
		started.host.records().map(({generation}) => generation),
		[0, 0],
	);
});

test('when a needed plugin is disabled its dependants stop with that reason, and come back with it', async () => {
	await using started = await host([billing(), prices()]);
	const {host: own} = started;
	const heard = listen(own);
	await own.start('billing');
	await own.disable('tariffs');
	await heard.until(() => recordOf(own, 'billing').state === 'failed');
	assert.equal(recordOf(own, 'billing').error?.cause, '`tariffs` offers it but is disabled.');
	const refused = await own.call({plugin: 'billing', method: 'provider.hello', args: []});
	assert.ok(!refused.ok && refused.error.code === 'CWS_PLUGIN_DEPENDENCY');
	await own.enable('tariffs');
	await heard.until(() => recordOf(own, 'billing').state === 'active');
	assert.deepEqual(await own.call({plugin: 'billing', method: 'provider.hello', args: []}), {ok: true, value: 'hello'});
});

test('an optional need is started first when it is there, and missed without harm when it fails', async () => {
	const reader = madePlugin('reader', {optionalRequires: {pricing: '^1', notify: '^1'}}, asks);
	await using started = await host([
		reader,
		prices(`export default {services: {pricing: {ask: () => 1}}, start() { throw new Error('no'); }};`),
	]);
	assert.ok((await started.host.start('reader')).ok);
	assert.equal(recordOf(started.host, 'tariffs').state, 'failed');
	assert.deepEqual(
		recordOf(started.host, 'reader').requires.map(({metBy, problem}) => [metBy, problem]),
		[
			['tariffs', undefined],
			[undefined, 'no plugin offers it'],
		],
	);
});

test('load and unload may be asked twice, and an unloaded plugin stays so until it is loaded', async () => {
	await using started = await host([prices()]);
	const {host: own} = started;
	const statuses: string[] = [];
	for (const act of ['load', 'load', 'unload', 'unload', 'call', 'load'] as const) {
		const outcome = act === 'call' ? await own.call({plugin: 'tariffs', method: 'provider.hello', args: []}) : await own[act]('tariffs');
		statuses.push(outcome.ok ? (outcome.value as {status: string}).status : outcome.error.code);
	}

	assert.deepEqual(statuses, ['loaded', 'already_loaded', 'unloaded', 'not_loaded', 'CWS_PLUGIN_DISABLED', 'loaded']);
});

test('a load is tried again as often as it was asked for', async () => {
	const flaky = (folder: string) => `
		import {existsSync, writeFileSync, readFileSync} from 'node:fs';
		const file = ${JSON.stringify(folder)};
		export default {start() {
			const tries = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
			writeFileSync(file, String(tries + 1));
			if (tries < 2) throw new Error('not yet');
		}};`;
	const folder = madePlugin('flaky');
	writeFileSync(path.join(folder, 'index.js'), flaky(path.join(folder, 'tries')));
	await using started = await host([folder], {loadRetryMs: 5});
	const once = await started.host.load('flaky');
	assert.ok(!once.ok && once.error.cause === 'not yet');
	const again = await started.host.load('flaky', {retries: 3});
	assert.ok(again.ok, JSON.stringify(again));
	assert.equal(again.value.record.generation, 3);
});

test('plugins end in the reverse order of their start, and always by the deadline', async () => {
	const says = (id: string) => `import {appendFileSync} from 'node:fs';
		let file; export default {initialize({directories}) { file = directories.data + '/../order'; }, provider: {hello: () => 1},
		services: {${id}: {ask: () => 1}}, stop() { appendFileSync(file, '${id} '); }};`;
	await using started = await host([
		madePlugin('base', {provides: {base: '1.0.0'}}, says('base')),
		madePlugin('middle', {requires: {base: '*'}, provides: {middle: '1.0.0'}}, says('middle')),
		madePlugin('top', {requires: {middle: '*'}}, says('top')),
	]);
	await started.host.start('top');
	assert.deepEqual(await started.host.stop(3000), []);
	const {readFileSync} = await import('node:fs');
	assert.equal(readFileSync(path.join(started.home, 'data', 'order'), 'utf8'), 'top middle base ');
});

test('a rescan finds new plugins, ends those that are gone and leaves the others running', async () => {
	await using started = await host([prices(), madePlugin('old', {}, asks)]);
	const {host: own} = started;
	await Promise.all([own.start('tariffs'), own.start('old')]);
	const {renameSync, rmSync} = await import('node:fs');
	renameSync(madePlugin('fresh', {}, asks), path.join(started.pluginDirectory, 'fresh'));
	rmSync(path.join(started.pluginDirectory, 'old'), {recursive: true});
	const records = await own.rescan();
	assert.deepEqual(
		records.map(({id, state, generation}) => [id, state, generation]),
		[
			['fresh', 'discovered', 0],
			['tariffs', 'active', 1],
		],
	);
	assert.ok((await own.start('fresh')).ok);
	const gone = await own.call({plugin: 'old', method: 'provider.hello', args: []});
	assert.ok(!gone.ok && gone.error.code === 'CWS_NO_PLUGIN');
});

test('other options restart the plugin in place; wrong ones leave the old ones in service', async () => {
	const folder = madePlugin(
		'shop',
		{config: {type: 'object', properties: {greeting: {type: 'string', default: 'hello', minLength: 2}}}},
		`let config; export default {initialize(context) { config = context.config; }, provider: {hello: () => config.greeting}};`,
	);
	await using started = await host([folder]);
	const {host: own} = started;
	const greeting = async () => {
		const outcome = await own.call({plugin: 'shop', method: 'provider.hello', args: []});
		return outcome.ok ? outcome.value : outcome.error.code;
	};
	assert.equal(await greeting(), 'hello');
	assert.ok((await own.reconfigure('shop', {greeting: 'hi'})).ok);
	assert.equal(await greeting(), 'hi');
	assert.equal(recordOf(own, 'shop').generation, 2);
	const wrong = await own.reconfigure('shop', {greeting: ''});
	assert.ok(!wrong.ok && wrong.error.code === 'CWS_CONFIG');
	assert.equal(await greeting(), 'hi');
});
