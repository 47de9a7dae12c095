import {type Served} from '../worker/serve-plugin.ts';
import {type Timers} from '../worker/timers.ts';

type Callback = (...args: readonly unknown[]) => unknown;

/** Made before lockdown, which takes the time and chance out of the shared ones. */
const initial = {Date, Intl, random: Math.random, math: Object.getOwnPropertyDescriptors(Math)};
const initialFloats = Object.fromEntries(
	['Float16Array', 'Float32Array', 'Float64Array'].flatMap(name => {
		const array = (globalThis as unknown as Record<string, object | undefined>)[name];
		return array === undefined ? [] : [[name, array]];
	}),
);
// Loaded at its first use, long after everything that could load a module is gone.
const loadBuiltin = process.getBuiltinModule.bind(process);

/** The globals of a plugin beside those of the language: data and time, nothing that reaches out. All of them frozen. */
export function createEndowments(served: Served): Record<string, unknown> {
	const math = Object.create(Object.prototype, initial.math) as Math;
	math.random = () => initial.random();
	const endowments = {
		...initialFloats,
		...createTimerGlobals(served.timers),
		console: createConsole(served),
		crypto: {
			getRandomValues: <View extends Uint8Array<ArrayBuffer>>(view: View): View =>
				loadBuiltin('node:crypto').webcrypto.getRandomValues(view),
			randomUUID: (): string => loadBuiltin('node:crypto').randomUUID(),
		},
		performance: {now: () => Math.floor(performance.now())},
		queueMicrotask(task: unknown) {
			const run = callback(task);
			void Promise.resolve()
				.then(() => run())
				.catch(served.uncaught);
		},
		structuredClone: (value: unknown): unknown => structuredClone(value),
		atob: (text: string): string => atob(text),
		btoa: (text: string): string => btoa(text),
		Date: initial.Date,
		Intl: initial.Intl,
		Math: math,
		AbortController,
		AbortSignal,
		Event,
		EventTarget,
		TextDecoder,
		TextEncoder,
		URL,
		URLSearchParams,
	};
	return harden(endowments);
}

function createTimerGlobals(timers: Timers) {
	const start = (task: unknown, ms: unknown, isRepeated: boolean, args: readonly unknown[]): number => {
		const run = callback(task);
		return timers.start(() => void run(...args), Number(ms), {isRepeated});
	};

	const clear = (id: unknown) => timers.clear(id as number);
	return {
		setTimeout: (task: unknown, ms?: unknown, ...args: readonly unknown[]) => start(task, ms, false, args),
		setInterval: (task: unknown, ms?: unknown, ...args: readonly unknown[]) => start(task, ms, true, args),
		clearTimeout: clear,
		clearInterval: clear,
	};
}

/** Texts and JSON only: to print an object as Node does would run functions of the plugin with functions of ours. */
function createConsole({print}: Served) {
	const at =
		(level: 'debug' | 'info' | 'warn' | 'error') =>
		(...values: readonly unknown[]): void =>
			print(level, values.map(value => printed(value)).join(' '));
	return {debug: at('debug'), log: at('info'), info: at('info'), warn: at('warn'), error: at('error')};
}

function printed(value: unknown): string {
	try {
		return typeof value === 'object' && value !== null && !(value instanceof Error) ? JSON.stringify(value) : String(value);
	} catch {
		return '[unprintable]';
	}
}

function callback(task: unknown): Callback {
	if (typeof task !== 'function') {
		throw new TypeError('a function is expected');
	}

	return task as Callback;
}
