import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Task} from '../../../source/sdk/handlers.ts';
import {adapted, call, contextForTest} from './context-for-test.ts';

/** CCProxy's first sample: nothing is there before `initialize`. */
function createModule() {
	const seen: string[] = [];
	class RefreshTask {
		readonly given: Readonly<Record<string, unknown>>;

		constructor(given: Readonly<Record<string, unknown>>) {
			this.given = given;
		}

		setup() {
			seen.push(`setup ${String(this.given['detection_service'])} ${String(this.given['skip_initial_run'])}`);
		}

		run() {
			seen.push('run');
			return seen.filter(one => one === 'run').length < 2;
		}

		cleanup() {
			seen.push('cleanup');
		}
	}

	class Plugin {
		#config: unknown;
		#logger: {info: (text: string) => void} | undefined;
		readonly name = 'example_one';
		readonly version = '1.2.0';

		get router_prefix() {
			return `/${this.name}`;
		}

		async initialize(services: {
			readonly get_plugin_config: (name: string) => unknown;
			readonly logger: {readonly bind: (fields: object) => {info: (text: string) => void}};
		}) {
			this.#config = services.get_plugin_config(this.name);
			this.#logger = services.logger.bind({plugin: this.name});
			this.#logger.info('ready');
		}

		async shutdown() {
			seen.push('shutdown');
		}

		validate() {
			return this.#config !== undefined;
		}

		get_routes() {
			return {routes: [{path: '/usage/{id}', methods: ['GET'], handler: ({params}: {params: object}) => ({status: 202, data: params})}]};
		}

		health_check() {
			return {status: 'warn', componentId: 'plugin-example', output: 'slow', details: {auth: 'expired', nested: {}}};
		}

		get_scheduled_tasks() {
			return [
				{
					task_name: `refresh_${this.name}`,
					task_type: 'example_refresh',
					task_class: RefreshTask,
					interval_seconds: 0.2,
					skip_initial_run: true,
					detection_service: 'detector',
				},
			];
		}
	}

	return {module: {Plugin}, seen};
}

test('a class Plugin of the first generation gets a manifest the host takes', async () => {
	const {manifest, problems} = await adapted(createModule().module);
	assert.deepEqual(problems, []);
	assert.equal(manifest.id, 'example-one');
	assert.equal(manifest.version, '1.2.0');
	assert.equal(manifest.routerPrefix, '/example_one');
	assert.deepEqual(manifest.config?.properties?.['timeout']?.default, 30);
	assert.deepEqual(manifest.contributes?.tasks, [
		{name: 'refresh-example-one', everySeconds: 1, skipInitialRun: true, handler: 'refreshExampleOne'},
	]);
	assert.deepEqual(manifest.contributes?.endpoints, [{method: 'GET', path: '/usage/{id}', handler: 'getUsageId'}]);
});

test('it is initialized before it is validated, with its own settings and a logger that knows it', async () => {
	const {plugin} = await adapted(createModule().module);
	assert.match((await plugin.validate?.()) ?? '', /example-one says that it cannot work here/);
	const {context, logged} = contextForTest('example-one', {endpoint: 'x'});
	await plugin.initialize?.(context);
	assert.equal(await plugin.validate?.(), undefined);
	assert.deepEqual(logged, ['info ready']);
});

test('its health, its routes and its end go through', async () => {
	const {module, seen} = createModule();
	const {plugin} = await adapted(module);
	await plugin.initialize?.(contextForTest('example-one').context);
	assert.deepEqual(await plugin.health?.(call), {
		status: 'warn',
		output: 'slow',
		checks: [{name: 'auth', status: 'unknown', output: 'expired'}],
	});
	assert.deepEqual(await plugin.endpoints?.['getUsageId']?.({method: 'GET', path: '/usage/4', params: {id: '4'}, query: {}}, call), {
		status: 202,
		body: {id: '4'},
	});
	await plugin.shutdown?.();
	assert.deepEqual(seen, ['shutdown']);
});

test("a task has its setup, its own arguments once, its false and its cleanup; skipping is the scheduler's", async () => {
	const {module, seen} = createModule();
	const {plugin} = await adapted(module);
	const task = plugin.tasks?.['refreshExampleOne'] as Task;
	await task.setup?.(call);
	assert.equal(await task.run(call), true);
	assert.equal(await task.run(call), false);
	await task.cleanup?.(call);
	assert.deepEqual(seen, ['setup detector false', 'run', 'run', 'cleanup']);
});

test('a plugin that has no tasks before its start has none', async () => {
	class Plugin {
		readonly name = 'empty';
		readonly version = '1';
		initialize() {}
		health_check() {
			return {status: 'pass'};
		}

		get_scheduled_tasks(): null {
			return null;
		}
	}

	const {manifest, problems} = await adapted({Plugin});
	assert.deepEqual(problems, []);
	assert.equal(manifest.version, '1.0.0');
	assert.equal(manifest.contributes?.tasks, undefined);
});
