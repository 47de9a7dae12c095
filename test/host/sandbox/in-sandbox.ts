import {systemClock} from '../../../source/platform/clock.ts';
import {type Capabilities} from '../../../source/host/broker/capability.ts';
import {createConnection, type Connection} from '../../../source/host/connection/connection.ts';
import {defaultLimits} from '../../../source/host/limits.ts';
import {openSandboxTransport} from '../../../source/host/transport/sandbox-transport.ts';
import {type OpenTransport, type Transport, type TransportExit} from '../../../source/host/transport/transport.ts';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';

export type InSandbox = {
	readonly connection: Connection;
	readonly transport: Transport;
	readonly logs: readonly unknown[];
	readonly uncaught: readonly unknown[];
	readonly violations: readonly string[];
	readonly output: readonly string[];
	/** Capabilities it asked for without having them. */
	readonly denied: readonly string[];
	readonly exited: Promise<TransportExit>;
	/** The value of a call, or what it failed with. */
	readonly call: (method: string, ...args: readonly unknown[]) => Promise<unknown>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Runs a script as a plugin in a real sandbox and speaks the real protocol with it. Throws what the load failed with. */
export async function inSandbox(
	code: string,
	{open, capabilities = {}}: {readonly open?: OpenTransport; readonly capabilities?: Capabilities} = {},
): Promise<InSandbox> {
	const bootstrap = await sandboxBootstrap();
	const transport = (open ?? openSandboxTransport(() => bootstrap))({
		id: 'tried',
		generation: 1,
		main: '',
		code,
		hardHeapMb: defaultLimits.hardHeapMb,
	});
	const logs: unknown[] = [];
	const uncaught: unknown[] = [];
	const violations: string[] = [];
	const output: string[] = [];
	const denied: string[] = [];
	const exit = Promise.withResolvers<TransportExit>();
	transport.onOutput((_stream, text) => output.push(text));
	const connection = createConnection({
		plugin: 'tried',
		generation: 1,
		locale: 'en',
		transport,
		clock: systemClock,
		limits: defaultLimits,
		capabilities,
		events: {
			onLog: body => logs.push(body),
			onEvent() {},
			onUncaught: body => uncaught.push(body),
			onViolation: what => violations.push(what),
			onDenied: what => denied.push(what),
			onStuck() {},
			onUnexpected() {},
		},
	});
	transport.onExit(exited => {
		exit.resolve(exited);
		connection.close({code: 'CWS_PLUGIN_CRASHED', message: `ended: ${exited.error?.message ?? exited.code}`});
	});
	const ready = await connection.ready;
	if (!ready.ok) {
		await transport.kill();
		throw new Error(ready.error.cause ?? ready.error.message);
	}

	await connection.call({
		method: 'lifecycle.initialize',
		args: [{id: 'tried', config: {}, directories: {data: '/data', cache: '/cache'}, granted: Object.keys(capabilities)}],
		deadlineMs: 10_000,
	});
	return {
		connection,
		transport,
		logs,
		uncaught,
		violations,
		output,
		denied,
		exited: exit.promise,
		async call(method, ...args) {
			const outcome = await connection.call({method, args, deadlineMs: 10_000});
			return outcome.ok ? outcome.value : (outcome.error.cause ?? outcome.error.message);
		},
		async [Symbol.asyncDispose]() {
			await transport.kill();
		},
	};
}

/** A plugin whose `health` evaluates expressions inside the compartment. */
export const probe = `module.exports = {async health(source) { return String(await Function('return (' + source + ')')()) }}`;

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
	const result: Item[] = [];
	for await (const item of items) {
		result.push(item);
	}

	return result;
}
