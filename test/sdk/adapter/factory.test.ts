import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adaptPlugin} from '../../../source/sdk/adapter/adapt-plugin.ts';
import {adapted, call, contextForTest} from './context-for-test.ts';

type Registry = {
	readonly register_service: (name: string, service: object, provider: string) => void;
	readonly get_service: (name: string) => Promise<unknown>;
};

function createModule() {
	const seen: string[] = [];
	class RequestHook {
		readonly name = 'metrics';
		readonly events = ['REQUEST_STARTED', 'PROVIDER_STREAM_END'];
		readonly priority = 700;
		handle({event}: {event: string}) {
			seen.push(event);
		}
	}

	class TraceMiddleware {
		handle() {}
	}

	class Pricing {
		quote(type: string) {
			return `${type} costs 5`;
		}
	}

	class Runtime {
		async initialize(context: {
			readonly config: Readonly<Record<string, unknown>>;
			readonly plugin_registry: Registry;
			readonly extra: string;
		}) {
			if (context.config['enabled'] === false) {
				return;
			}

			seen.push(context.extra);
			context.plugin_registry.register_service('pricing', new Pricing(), 'my_provider');
			seen.push(String(await context.plugin_registry.get_service('absent')));
		}

		validate() {
			return true;
		}

		health_check() {
			return {status: 'pass', output: 'fine', version: '1.0.0'};
		}

		shutdown() {
			seen.push('shutdown');
		}
	}

	const factory = {
		get_manifest: () => ({
			name: 'my_provider',
			version: '1.0.0',
			description: 'Mine',
			is_provider: true,
			provides: ['pricing'],
			requires: ['dns_zones'],
			optional_requires: ['notify'],
			routes: [{prefix: '/mine', tags: ['x'], router: {routes: [{path: '/ping', method: 'get', handler: () => ({pong: true})}]}}],
			hooks: [{hook_class: RequestHook, kwargs: {}}],
			middleware: [{middleware_class: TraceMiddleware, priority: 'OBSERVABILITY'}],
			config_class: {type: 'object', properties: {enabled: {type: 'boolean', default: true}}},
		}),
		create_context: (core: object) => ({...core, extra: 'extended'}),
		create_runtime: () => new Runtime(),
	};
	return {factory, seen};
}

test('a factory of the second generation gets a manifest the host takes', async () => {
	const {manifest, problems} = await adapted(createModule());
	assert.deepEqual(problems, []);
	assert.deepEqual(
		[manifest.id, manifest.kind, manifest.provides, manifest.requires, manifest.optionalRequires],
		['my-provider', 'provider', {pricing: '1.0.0'}, {'dns-zones': '*'}, {notify: '*'}],
	);
	assert.deepEqual(manifest.contributes, {
		endpoints: [{method: 'GET', path: '/mine/ping', handler: 'getMinePing'}],
		events: [
			{on: 'request.started', priority: 700, handler: 'metricsOnRequestStarted'},
			{on: 'provider.stream.end', priority: 700, handler: 'metricsOnProviderStreamEnd'},
		],
		middleware: [{name: 'trace-middleware', priority: 200, handler: 'traceMiddleware'}],
	});
});

test('a function that gives the factory, and a factory without a class of settings, are fine', async () => {
	const {factory} = createModule();
	assert.equal((await adapted({default: () => factory})).manifest.id, 'my-provider');
	const plain = {...factory, get_manifest: () => ({name: 'metrics', version: '0.1'})};
	const {manifest, problems} = await adapted({factory: plain});
	assert.deepEqual(problems, []);
	assert.deepEqual([manifest.kind, manifest.version], ['system', '0.1.0']);
});

test('its runtime gets the context it extended, registers services by hand, and asks in vain for what is not there', async () => {
	const {factory, seen} = createModule();
	const {plugin} = await adapted({factory});
	await plugin.initialize?.(contextForTest('my-provider').context);
	assert.deepEqual(seen, ['extended', 'null']);
	assert.equal((plugin.services!['pricing']!['quote'] as (type: string) => string)('vm'), 'vm costs 5');
	assert.deepEqual(await plugin.health?.(call), {status: 'pass', output: 'fine'});
	assert.deepEqual(await plugin.endpoints?.['getMinePing']?.({method: 'GET', path: '/ping', params: {}, query: {}}, call), {
		status: 200,
		body: {pong: true},
	});
	await plugin.shutdown?.();
	assert.equal(seen.at(-1), 'shutdown');
});

test('switched off in its settings it stays inert', async () => {
	const {factory, seen} = createModule();
	const {plugin} = await adapted({factory});
	await plugin.initialize?.(contextForTest('my-provider', {enabled: false}).context);
	assert.deepEqual(seen, []);
});

test('its hooks hear the events of cws under the names they know', async () => {
	const {factory, seen} = createModule();
	const {plugin} = await adapted({factory});
	await plugin.events?.['metricsOnRequestStarted']?.({type: 'request.started'} as never, call);
	assert.deepEqual(seen, ['REQUEST_STARTED']);
});

test('a plugin of this program is left as it is, and a module that is none says what it needs', () => {
	const provider = {list() {}};
	const {plugin} = adaptPlugin({default: {provider}});
	assert.equal(plugin.provider, provider);
	assert.throws(() => adaptPlugin({helper: 1}), /exports no plugin: it needs a default export made with definePlugin/);
	class Strange {
		readonly nothing = true;
	}

	assert.throws(() => adaptPlugin({default: Strange}), /exports no plugin/);
});
