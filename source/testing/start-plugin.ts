import {failure, FailureError} from '../core/failure/failure.ts';
import {type Health} from '../core/health.ts';
import {type Manifest} from '../core/manifest.ts';
import {type ProviderResource} from '../core/resource.ts';
import {pluginConfig} from '../host/manifest/plugin-config.ts';
import {findMethod, methodNames} from '../host/worker/find-method.ts';
import {loadValidator} from '../core/schema/validate.ts';
import {type CommandOutput} from '../sdk/handlers.ts';
import {type Plugin} from '../sdk/plugin.ts';
import {type CallContext, type ListPage} from '../sdk/provider.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';
import {createTestContext, type TestRecords, type TestWorld} from './test-context.ts';

/** How a plugin is started in a test. */
export type StartOptions = TestWorld & {
	/** What stands in `plugin.json`; options are checked by it, and capabilities it does not ask for are absent. */
	readonly manifest?: Manifest;
	/** Options of the plugin; those of the manifest's schema have their defaults. */
	readonly config?: Readonly<Record<string, unknown>>;
	readonly clock?: FakeClock;
};

/** A plugin that runs in this process, between fakes of its own. */
export type TestPlugin = TestRecords & {
	readonly clock: FakeClock;
	/** Names a host may call: `provider.list`, `commands.report`. */
	readonly methods: readonly string[];
	/** Calls a method as the host does: arguments and answer pass through JSON. Throws what the plugin throws. */
	readonly call: <Result>(method: string, args?: readonly unknown[], context?: Partial<CallContext>) => Promise<Result>;
	/** Everything a method yields. */
	readonly collect: <Item>(method: string, args?: readonly unknown[], context?: Partial<CallContext>) => Promise<readonly Item[]>;
	/** The resources of one type, of all pages. */
	readonly list: (type: string, provider?: string) => Promise<readonly ProviderResource[]>;
	readonly health: () => Promise<Health>;
	/** Runs a command it contributes. */
	readonly command: (name: string, args?: readonly string[], flags?: Readonly<Record<string, unknown>>) => Promise<CommandOutput>;
	/** Progress its calls reported. */
	readonly progress: {readonly done?: number; readonly total?: number; readonly message?: string}[];
	readonly stop: () => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/**
Takes a plugin through initialize, validate and start, as the host does. Use it with `await using`. Nothing outside of what it gives
back is changed, so that tests may run side by side.
*/
export async function startPlugin(plugin: Plugin, options: StartOptions = {}): Promise<TestPlugin> {
	const {manifest, clock = createFakeClock()} = options;
	const id = manifest?.id ?? 'plugin';
	const records: TestRecords = {logs: [], events: [], requests: [], store: new Map(), said: []};
	const progress: TestPlugin['progress'] = [];
	const stopping = new AbortController();
	const config = await configOf(manifest, options.config);

	const context = (given: Partial<CallContext> = {}): CallContext => ({
		signal: stopping.signal,
		progress: step => void progress.push(step),
		...given,
	});

	const find = (name: string) => {
		const method = findMethod(plugin, name);
		if (method === undefined) {
			throw new FailureError(failure('CWS_NOT_SUPPORTED', {message: `The plugin has no method \`${name}\`.`}));
		}

		return method;
	};

	const call: TestPlugin['call'] = async <Result>(name: string, args: readonly unknown[] = [], given?: Partial<CallContext>) => {
		const {signal} = context(given);
		// As the host: a call that was given up already does not begin.
		if (signal.aborted) {
			throw new FailureError(failure('CWS_CANCELLED', {message: `\`${name}\` was cancelled.`}));
		}

		return plain((await find(name)(...args.map(arg => plain(arg)), context(given))) as Result);
	};

	const collect: TestPlugin['collect'] = async <Item>(name: string, args: readonly unknown[] = [], given?: Partial<CallContext>) => {
		const items: Item[] = [];
		for await (const item of find(name)(...args.map(arg => plain(arg)), context(given)) as AsyncIterable<Item>) {
			items.push(plain(item));
		}

		return items;
	};

	const stop = async () => {
		if (!stopping.signal.aborted) {
			stopping.abort();
			await plugin.stop?.();
			await plugin.shutdown?.();
		}
	};

	await plugin.initialize?.(
		createTestContext({id, ...(manifest && {manifest}), config, world: options, clock, records, signal: stopping.signal}),
	);
	const problem = await plugin.validate?.();
	if (typeof problem === 'string' && problem !== '') {
		throw new FailureError(failure('CWS_PLUGIN_FAILED', {message: `The plugin \`${id}\` cannot work here.`, cause: problem}));
	}

	await plugin.start?.();
	return {
		...records,
		clock,
		methods: methodNames(plugin),
		call,
		collect,
		async list(type, provider = id) {
			const pages = await collect<ListPage | readonly ListPage[]>('provider.list', [{provider, type}]);
			return pages.flat().flatMap(({resources}) => resources);
		},
		health: async () => (plugin.health === undefined ? {status: 'unknown'} : call<Health>('health')),
		command: async (name, args = [], flags = {}) => (await call<CommandOutput | undefined>(`commands.${name}`, [{args, flags}])) ?? {},
		progress,
		stop,
		[Symbol.asyncDispose]: stop,
	};
}

async function configOf(manifest: Manifest | undefined, given: Readonly<Record<string, unknown>> = {}) {
	if (manifest === undefined) {
		return given;
	}

	const config = pluginConfig(manifest, given, await loadValidator());
	if (!config.ok) {
		throw new FailureError(config.error);
	}

	return config.value;
}

/** As it comes through the wire. */
const plain = <Value>(value: Value): Value => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value));
