import {type PluginContext} from '../plugin.ts';
import {method, type Method, namesOf} from './member.ts';
import {dashed} from './names.ts';

/** The services a plugin offers itself, by name; filled as it registers them. */
export type Registered = Map<string, Record<string, Method>>;

/** The services an older program gave its plugins, made of the context: under both spellings, and null where there is nothing. */
export function coreServices(context: PluginContext, registered: Registered = new Map()): Readonly<Record<string, unknown>> {
	const {config, log, http, id} = context;
	const logger = {
		...log,
		warning: log.warn,
		// Every record has the plugin's name already.
		bind: () => logger,
	};
	const registry = {
		// The same record again, because the protocol has it already.
		register_service: (name: string, service: object) => {
			registered.set(name, Object.assign(registered.get(name) ?? {}, methodsOf(service)));
		},
		get_service: async (name: string) => registered.get(name) ?? context.services.get(name),
		has_service: async (name: string) => registered.has(name) || (await context.services.get(name)) !== null,
	};
	const both = {
		http_client: http ?? null,
		plugin_registry: {
			...registry,
			registerService: registry.register_service,
			getService: registry.get_service,
			hasService: registry.has_service,
		},
		request_tracer: null,
		streaming_handler: null,
		get_plugin_config: (name: string) => (dashed(name) === id ? config : {}),
	};
	return {
		...both,
		httpClient: both.http_client,
		pluginRegistry: both.plugin_registry,
		requestTracer: null,
		streamingHandler: null,
		getPluginConfig: both.get_plugin_config,
		logger,
		settings: config,
		config,
		// The host runs the tasks; a plugin declares them.
		scheduler: null,
		context,
	};
}

/** The methods of an object and its classes, as a record that the protocol finds by own names. */
const methodsOf = (service: object): Record<string, Method> =>
	Object.fromEntries(
		namesOf(service).flatMap(name => {
			const call = method(service, name);
			return call === undefined ? [] : [[name, call] as const];
		}),
	);
