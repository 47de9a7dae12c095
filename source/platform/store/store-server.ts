import {type Failure} from '../../core/failure/failure.ts';
import {appendAudit, readAudit} from './calls/audit.ts';
import {appendEvents, readEvents} from './calls/events.ts';
import {loadInventory, saveSource} from './calls/inventory.ts';
import {readIntervals, recordStates} from './calls/intervals.ts';
import {readOperations, saveOperation} from './calls/operations.ts';
import {changePluginEntries, clearPluginEntries, getPluginEntry, listPluginEntries} from './calls/plugin-store.ts';
import {deleteGrant, liftQuarantine, readGrants, readQuarantine, saveGrant, saveQuarantine} from './calls/plugin-grants.ts';
import {type FromWorker, type StoreCalls, type StoreMethod, type ToWorker, type WorkerStart} from './protocol.ts';
import {claimRecorder, releaseRecorder} from './calls/recorder.ts';
import {type CallContext, openSession} from './session.ts';

type Handlers = {
	readonly [Method in StoreMethod]: (
		context: CallContext,
		input: StoreCalls[Method]['input'],
		parts: readonly string[],
	) => StoreCalls[Method]['value'];
};

const sharedHandlers: Omit<Handlers, 'watch' | 'close'> = {
	loadInventory,
	saveSource,
	appendEvents,
	readEvents,
	appendAudit,
	readAudit,
	saveOperation,
	readOperations,
	recordStates: (context, _input, parts) => recordStates(context, parts),
	readIntervals,
	claimRecorder,
	readGrants,
	saveGrant,
	deleteGrant,
	readQuarantine,
	saveQuarantine,
	liftQuarantine,
	getPluginEntry,
	changePluginEntries,
	listPluginEntries,
	clearPluginEntries,
};

const lookEveryMs = 1000;

export type StoreServer = {readonly receive: (message: ToWorker) => void};

/** Answers the calls of one client on the database; opening it never fails, see `openSession`. */
export function createStoreServer(
	start: WorkerStart,
	{send, onClosed}: {readonly send: (message: FromWorker) => void; readonly onClosed: () => void},
): StoreServer {
	const session = openSession(start);
	const watch = createWatch(() => send({kind: 'changed'}));
	const handlers: Handlers = {
		...sharedHandlers,
		watch: () => {
			watch.start(look => {
				try {
					session.run(look, {now: start.now, emit() {}});
				} catch {
					// The next call says what is wrong with the database.
				}
			});
			return null;
		},
		close(context) {
			watch.stop();
			releaseRecorder(context);
			return null;
		},
	};
	const parts = new Map<number, string[]>();
	let toldNotices = session.notices().length;
	send({kind: 'opened', notices: session.notices()});

	function answer({id, method, now, input}: Extract<ToWorker, {kind: 'call'}>): void {
		const received = parts.get(id) ?? [];
		parts.delete(id);
		try {
			let runs = 0;
			const value = session.run(
				context => {
					if (runs++ > 0) {
						send({kind: 'restart', id});
					}

					return handle(handlers, method, context, input, received);
				},
				{
					now,
					emit(text) {
						send({kind: 'part', id, text});
					},
				},
			);
			send({kind: 'done', id, value: JSON.stringify(value), ...newNotices()});
		} catch (error) {
			send({kind: 'failed', id, error: session.failureOf(error), ...newNotices()});
		}

		if (method === 'close') {
			session.close();
			onClosed();
		}
	}

	function newNotices(): {readonly notices?: readonly Failure[]} {
		const notices = session.notices();
		if (notices.length === toldNotices) {
			return {};
		}

		toldNotices = notices.length;
		return {notices};
	}

	return {
		receive(message) {
			if (message.kind === 'part') {
				const list = parts.get(message.id);
				if (list === undefined) {
					parts.set(message.id, [message.text]);
				} else {
					list.push(message.text);
				}
			} else if (message.kind === 'drop') {
				parts.delete(message.id);
			} else {
				answer(message);
			}
		},
	};
}

const handle = <Method extends StoreMethod>(
	handlers: Handlers,
	method: Method,
	context: CallContext,
	input: string,
	received: readonly string[],
) => handlers[method](context, JSON.parse(input) as StoreCalls[Method]['input'], received);

/** Looks every second, in the thread that has the database: whoever listens is not woken for nothing. */
function createWatch(onChange: () => void) {
	const readWrites = createForeignWrites();
	let timer: NodeJS.Timeout | undefined;
	let writes: number | undefined;
	return {
		start(run: (look: (context: CallContext) => void) => void) {
			const look = (context: CallContext) => {
				const now = readWrites(context);
				if (writes !== undefined && now !== writes) {
					onChange();
				}

				writes = now;
			};
			run(look);
			timer ??= setInterval(run, lookEveryMs, look).unref();
		},
		stop() {
			clearInterval(timer);
		},
	};
}

// `PRAGMA data_version` is a look at one number in shared memory; only when it moved is the table asked whether that was more than a heartbeat.
function createForeignWrites(): (context: CallContext) => number {
	let version: unknown;
	let writes = 0;
	return ({prepare, foreignWrites}) => {
		const current = prepare('PRAGMA data_version').get()?.['data_version'];
		if (current !== version) {
			version = current;
			writes = foreignWrites();
		}

		return writes;
	};
}
