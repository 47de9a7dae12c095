import {type HostLimits} from '../../../../source/host/limits.ts';

/** A plugin that does its worst in `health`. */
export type Attack = {
	/** A script in the sandbox, or the source of a plugin with all of Node. */
	readonly code: string;
	readonly isTrusted?: boolean;
	readonly isProcess?: boolean;
	readonly limits?: Partial<HostLimits>;
	readonly deadlineMs?: number;
	/** Plugins of this kind at once. */
	readonly count?: number;
	/** Called again and again until it dies. */
	readonly calls?: number;
	/** Its call returns, and it goes on by itself. */
	readonly isIdle?: boolean;
	/** How long to look on after its end: a thread that does not end is known late. */
	readonly settleMs?: number;
};

/** Long enough that it is its memory that ends it, also on a machine with much to do. */
const patient = {deadlineMs: 40_000, limits: {silentMs: 40_000}};

const sandboxed = (body: string, more: Partial<Attack> = {}): Attack => ({code: `module.exports = {health() { ${body} }}`, ...more});
const trusted = (body: string, more: Partial<Attack> = {}): Attack => ({
	code: `import {parentPort} from 'node:worker_threads'; import {execSync} from 'node:child_process'; export default {health() { ${body} }};`,
	isTrusted: true,
	...more,
});

const parseForever = `const text = JSON.stringify(Array.from({length: 50000}, (_, i) => ({i}))); for (;;) JSON.parse(text);`;
const fillArrays = 'const kept = []; for (;;) kept.push(new Array(1e8).fill(0));';

/** The attacks of the catalogue that are too heavy for a unit test, by their names there. */
export const attacks = {
	'loop-microtask': sandboxed('const again = () => Promise.resolve().then(again); return again();'),
	'builtin-loop': sandboxed(parseForever, {limits: {zombieMs: 500}, settleMs: 1000}),
	'builtin-loop-process': sandboxed(parseForever, {isProcess: true}),
	'ten-hogs': sandboxed('for (;;);', {count: 10}),
	'idle-burn': sandboxed('setInterval(() => { const until = Date.now() + 95; while (Date.now() < until); }, 1); return 1;', {
		isIdle: true,
		// A small part of a processor, because others may want it too.
		limits: {hogWarnMs: 1000, hogKillMs: 1000, hogPercent: 5, watchIdleMs: 200},
	}),
	'sync-exec-trusted': trusted(`execSync('sleep 4');`, {limits: {zombieMs: 500}, settleMs: 1000}),
	'bomb-map': sandboxed('const map = new Map(); for (let i = 0;; i++) map.set(i, i);', patient),
	'bomb-dict': sandboxed(`const record = {}; for (let i = 0;; i++) record['k' + i] = i;`, patient),
	'bomb-array-fill': sandboxed(fillArrays, patient),
	'bomb-array-fill-process': sandboxed(fillArrays, {...patient, isProcess: true}),
	'bomb-string': sandboxed(`const kept = []; for (let i = 0;; i++) kept.push(JSON.stringify((i + 'ab').repeat(1e7)));`, patient),
	'bomb-buffers': sandboxed('const kept = []; for (;;) kept.push(new Uint8Array(32 << 20).fill(1));', patient),
	'closure-leak': {
		code: 'const kept = []; module.exports = {health() { kept.push(Array.from({length: 131072}, () => Math.random())); return kept.length }}',
		calls: 1000,
		...patient,
	},
	'flood-frames': trusted(`for (;;) parentPort.postMessage(['l', 0, '{"level":"info","message":"flood"}']);`, patient),
	'giant-structured-clone': trusted('parentPort.postMessage(Array.from({length: 3e6}, () => ({a: 1}))); return 1;', {
		...patient,
		isIdle: true,
		limits: {memoryMb: 2048},
	}),
} as const satisfies Readonly<Record<string, Attack>>;

export type AttackName = keyof typeof attacks;
