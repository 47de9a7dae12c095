import {type FSWatcher, mkdirSync, watch as watchDirectory} from 'node:fs';
import {type ProviderResource, type ResourceChange} from 'cws/sdk';
import {type LocalContext} from './context.ts';
import {type RunFile} from './workstation/record.ts';

/** What the watch needs of the rest: every row as it is now, and which processes stand behind them. */
export type Watched = {
	readonly look: () => Promise<{
		readonly resources: readonly ProviderResource[];
		readonly runs: readonly RunFile[];
		/** Something is on its way to another state that no file tells. */
		readonly isMoving: boolean;
	}>;
};

const tickMs = 250;
const calmTickMs = 1000;
const slowMs = 5000;
// Figures that did not move the last time can be looked at less often.
const calmSlowMs = 10_000;
// Looking at hundreds of workstations costs some milliseconds; it may take a four-hundredth of the time.
const costFactor = 400;

/**
Pushes what changed. A bell in the data directory rings when any cws or keeper writes, also the end of a program. Only what was killed
with its keeper rings nothing: once a second it is asked whether the keepers still live, and more often where a program has lost its own.
*/
export async function* watchWorkstations(
	context: LocalContext,
	{look}: Watched,
	signal: AbortSignal,
): AsyncGenerator<readonly ResourceChange[]> {
	let wake = Promise.withResolvers<void>();
	let isDirty = true;
	let pids: readonly number[] = [];
	let isMoving = false;
	let isUnkept = false;
	let lookedAt = 0;
	let slow = slowMs;
	const touch = () => {
		isDirty = true;
		wake.resolve();
	};
	const watcher = openWatcher(context.root, touch);
	let timer: NodeJS.Timeout | undefined;
	const schedule = () => {
		clearTimeout(timer);
		timer = setTimeout(check, isMoving || isUnkept ? tickMs : calmTickMs);
	};
	const check = () => {
		if (isMoving || performance.now() - lookedAt > slow || pids.some(pid => !exists(pid))) {
			touch();
		}

		schedule();
	};
	schedule();
	signal.addEventListener('abort', touch);
	let known: ReadonlyMap<string, Known> = new Map();
	try {
		while (!signal.aborted) {
			if (!isDirty) {
				await wake.promise;
			}

			wake = Promise.withResolvers<void>();
			isDirty = false;
			if (signal.aborted) {
				return;
			}

			const begin = performance.now();
			const now = await look();
			lookedAt = performance.now();
			const costMs = lookedAt - begin;
			isMoving = now.isMoving;
			// A living keeper tells the end of its program; only without one the program itself has to be asked.
			pids = now.runs.map(({pid, keeper}) => (exists(keeper) ? keeper : pid)).filter(pid => exists(pid));
			isUnkept = now.runs.some(({pid}) => pids.includes(pid));
			schedule();
			const next = new Map(now.resources.map(resource => [resource.id, {resource, text: JSON.stringify(resource)}]));
			const changes = [...changed(known, next), ...removed(known, next)];
			known = next;
			slow = Math.max(changes.length > 0 ? slowMs : calmSlowMs, costMs * costFactor);
			if (changes.length > 0) {
				yield changes;
			}
		}
	} finally {
		clearTimeout(timer);
		watcher?.close();
		signal.removeEventListener('abort', touch);
	}
}

type Known = {readonly resource: ProviderResource; readonly text: string};

const changed = (before: ReadonlyMap<string, Known>, now: ReadonlyMap<string, Known>): readonly ResourceChange[] =>
	[...now.values()]
		.filter(({resource, text}) => before.get(resource.id)?.text !== text)
		.map(({resource}) => ({change: 'upsert', provider: 'local', resource}));

const removed = (before: ReadonlyMap<string, Known>, now: ReadonlyMap<string, Known>): readonly ResourceChange[] =>
	[...before.values()]
		.filter(({resource}) => !now.has(resource.id))
		.map(({resource: {type, id}}) => ({change: 'remove', provider: 'local', type, id}));

// Where the system has no watches left, the timer still sees everything within seconds.
function openWatcher(root: string, onChange: () => void): FSWatcher | undefined {
	try {
		mkdirSync(root, {recursive: true, mode: 0o700});
		const watcher = watchDirectory(root, {persistent: false}, onChange);
		watcher.on('error', () => {
			watcher.close();
		});
		return watcher;
	} catch {
		return undefined;
	}
}

function exists(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
