import {setImmediate as turn} from 'node:timers/promises';
import {failure, toFailure, type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type FromWorker, type StoreCalls, type StoreMethod, type ToWorker, type WorkerStart} from './protocol.ts';
import {openHere, openThread} from './store-link.ts';

export type StoreClient = {
	/** Resolves when the database is open, or the worker has failed; then the notices are complete. */
	readonly opened: Promise<void>;
	readonly notices: () => readonly Failure[];
	/** `parts` are the JSON texts sent ahead of the call; the ones of the answer are parsed on arrival. Never rejects. */
	readonly call: <Method extends StoreMethod>(
		method: Method,
		input: StoreCalls[Method]['input'],
		parts?: Iterable<string>,
	) => Promise<Outcome<Answer<Method>>>;
	/** Calls the listener after another process wrote; gives the end of it. */
	readonly watch: (listener: () => void) => () => void;
	readonly terminate: () => Promise<void>;
};

export type Answer<Method extends StoreMethod> = {
	readonly value: StoreCalls[Method]['value'];
	readonly parts: readonly (readonly unknown[])[];
};

type Parts = readonly (readonly unknown[])[];

type Pending = {
	parts: Promise<Parts>;
	readonly settle: (outcome: Outcome<string>) => void;
};

type Options = {readonly workerUrl: URL | undefined; readonly start: WorkerStart; readonly now: () => number};

export function createStoreClient({workerUrl, start, now}: Options): StoreClient {
	const {promise: opened, resolve: setOpened} = Promise.withResolvers<void>();
	const pending = new Map<number, Pending>();
	const watchers = new Set<() => void>();
	let notices: readonly Failure[] = [];
	let lastId = 0;
	let ended: Failure | undefined;

	const linkEvents = {onMessage: hear, onEnd: end};
	const link = workerUrl === undefined ? openHere(start, linkEvents) : openThread(workerUrl, start, linkEvents);

	const client: StoreClient = {
		opened,
		notices: () => notices,
		watch(listener) {
			if (watchers.size === 0) {
				void client.call('watch', null);
			}

			watchers.add(listener);
			return () => {
				watchers.delete(listener);
			};
		},
		async call(method, input, parts = []) {
			const id = ++lastId;
			try {
				const text = JSON.stringify(input);
				for (const part of parts) {
					post({kind: 'part', id, text: part});
					await turn();
				}

				const {outcome, parts: received} = await ask(id, {kind: 'call', id, method, now: now(), input: text});
				return outcome.ok ? ok({value: JSON.parse(outcome.value) as StoreCalls[typeof method]['value'], parts: received}) : outcome;
			} catch (error) {
				// A value that is not JSON: a cycle, a big integer.
				post({kind: 'drop', id});
				return failed(failure('CWS_STORE', {message: 'A value cannot be stored.', cause: toFailure(error).message}));
			}
		},
		async terminate() {
			end('it was closed');
			await link.terminate();
		},
	};
	return client;

	function hear(message: FromWorker): void {
		if (message.kind === 'part') {
			const entry = pending.get(message.id);
			if (entry !== undefined) {
				entry.parts = addPart(entry.parts, message.text);
			}

			return;
		}

		if (message.kind === 'changed') {
			for (const listener of watchers) {
				listener();
			}

			return;
		}

		if (message.kind === 'restart') {
			const entry = pending.get(message.id);
			if (entry !== undefined) {
				entry.parts = Promise.resolve([]);
			}

			return;
		}

		notices = message.notices ?? notices;
		if (message.kind === 'opened') {
			setOpened();
			release();
		} else {
			settle(message.id, message.kind === 'done' ? ok(message.value) : failed(message.error));
		}
	}

	async function ask(id: number, message: ToWorker): Promise<{readonly outcome: Outcome<string>; readonly parts: Parts}> {
		if (ended !== undefined) {
			return {outcome: failed(ended), parts: []};
		}

		const {promise, resolve} = Promise.withResolvers<Outcome<string>>();
		const entry: Pending = {parts: Promise.resolve([]), settle: resolve};
		pending.set(id, entry);
		link.setWaiting(true);
		post(message);
		const outcome = await promise;
		return {outcome, parts: await entry.parts};
	}

	function settle(id: number, outcome: Outcome<string>): void {
		pending.get(id)?.settle(outcome);
		pending.delete(id);
		release();
	}

	// An answer that is waited for keeps the program up, an idle database does not.
	function release(): void {
		if (pending.size === 0) {
			link.setWaiting(false);
		}
	}

	function post(message: ToWorker): void {
		link.post(message);
	}

	function end(cause: string): void {
		if (ended !== undefined) {
			return;
		}

		ended = failure('CWS_STORE', {message: 'The database thread has stopped; nothing of this session is kept from here on.', cause});
		if (cause !== 'it was closed') {
			notices = [...notices, ended];
		}

		for (const id of pending.keys()) {
			settle(id, failed(ended));
		}

		setOpened();
	}
}

// One part a turn of the event loop, so that keys are answered between them.
async function addPart(before: Promise<Parts>, text: string): Promise<Parts> {
	const parts = await before;
	await turn();
	return [...parts, JSON.parse(text) as unknown[]];
}
