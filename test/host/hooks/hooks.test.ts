import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {type EventContribution} from '../../../source/core/manifest/contributions.ts';
import {type PluginHost} from '../../../source/core/ports/plugin-host.ts';
import {hostForTest} from '../../helpers/host-for-test.ts';
import {listen, quick, recordOf} from '../fixture-host.ts';
import {madePlugin} from '../made-plugin.ts';

/** A plugin that remembers what its handlers heard; `provider.heard` gives it back. */
const hearer = (id: string, events: readonly EventContribution[], handlers: string, parts = {}) =>
	madePlugin(
		id,
		{contributes: {events}, ...parts},
		`const heard = []; let context;
		const hear = event => { heard.push(event.type + ' ' + event.subject); };
		export default {
			initialize(given) { context = given; },
			provider: {heard: () => heard, emit: (type) => context.events.emit({type, message: 'm', subject: 's', level: 'info'})},
			events: {${handlers}},
		};`,
	);

const start = (folders: readonly string[], options = {}) => hostForTest(folders, {limits: {...quick, ...options}});

const emit = (host: PluginHost, type: string, subject = 'web-1') =>
	host.emitEvent({at: Date.now(), type, level: 'info', subject, message: `${type} happened`});

const heardBy = async (host: PluginHost, plugin: string) => {
	const outcome = await host.call<readonly string[]>({plugin, method: 'provider.heard', args: []});
	return outcome.ok ? outcome.value : [outcome.error.code];
};

/** Resolves when a plugin's counters say that it is through with so many events. */
async function handled(heard: ReturnType<typeof listen>, host: PluginHost, plugin: string, count: number) {
	await heard.until(() => recordOf(host, plugin).hooks.reduce((sum, hook) => sum + hook.handled + hook.failed, 0) >= count);
}

test('events reach the plugins that asked for them, by name, by the beginning of a name, and all', async () => {
	await using started = await start([
		hearer('exact', [{on: 'instance.launched', handler: 'hear'}], 'hear'),
		hearer('some', [{on: 'instance.*', handler: 'hear'}], 'hear'),
		hearer('every', [{on: '*', handler: 'hear'}], 'hear'),
	]);
	const {host} = started;
	const heard = listen(host);
	for (const type of ['instance.launched', 'instance.stopped', 'plugin.failed']) {
		emit(host, type);
	}

	await handled(heard, host, 'every', 3);
	await handled(heard, host, 'some', 2);
	await handled(heard, host, 'exact', 1);
	assert.deepEqual(await heardBy(host, 'exact'), ['instance.launched web-1']);
	assert.deepEqual(await heardBy(host, 'some'), ['instance.launched web-1', 'instance.stopped web-1']);
	assert.equal((await heardBy(host, 'every')).length, 3);
	assert.deepEqual(recordOf(host, 'exact').hooks, [
		{on: 'instance.launched', handler: 'hear', priority: 500, handled: 1, failed: 0, dropped: 0},
	]);
});

test('a handler that throws is counted and logged, and hurts nobody', async () => {
	const events = [{on: 'instance.launched', handler: 'breaks'}];
	await using started = await start([
		hearer('broken', events, `breaks() { throw new Error('no idea'); }`),
		hearer('well', [{on: 'instance.launched', handler: 'hear'}], 'hear'),
	]);
	const {host} = started;
	const heard = listen(host);
	emit(host, 'instance.launched');
	await handled(heard, host, 'broken', 1);
	await handled(heard, host, 'well', 1);
	assert.equal(recordOf(host, 'broken').hooks[0]?.failed, 1);
	assert.equal(recordOf(host, 'broken').strikes, 0);
	await heard.until(() => heard.logs.some(({message}) => message.includes('`events.breaks` failed on instance.launched: no idea')));
});

test('a slow handler loses the oldest events beyond its queue, and the number is told', async () => {
	const slow = hearer(
		'slow',
		[{on: 'custom.*', handler: 'wait'}],
		`async wait(event) { await new Promise(r => setTimeout(r, 5)); hear(event); }`,
	);
	await using started = await start([slow], {hookQueue: 4});
	const {host} = started;
	const heard = listen(host);
	await host.start('slow');
	for (let index = 0; index < 20; index++) {
		emit(host, 'custom.thing', String(index));
	}

	const [hook] = recordOf(host, 'slow').hooks;
	assert.equal(hook?.dropped, 15);
	await handled(heard, host, 'slow', 5);
	assert.deepEqual(
		await heardBy(host, 'slow'),
		['0', '16', '17', '18', '19'].map(subject => `custom.thing ${subject}`),
	);
});

test('of several states of one thing that wait only the newest is told', async () => {
	const slow = hearer(
		'slow',
		[{on: 'instance.state.changed', handler: 'wait'}],
		`async wait(event) { await new Promise(r => setTimeout(r, 5)); heard.push(event.message); }`,
	);
	await using started = await start([slow]);
	const {host} = started;
	const heard = listen(host);
	await host.start('slow');
	for (let index = 0; index < 10; index++) {
		host.emitEvent({at: 0, type: 'instance.state.changed', level: 'info', subject: 'web-1', message: String(index)});
	}

	await handled(heard, host, 'slow', 2);
	assert.deepEqual(await heardBy(host, 'slow'), ['0', '9']);
	assert.equal(recordOf(host, 'slow').hooks[0]?.dropped, 0);
});

test('a plugin does not hear itself, and others know who spoke', async () => {
	await using started = await start([
		hearer('speaker', [{on: 'custom.*', handler: 'hear'}], 'hear'),
		hearer('listener', [{on: 'custom.*', handler: 'who'}], `who(event) { heard.push(event.plugin); }`),
	]);
	const {host} = started;
	const heard = listen(host);
	await host.start('listener');
	host.subscribe({
		onEvents(events) {
			for (const event of events.filter(({type}) => type.startsWith('custom.'))) {
				host.emitEvent({...event, at: 1});
			}
		},
	});
	await host.call({plugin: 'speaker', method: 'provider.emit', args: ['custom.hello']});
	await handled(heard, host, 'listener', 1);
	assert.deepEqual(await heardBy(host, 'listener'), ['speaker']);
	assert.deepEqual(await heardBy(host, 'speaker'), []);
});

test('a plugin that sleeps is woken only by the events its activation names', async () => {
	const events = [{on: 'instance.*', handler: 'hear'}];
	await using started = await start([
		hearer('woken', events, 'hear', {activation: ['onEvent:instance.launched']}),
		hearer('asleep', events, 'hear', {activation: ['onCommand:x']}),
	]);
	const {host} = started;
	const heard = listen(host);
	emit(host, 'instance.stopped');
	emit(host, 'instance.launched');
	await handled(heard, host, 'woken', 1);
	assert.deepEqual(await heardBy(host, 'woken'), ['instance.launched web-1']);
	assert.equal(recordOf(host, 'asleep').state, 'discovered');
});

test('a prepared event is changed in the order of the priorities, and a change that is wrong is left out', async () => {
	const prepares = (id: string, priority: number, code: string) =>
		hearer(id, [{on: 'deploy.prepared', handler: 'prepare', priority}], `prepare: event => (${code})`);
	await using started = await start([
		prepares('second', 700, `{size: event.data.size + '+'}`),
		prepares('first', 100, `{size: 'large', name: event.data.name}`),
		prepares('wrong', 300, `{size: 5}`),
		prepares('broken', 400, `(() => { throw new Error('x'); })()`),
		prepares('quiet', 450, `undefined`),
	]);
	const {host} = started;
	const changed = await host.prepareEvent('deploy.prepared', {name: 'web', size: 'small'}, ({size}) =>
		typeof size === 'string' ? undefined : failure('CWS_INVALID_INPUT', {message: '`size` must be a text.'}),
	);
	assert.deepEqual(changed, {name: 'web', size: 'large+'});
	assert.deepEqual(
		['first', 'second', 'wrong', 'broken', 'quiet'].map(id => recordOf(host, id).hooks.map(({handled, failed}) => [handled, failed])[0]),
		[
			[1, 0],
			[1, 0],
			[0, 1],
			[0, 1],
			[1, 0],
		],
	);
	const other = await host.prepareEvent('instance.launched', {name: 'web'}, () => undefined);
	assert.deepEqual(other, {name: 'web'}, 'only what the catalogue calls prepared may be changed');
});

test('the handlers of a plugin are gone when it is unloaded, and there again with their counters when it is loaded', async () => {
	await using started = await start([hearer('exact', [{on: 'instance.launched', handler: 'hear'}], 'hear')]);
	const {host} = started;
	const heard = listen(host);
	emit(host, 'instance.launched');
	await handled(heard, host, 'exact', 1);
	await host.unload('exact');
	emit(host, 'instance.launched');
	assert.equal(recordOf(host, 'exact').generation, 1);
	await host.load('exact');
	emit(host, 'instance.launched');
	await handled(heard, host, 'exact', 2);
	assert.deepEqual(await heardBy(host, 'exact'), ['instance.launched web-1']);
});
