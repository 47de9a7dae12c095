import {tmpdir} from 'node:os';
import {spawn} from '@lydell/node-pty';
import {setTimeout as delay} from 'node:timers/promises';
import {createXterm, rowsOf} from '../../helpers/screen-cells.ts';
import {bytesOfKey} from '../../helpers/pty-keys.ts';

export type ProbeOptions = {
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly columns?: number;
	readonly rows?: number;
};

/** A program in a pseudo-terminal under a stopwatch: what counts is when bytes arrive, not when somebody looks. */
export type Probe = {
	readonly pid: number;
	/** Milliseconds since the start until the screen first satisfies the condition. */
	readonly until: (condition: (screen: string) => boolean, what: string, timeoutMs?: number) => Promise<number>;
	/** Presses a key and gives the milliseconds until the bytes arrived that changed the screen as the condition says. */
	readonly press: (key: string, isChanged?: (after: string, before: string) => boolean) => Promise<number>;
	/** Presses a key and waits for nothing. */
	readonly type: (key: string) => void;
	/** Waits until nothing was written for that long. */
	readonly quiet: (quietMs: number, timeoutMs?: number) => Promise<void>;
	/** The rows, each with a blank before it, or `>` where it stands out by its look. */
	readonly screen: () => string;
	/** Every write so far: when it came, in milliseconds since the start, and how long it was. */
	readonly writes: readonly Write[];
	/** Milliseconds since the start until the process had ended. */
	readonly ended: Promise<number>;
	readonly close: () => Promise<void>;
};

export type Write = {readonly at: number; readonly bytes: number};

const pressTimeoutMs = 3000;
// Bytes that come within this time belong to one frame: a terminal hands a long one over in pieces.
const frameMs = 4;
const running = new Set<Probe>();

export function startProbe({command, args, env, columns = 140, rows = 40}: ProbeOptions): Probe {
	const terminal = createXterm({columns, rows}, false);
	const startedAt = performance.now();
	const child = spawn(command, [...args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		encoding: null,
		// A place without plugins of its own, about which the program would ask.
		cwd: tmpdir(),
		env: {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			LANG: 'C.UTF-8',
			TERM: 'xterm-256color',
			COLORTERM: 'truecolor',
			TZ: 'UTC',
			...env,
		},
	});
	const writes: Write[] = [];
	const listeners = new Set<(screen: string, at: number) => void>();
	let isEnded = false;
	// With `encoding: null` the data are bytes, whatever the types say.
	child.onData(data => {
		const at = performance.now();
		const last = writes.at(-1);
		if (last !== undefined && at - startedAt - last.at < frameMs) {
			writes[writes.length - 1] = {at: last.at, bytes: last.bytes + data.length};
		} else {
			writes.push({at: at - startedAt, bytes: data.length});
		}

		terminal.write(data, () => {
			if (listeners.size > 0) {
				const screen = screenOf();
				for (const listener of listeners) {
					listener(screen, at);
				}
			}
		});
	});
	terminal.onData(answer => {
		if (!isEnded) {
			child.write(answer);
		}
	});
	const ended = new Promise<number>(resolve => {
		child.onExit(() => {
			isEnded = true;
			resolve(performance.now() - startedAt);
		});
	});
	// The row of the cursor says nothing in words; what tells it is the look of its middle.
	const standsOut = (row: number): boolean => {
		const cell = terminal.buffer.active.getLine(row)?.getCell(columns >> 1);
		return cell !== undefined && (cell.isInverse() !== 0 || !cell.isBgDefault());
	};

	const screenOf = () =>
		rowsOf(terminal)
			.map((row, index) => (standsOut(index) ? `>${row}` : ` ${row}`))
			.join('\n');

	const waitFor = async (condition: (screen: string) => boolean, what: string, timeoutMs: number): Promise<number> => {
		if (condition(screenOf())) {
			return performance.now();
		}

		const {promise, resolve, reject} = Promise.withResolvers<number>();
		const listener = (screen: string, at: number) => {
			if (condition(screen)) {
				resolve(at);
			}
		};
		listeners.add(listener);
		const timer = setTimeout(() => {
			reject(new Error(`waited ${timeoutMs} ms for ${what}${isEnded ? ', and the program has ended' : ''}:\n${screenOf()}`));
		}, timeoutMs);
		try {
			return await promise;
		} finally {
			clearTimeout(timer);
			listeners.delete(listener);
		}
	};

	const probe: Probe = {
		pid: child.pid,
		until: async (condition, what, timeoutMs = 30_000) => (await waitFor(condition, what, timeoutMs)) - startedAt,
		async press(key, isChanged = (after, before) => after !== before) {
			const before = screenOf();
			const pressedAt = performance.now();
			child.write(bytesOfKey(key));
			return (await waitFor(screen => isChanged(screen, before), `a change after \`${key}\``, pressTimeoutMs)) - pressedAt;
		},
		type(key) {
			child.write(bytesOfKey(key));
		},
		async quiet(quietMs, timeoutMs = 30_000) {
			const deadline = performance.now() + timeoutMs;
			let wait = quietMs;
			while (wait > 0 && performance.now() < deadline) {
				await delay(wait);
				wait = quietMs - (performance.now() - startedAt - (writes.at(-1)?.at ?? 0));
			}
		},
		screen: screenOf,
		writes,
		ended,
		async close() {
			running.delete(probe);
			if (!isEnded) {
				child.kill('SIGTERM');
				const isLate = await Promise.race([ended.then(() => false), delay(3000, true)]);
				if (isLate) {
					child.kill('SIGKILL');
				}

				await ended;
			}

			terminal.dispose();
		},
	};
	running.add(probe);
	return probe;
}

/** Ends what a bench that broke left running. */
export async function closeProbes(): Promise<void> {
	await Promise.all([...running].map(probe => probe.close()));
}
