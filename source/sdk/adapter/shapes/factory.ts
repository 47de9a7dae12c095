import {type EventContribution, type MiddlewareContribution} from '../../../core/manifest/contributions.ts';
import {type PluginKind, type Versions} from '../../../core/manifest.ts';
import {type JsonSchema} from '../../../core/schema/json.ts';
import {type EventHandler} from '../../handlers.ts';
import {type Shape} from '../adapt-plugin.ts';
import {coreServices, type Registered} from '../core-services.ts';
import {healthOf} from '../health.ts';
import {hasMember, isBag, isClass, isRecord, listOf, member, method, numberOf, quietly, text, texts} from '../member.ts';
import {camelCase, dashed, eventName, titleOf, versionOf} from '../names.ts';
import {endpointsOf, routesOf} from '../routes.ts';
import {taskContributions, taskHandlers} from '../tasks.ts';
import {baseConfig} from './plugin-class.ts';

/** The `factory` of CCProxy's second generation: it gives a manifest and makes a runtime. A function that gives one is fine too. */
export const adaptFactory: Shape = module => {
	const factory = factoryOf(module['factory']) ?? factoryOf(module['default']);
	if (factory === undefined) {
		return undefined;
	}

	const old = method(factory, 'get_manifest')?.() ?? member(factory, 'manifest');
	const name = text(old, 'name') ?? 'unnamed';
	const id = dashed(name);
	const tasks = listOf(old, 'tasks');
	const {contributions, handlers} = endpointsOf(routesOf(listOf(old, 'routes')));
	const hooks = hooksOf(listOf(old, 'hooks'));
	const middleware = listOf(old, 'middleware').filter(isRecord);
	const offered = texts(listOf(old, 'provides'));
	const services: Registered = new Map(offered.map(service => [service, {}]));
	let runtime: unknown;
	return {
		manifest: {
			id,
			version: versionOf(text(old, 'version')),
			title: titleOf(id),
			...(text(old, 'description') !== undefined && {description: text(old, 'description')!}),
			kind: kindOf(factory, old),
			api: 1,
			activation: ['onStartup'],
			...versions('provides', offered, '1.0.0'),
			...versions('requires', texts(listOf(old, 'requires')), '*'),
			...versions('optionalRequires', texts(listOf(old, 'optional_requires')), '*'),
			config: configOf(member(old, 'config_class')),
			contributes: {
				...(contributions.length > 0 && {endpoints: contributions}),
				...(tasks.length > 0 && {tasks: taskContributions(tasks)}),
				...(hooks.length > 0 && {events: hooks.map(({contribution}) => contribution)}),
				...(middleware.length > 0 && {middleware: middleware.map((one, at) => middlewareOf(one, at))}),
			},
		},
		plugin: {
			async initialize(context) {
				const core = coreServices(context, services);
				const own = (await method(factory, 'create_context')?.(core)) ?? core;
				runtime = await method(factory, 'create_runtime')?.(own);
				await method(runtime, 'initialize')?.(own);
			},
			async validate() {
				const isFine = await method(runtime, 'validate')?.();
				return isFine === false ? `The plugin ${id} says that it cannot work here.` : undefined;
			},
			async shutdown() {
				await method(runtime, 'shutdown')?.();
			},
			health: async () =>
				runtime === undefined || !hasMember(runtime, 'health_check')
					? {status: 'unknown'}
					: healthOf(await method(runtime, 'health_check')!()),
			endpoints: handlers,
			events: Object.fromEntries(hooks.map(({contribution, handler}) => [contribution.handler, handler])),
			tasks: taskHandlers(tasks, () => tasks),
			services: Object.fromEntries(offered.map(service => [dashed(service), services.get(service)!])),
		},
	};
};

function factoryOf(value: unknown): object | undefined {
	const made: unknown = isClass(value) ? (hasMember(value.prototype, 'create_runtime') ? new value() : undefined) : value;
	const factory: unknown = typeof made === 'function' ? quietly(() => (made as () => unknown)(), undefined) : made;
	const isFactory =
		isBag(factory) && hasMember(factory, 'create_runtime') && (hasMember(factory, 'get_manifest') || hasMember(factory, 'manifest'));
	return isFactory ? factory : undefined;
}

function kindOf(factory: object, old: unknown): PluginKind {
	const type = text(factory, 'plugin_type') ?? text(old, 'plugin_type') ?? text(old, 'type') ?? '';
	return type.startsWith('auth') ? 'auth' : type === 'provider' || member(old, 'is_provider') === true ? 'provider' : 'system';
}

const versions = (
	field: 'provides' | 'requires' | 'optionalRequires',
	names: readonly string[],
	version: string,
): Readonly<Record<string, Versions>> =>
	names.length === 0 ? {} : {[field]: Object.fromEntries(names.map(name => [dashed(name), version]))};

function configOf(config: unknown): JsonSchema {
	const schema = isRecord(config) ? config : (method(config, 'json_schema')?.() ?? member(config, 'schema'));
	return isRecord(schema) && schema['type'] === 'object' ? schema : baseConfig;
}

type Hook = {readonly contribution: EventContribution; readonly handler: EventHandler};

/** One handler for each event of each hook. What it throws is the host's to log. */
const hooksOf = (specs: readonly unknown[]): readonly Hook[] =>
	specs.filter(isRecord).flatMap((spec, index) => {
		const type = member(spec, 'hook_class') ?? member(spec, 'hook');
		const kwargs = member(spec, 'kwargs');
		const make = () => (isClass(type) ? new type(kwargs ?? {}) : type);
		const sample = quietly(make, undefined);
		let hook: unknown;
		const priority = numberOf(sample, 'priority') ?? numberOf(spec, 'priority');
		return texts([...listOf(sample, 'events'), ...listOf(spec, 'events')]).map(name => ({
			contribution: {
				on: eventName(name),
				...(priority !== undefined && {priority: Math.min(1000, Math.max(0, Math.round(priority)))}),
				handler: camelCase(`${text(sample, 'name') ?? `hook ${index}`} on ${name}`),
			},
			async handler(event) {
				hook ??= make();
				const run = method(hook, 'call') ?? method(hook, 'handle') ?? method(hook, 'run');
				await run?.({...event, event: name, data: event});
			},
		}));
	});

const layers: Readonly<Record<string, number>> = {security: 100, observability: 200, transformation: 300, routing: 400, application: 500};

function middlewareOf(spec: Readonly<Record<string, unknown>>, at: number): MiddlewareContribution {
	const type = member(spec, 'middleware_class');
	const name = (typeof type === 'function' && type.name) || text(spec, 'name') || `middleware ${at + 1}`;
	const priority = numberOf(spec, 'priority') ?? layers[(text(spec, 'priority') ?? '').toLowerCase()];
	return {name: dashed(name), ...(priority !== undefined && {priority}), handler: camelCase(name)};
}
