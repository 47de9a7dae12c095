import {type Clock} from '../../source/core/ports/clock.ts';
import {type Outcome} from '../../source/core/failure/outcome.ts';
import {type Capabilities} from '../../source/host/broker/capability.ts';
import {defaultLimits, type HostLimits} from '../../source/host/limits.ts';
import {type Death} from '../../source/host/supervisor/death.ts';
import {type Instance, type LaunchFailure} from '../../source/host/supervisor/instance.ts';
import {launchInstance} from '../../source/host/supervisor/launch-instance.ts';
import {openProcessTransport} from '../../source/host/transport/process-transport.ts';
import {openSandboxTransport} from '../../source/host/transport/sandbox-transport.ts';
import {type Transport} from '../../source/host/transport/transport.ts';
import {openWorkerTransport} from '../../source/host/transport/worker-transport.ts';
import {systemClock} from '../../source/platform/clock.ts';

export type SupervisedOptions = {
	/** A script for the sandbox, or the path of a plugin with all of Node. */
	readonly plugin: {readonly code: string} | {readonly main: string};
	/** The text sandboxes start from. */
	readonly bootstrap: string;
	/** What the engine made of it before. */
	readonly cache?: Uint8Array;
	readonly isProcess?: boolean;
	readonly limits?: Partial<HostLimits>;
	readonly memoryMb?: number;
	readonly capabilities?: Capabilities;
	readonly id?: string;
	/** That of the machine when absent. */
	readonly clock?: Clock;
};

export type Supervised = {
	/** Undefined when it did not start. */
	readonly instance: Instance | undefined;
	readonly failed: LaunchFailure | undefined;
	/** How the plugin ended. */
	readonly death: Promise<Death>;
	readonly transport: Transport;
	readonly logs: readonly unknown[];
	readonly events: readonly unknown[];
	readonly output: readonly string[];
	readonly hogs: () => number;
	readonly zombies: () => number;
	readonly call: (
		method: string,
		options?: {readonly deadlineMs?: number; readonly args?: readonly unknown[]},
	) => Promise<Outcome<unknown>>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** A plugin under the real supervisor: transport, protocol, watchdog, strikes of a death. Only what restarts it is left out. */
export async function startSupervised(options: SupervisedOptions): Promise<Supervised> {
	const {plugin, bootstrap, isProcess = false, id = 'tried'} = options;
	const limits = {...defaultLimits, ...options.limits};
	const death = Promise.withResolvers<Death>();
	const logs: unknown[] = [];
	const events: unknown[] = [];
	const output: string[] = [];
	const openSandbox = isProcess
		? openProcessTransport(() => bootstrap)
		: openSandboxTransport(
				() => bootstrap,
				() => options.cache,
			);
	const openWorker = openWorkerTransport(new URL('../../source/host/worker/plugin-worker.ts', import.meta.url));
	let hogs = 0;
	let zombies = 0;
	let transport!: Transport;
	const launched = await launchInstance({
		manifest: {id, limits: {memoryMb: options.memoryMb ?? limits.memoryMb, nice: limits.niceness}} as never,
		main: 'main' in plugin ? plugin.main : '',
		generation: 1,
		initialize: {id, config: {}, directories: {data: '/', cache: '/'}},
		locale: 'en',
		open(setup) {
			transport = 'main' in plugin ? openWorker(setup) : openSandbox({...setup, code: plugin.code});
			return transport;
		},
		clock: options.clock ?? systemClock,
		limits,
		residentBytes: () => process.memoryUsage.rss(),
		capabilities: options.capabilities ?? {},
		events: {
			onDeath: died => death.resolve(died),
			onSample() {},
			onHog() {
				hogs++;
			},
			onLog: body => logs.push(body),
			onOutput: (_stream, text) => output.push(text),
			onEvent: body => events.push(body),
			onUncaught() {},
			onDenied() {},
			onUnexpected() {},
			onZombie(isZombie) {
				zombies += isZombie ? 1 : -1;
			},
		},
		signal: new AbortController().signal,
	});
	const instance = 'instance' in launched ? launched.instance : undefined;
	return {
		instance,
		failed: 'failed' in launched ? launched.failed : undefined,
		death: death.promise,
		transport,
		logs,
		events,
		output,
		hogs: () => hogs,
		zombies: () => zombies,
		call: (method, {deadlineMs = limits.callMs, args = []} = {}) => instance!.call({method, args, deadlineMs}),
		async [Symbol.asyncDispose]() {
			await instance?.close({code: 'CWS_CANCELLED', message: 'The test is over.'}, {drainMs: 0, deadlineMs: 500});
		},
	};
}
