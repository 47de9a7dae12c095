import {frameLimits} from '../protocol/frame.ts';

/** JSON of one item and how many rows it stands for. */
type Piece = {readonly json: string; readonly weight: number};

export type Credits = {
	readonly grant: (count: number) => void;
	/** Resolves when a chunk may be sent, or the call was aborted. */
	readonly take: (signal: AbortSignal) => Promise<void>;
};

const waiting = Symbol('waiting');

/**
Sends what a plugin yields in chunks, each only with a credit of the host, so that a slow reader slows the plugin down.
An array is sent item by item and a page of resources in several pages, so that no chunk is large.
*/
export async function sendStream({
	items,
	signal,
	credits,
	sendChunk,
}: {
	readonly items: unknown;
	readonly signal: AbortSignal;
	readonly credits: Credits;
	readonly sendChunk: (json: string) => void;
}): Promise<number> {
	const iterator = iteratorOf(items);
	let batch: string[] = [];
	let weight = 0;
	let length = 0;
	let count = 0;

	async function flush() {
		await credits.take(signal);
		if (!signal.aborted && batch.length > 0) {
			sendChunk(`[${batch.join(',')}]`);
		}

		batch = [];
		weight = 0;
		length = 0;
	}

	try {
		while (!signal.aborted) {
			const next = Promise.resolve(iterator.next());
			let result = batch.length > 0 ? await Promise.race([next, nextTurn()]) : undefined;
			if (result === waiting) {
				// The plugin is slower than a turn of the loop: what is there goes out now.
				await flush();
				result = undefined;
			}

			result ??= await unlessAborted(next, signal);
			if (result === waiting || result.done === true) {
				break;
			}

			for (const piece of piecesOf(result.value)) {
				if (batch.length > 0 && (weight + piece.weight > frameLimits.chunkItems || length + piece.json.length > frameLimits.chunkLength)) {
					await flush();
				}

				batch.push(piece.json);
				weight += piece.weight;
				length += piece.json.length;
				count += piece.weight;
			}
		}

		if (batch.length > 0) {
			await flush();
		}

		return count;
	} catch (error) {
		// What came before the failure is still worth having.
		if (batch.length > 0) {
			await flush();
		}

		throw error;
	} finally {
		// Not awaited: a generator stuck in its own await would never come back.
		void Promise.resolve(iterator.return?.()).catch(() => undefined);
	}
}

export function createCredits(initial: number): Credits {
	let credits = initial;
	let wake = () => {};
	return {
		grant(count) {
			credits += count;
			wake();
		},
		async take(signal) {
			// oxlint-disable-next-line no-unmodified-loop-condition -- granting changes it meanwhile
			while (credits <= 0 && !signal.aborted) {
				await unlessAborted(
					new Promise<void>(resolve => {
						wake = resolve;
					}),
					signal,
				);
			}

			credits--;
		},
	};
}

/** A stream may last for days, so nothing of one wait may stay behind: a race with a promise that never settles would. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | typeof waiting> {
	return new Promise((resolve, reject) => {
		const onAbort = () => resolve(waiting);
		const done = () => signal.removeEventListener('abort', onAbort);
		signal.addEventListener('abort', onAbort, {once: true});
		promise.then(resolve, reject).finally(done);
	});
}

const nextTurn = () =>
	new Promise<typeof waiting>(resolve => {
		setImmediate(() => resolve(waiting));
	});

type AnyIterator = {readonly next: () => unknown; readonly return?: () => unknown};
type Step = {readonly done?: boolean; readonly value: unknown};

function iteratorOf(items: unknown): {readonly next: () => Promise<Step> | Step; readonly return?: () => unknown} {
	const source = items as
		| {readonly [Symbol.asyncIterator]?: () => AnyIterator; readonly [Symbol.iterator]?: () => AnyIterator}
		| null
		| undefined;
	const iterator = source?.[Symbol.asyncIterator]?.() ?? source?.[Symbol.iterator]?.();
	if (iterator === undefined) {
		throw new TypeError('the method must return an async iterable');
	}

	return {next: () => iterator.next() as Step, return: () => iterator.return?.()};
}

function* piecesOf(value: unknown): Generator<Piece> {
	if (Array.isArray(value)) {
		for (const item of value) {
			yield {json: jsonOf(item), weight: 1};
		}
	} else if (typeof value === 'object' && value !== null && Array.isArray((value as {resources?: unknown}).resources)) {
		yield* pagesOf(value as {readonly resources: readonly unknown[]});
	} else {
		yield {json: jsonOf(value), weight: 1};
	}
}

/** The first page carries everything but the rows, so that `skipped` and `missing` are counted once. */
function* pagesOf({resources, ...rest}: {readonly resources: readonly unknown[]}): Generator<Piece> {
	let head = JSON.stringify(rest).slice(1, -1);
	let rows: string[] = [];
	let length = 0;
	const page = (): Piece => {
		const json = `{${head === '' ? '' : `${head},`}"resources":[${rows.join(',')}]}`;
		const weight = Math.max(1, rows.length);
		head = '';
		rows = [];
		length = 0;
		return {json, weight};
	};

	for (const resource of resources) {
		const json = jsonOf(resource);
		if (rows.length > 0 && (rows.length >= frameLimits.chunkItems || length + json.length > frameLimits.chunkLength)) {
			yield page();
		}

		rows.push(json);
		length += json.length;
	}

	if (rows.length > 0 || head !== '' || resources.length === 0) {
		yield page();
	}
}

const jsonOf = (value: unknown): string => JSON.stringify(value) ?? 'null';
