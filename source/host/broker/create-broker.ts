import {failure, FailureError, toFailure} from '../../core/failure/failure.ts';
import {type PermissionSet} from '../../core/manifest/permissions.ts';
import {comparePermissions} from '../../core/permissions/compare.ts';
import {type CommandPaths} from '../../core/permissions/describe.ts';
import {type PathRoots} from '../../core/permissions/path.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginKeep} from '../../core/ports/plugin-keep.ts';
import {type PluginPorts} from '../../core/ports/plugin-ports.ts';
import {type SecretStore} from '../../core/ports/secrets.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {type Capabilities, type CapabilityCall, type CapabilityHandler} from './capability.ts';
import {createCommands} from './exec-commands.ts';
import {createGrantedFiles} from './granted-files.ts';
import {createFetch} from './http/fetch.ts';
import {createTraffic, type Traffic} from './http/traffic.ts';
import {createKeptValues, createStateBox, type StateCell} from './kept-values.ts';
import {type BrokerLimits, brokerLimits} from './limits.ts';
import {type LiveRedactor, redactFailure} from './live-redactor.ts';
import {type Attention, createAttention, createPerson} from './person.ts';
import {createPluginSecrets, secretHandlers, variableHandlers} from './plugin-secrets.ts';

/** Something a plugin tried and may not do, or did very often. */
export type BrokerNotice = {
	readonly plugin: string;
	/** `http.fetch` … */
	readonly capability: string;
	/** One line, harmless and without secrets. */
	readonly what: string;
	/** The plugin it did it for, through a service. */
	readonly caller?: string;
};

/** What a plugin keeps over its workers, so that a reload gives it no second allowance. */
export type PluginMemory = {
	readonly state: StateCell;
	readonly traffic: Traffic;
	readonly attention: Attention;
};

export type BrokerOptions = {
	readonly plugin: {
		readonly id: string;
		readonly title: string;
		/** Of `pluginKey`: what secrets and stored values are kept by. */
		readonly key: string;
		/** What its manifest asks for. */
		readonly asked: PermissionSet;
	};
	/** What the person allowed; it has to cover what is asked. */
	readonly grant: PermissionSet;
	/** Where its commands were when they were allowed; those not among them are looked up once. */
	readonly commands?: CommandPaths;
	readonly ports: PluginPorts;
	readonly keep: Pick<PluginKeep, 'getEntry' | 'changeEntries' | 'listEntries'>;
	readonly secrets: SecretStore;
	readonly redactor: LiveRedactor;
	readonly clock: Clock;
	readonly roots: PathRoots;
	readonly limits?: Partial<BrokerLimits>;
	readonly memory?: PluginMemory;
	readonly onDenied: (notice: BrokerNotice) => void;
	/** Nothing was denied, but somebody should look. */
	readonly onAlarm: (notice: BrokerNotice) => void;
};

export function createPluginMemory({
	plugin,
	clock,
	limits = {},
	onAlarm,
}: Pick<BrokerOptions, 'clock' | 'limits' | 'onAlarm'> & {readonly plugin: {readonly id: string}}): PluginMemory {
	const all = {...brokerLimits, ...limits};
	return {
		state: {json: 'null'},
		traffic: createTraffic({clock, limits: all, onAlarm: what => onAlarm({plugin: plugin.id, capability: 'http.fetch', what})}),
		attention: createAttention(clock, all),
	};
}

/**
Everything a plugin may do outside its worker. Each handler checks every call itself; one that was not granted is not there.
Failures come without secrets, and what was denied is told.
*/
export function createBroker(options: BrokerOptions): Capabilities {
	const {plugin, grant, ports, keep, redactor, clock, roots, memory = createPluginMemory(options)} = options;
	const {id, key, asked: granted} = plugin;
	const limits = {...brokerLimits, ...options.limits};
	if (comparePermissions(grant, granted).missing.length > 0) {
		throw new FailureError(failure('CWS_PLUGIN_CONSENT', {message: `\`${id}\` asks for more than was allowed.`}));
	}

	const shared = {plugin: id, granted, redactor, clock, limits};
	const {environment} = ports;
	const secrets = createPluginSecrets({id, key, granted, secrets: options.secrets, environment, redactor});
	const handlers: Capabilities = {
		...createFetch({
			...shared,
			http: ports.http,
			secrets,
			traffic: memory.traffic,
			onDropped: (headers, call) => tell('http.fetch', call, `headers that were left out: ${headers.join(', ')}`),
		}),
		...createCommands({...shared, ports, paths: options.commands ?? {}, directory: roots.pluginData, attention: memory.attention}),
		...createGrantedFiles({...shared, files: ports.files, roots}),
		...variableHandlers(id, granted, environment),
		...secretHandlers(id, granted, secrets),
		...createPerson({plugin, granted: granted.ui ?? [], ui: () => ports.ui, secrets, attention: memory.attention, redactor, limits}),
		...(granted.store && createKeptValues({key, maxBytes: granted.store.maxBytes, keep, limits})),
		...createStateBox(memory.state, limits),
	};
	return Object.freeze(Object.fromEntries(Object.entries(handlers).map(([method, handler]) => [method, guarded(method, handler)])));

	function tell(capability: string, {caller}: CapabilityCall, what: string) {
		const text = safeText(redactor.redact(what).slice(0, 300));
		options.onDenied({plugin: id, capability, what: text, ...(caller !== undefined && {caller})});
	}

	/** What leaves with an error: told when it was denied, and without secrets, which a server or a program may have put into it. */
	function failureOf(capability: string, call: CapabilityCall, error: unknown): unknown {
		if (call.signal.aborted && !(error instanceof FailureError)) {
			const {reason} = call.signal as {readonly reason: unknown};
			return reason instanceof FailureError
				? reason
				: new FailureError(failure('CWS_CANCELLED', {message: `\`${capability}\` was cancelled.`}));
		}

		const value = redactFailure(toFailure(error), redactor);
		if (value.code === 'CWS_PLUGIN_DENIED') {
			tell(capability, call, value.cause === undefined ? value.message : `${value.message} ${value.cause}`);
		}

		return new FailureError(value);
	}

	function guarded(method: string, handler: CapabilityHandler): CapabilityHandler {
		return (args, call) => {
			const work = handler(args, call);
			return Symbol.asyncIterator in work ? guardedItems(method, work, call) : guardedAnswer(method, work, call);
		};
	}

	async function guardedAnswer(method: string, work: Promise<unknown>, call: CapabilityCall): Promise<unknown> {
		try {
			return await work;
		} catch (error) {
			throw failureOf(method, call, error);
		}
	}

	async function* guardedItems(method: string, work: AsyncIterable<unknown>, call: CapabilityCall): AsyncGenerator {
		try {
			yield* work;
		} catch (error) {
			throw failureOf(method, call, error);
		}
	}
}
