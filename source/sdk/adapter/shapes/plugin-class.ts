import {type JsonSchema} from '../../../core/schema/json.ts';
import {type Shape} from '../adapt-plugin.ts';
import {coreServices} from '../core-services.ts';
import {healthOf} from '../health.ts';
import {hasMember, isBag, isClass, isRecord, method, quietly, text} from '../member.ts';
import {dashed, titleOf, versionOf} from '../names.ts';
import {endpointsOf, routesOf} from '../routes.ts';
import {taskContributions, taskHandlers} from '../tasks.ts';

/** Options every plugin of the first generation had. */
export const baseConfig: JsonSchema = {
	type: 'object',
	properties: {
		enabled: {type: 'boolean', default: true},
		priority: {type: 'integer', default: 0},
		timeout: {type: 'number', title: 'Seconds a request may take', default: 30},
	},
};

/** The class `Plugin` of CCProxy's first generation: `initialize(services)`, `health_check`, `get_routes`, `get_scheduled_tasks`. */
export const adaptPluginClass: Shape = module => {
	const made = module['Plugin'] ?? module['plugin'] ?? module['default'];
	const instance: unknown = isClass(made) && isPluginShape(made.prototype) ? new made() : made;
	if (!isBag(instance) || !isPluginShape(instance)) {
		return undefined;
	}

	const name = text(instance, 'name') ?? 'unnamed';
	const id = dashed(name);
	const definitions = () => {
		const answer = method(instance, 'get_scheduled_tasks')?.();
		return Array.isArray(answer) ? answer : [];
	};
	const tasks = quietly(definitions, []);
	const {contributions, handlers} = endpointsOf(routesOf(quietly(() => method(instance, 'get_routes')?.(), undefined)));
	const config = quietly(() => method(instance, 'create_config')?.(), undefined);
	return {
		manifest: {
			id,
			version: versionOf(text(instance, 'version')),
			title: titleOf(id),
			...(text(instance, 'description') !== undefined && {description: text(instance, 'description')!}),
			kind: 'provider',
			api: 1,
			activation: ['onStartup'],
			...(text(instance, 'router_prefix') !== undefined && {routerPrefix: text(instance, 'router_prefix')!}),
			config: isRecord(config) && config['type'] === 'object' ? config : baseConfig,
			contributes: {
				...(contributions.length > 0 && {endpoints: contributions}),
				...(tasks.length > 0 && {tasks: taskContributions(tasks)}),
			},
		},
		plugin: {
			async initialize(context) {
				await method(instance, 'initialize')?.(coreServices(context));
			},
			async validate() {
				const isFine = await method(instance, 'validate')?.();
				return isFine === false ? `The plugin ${id} says that it cannot work here.` : undefined;
			},
			async shutdown() {
				await method(instance, 'shutdown')?.();
			},
			...(method(instance, 'health_check') !== undefined && {
				health: async () => healthOf(await method(instance, 'health_check')!()),
			}),
			endpoints: handlers,
			tasks: taskHandlers(tasks, definitions),
		},
	};
};

const isPluginShape = (value: unknown): boolean =>
	isBag(value) &&
	['health_check', 'get_scheduled_tasks', 'get_routes', 'create_adapter', 'router_prefix'].some(name => hasMember(value, name)) &&
	hasMember(value, 'initialize');
