/** Where what a plugin writes to its console goes, and the errors of its timers. */
export type EndowmentSinks = {
	readonly print: (level: 'debug' | 'info' | 'warn' | 'error', text: string) => void;
	readonly uncaught: (error: unknown) => void;
};

type Callback = (...args: readonly unknown[]) => unknown;

const timersLimit = 1000;
const longestMs = 2 ** 31 - 1;
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
export function createEndowments(sinks: EndowmentSinks): Record<string, unknown> {
	const math = Object.create(Object.prototype, initial.math) as Math;
	math.random = () => initial.random();
	const endowments = {
		...initialFloats,
		...createTimers(sinks),
		console: createConsole(sinks),
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
				.catch(sinks.uncaught);
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

function createTimers({uncaught}: EndowmentSinks) {
	const timers = new Map<number, NodeJS.Timeout>();
	let sequence = 0;

	function start(task: unknown, ms: unknown, isRepeated: boolean, args: readonly unknown[]): number {
		const run = callback(task);
		if (timers.size >= timersLimit) {
			throw new RangeError(`plugin quota: at most ${timersLimit} timers`);
		}

		sequence++;
		const id = sequence;
		const wait = Math.min(longestMs, Math.max(1, Number(ms) || 0));
		const schedule = () => {
			timers.set(id, setTimeout(turn, wait));
		};

		function turn() {
			timers.delete(id);
			if (isRepeated) {
				schedule();
			}

			try {
				run(...args);
			} catch (error) {
				uncaught(error);
			}
		}

		schedule();
		return id;
	}

	const clear = (id: unknown) => {
		clearTimeout(timers.get(id as number));
		timers.delete(id as number);
	};

	return {
		setTimeout: (task: unknown, ms?: unknown, ...args: readonly unknown[]) => start(task, ms, false, args),
		setInterval: (task: unknown, ms?: unknown, ...args: readonly unknown[]) => start(task, ms, true, args),
		clearTimeout: clear,
		clearInterval: clear,
	};
}

/** Texts and JSON only: to print an object as Node does would run functions of the plugin with functions of ours. */
function createConsole({print}: EndowmentSinks) {
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
