import {type Clock} from '../../core/ports/clock.ts';
import {type StateInterval, type Store, type StoredSource} from '../../core/ports/store.ts';
import {type Resource} from '../../core/resource.ts';
import {mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {createPluginKeep} from './plugin-calls.ts';
import {rowsPerPart, type SourceHead} from './protocol.ts';
import {createStoreClient} from './store-client.ts';

export type OpenStoreOptions = {
	/** `:memory:` for a session that keeps nothing, as the demo. */
	readonly file: string;
	/** Of `store-worker`, which the built program has at another place; the database is opened in this thread without it. */
	readonly workerUrl: URL | undefined;
	readonly clock: Pick<Clock, 'now' | 'after'>;
	readonly pid: number;
	/** Of this process, see `ownProcess`. */
	readonly startTime: string;
};

const closeDeadlineMs = 1000;

/** Opens the database, in a thread of its own as a rule. Never rejects: what went wrong is in the notices, and the store works in memory then. */
export async function openStore({file, workerUrl, clock, pid, startTime}: OpenStoreOptions): Promise<Store> {
	const client = createStoreClient({workerUrl, start: {file, pid, startTime, now: clock.now()}, now: clock.now});
	const {call} = client;
	const inTurn = createTurns();
	await client.opened;
	let closing: Promise<void> | undefined;

	return {
		notices: client.notices,
		async loadInventory() {
			const answer = await call('loadInventory', null);
			return mapOutcome(answer, ({value, parts}) => joinSources(value, parts as readonly Resource[][]));
		},
		saveSource: ({resources, ...source}) =>
			inTurn(source.key, async () =>
				done(
					await call(
						'saveSource',
						source,
						toParts(resources, row => stripped(row, source)),
					),
				),
			),
		appendEvents: async events => valueOf(await call('appendEvents', events)),
		readEvents: async query => valueOf(await call('readEvents', query)),
		appendAudit: async record => done(await call('appendAudit', record)),
		readAudit: async query => valueOf(await call('readAudit', query)),
		saveOperation: async operation => done(await call('saveOperation', operation)),
		readOperations: async query => valueOf(await call('readOperations', query)),
		recordStates: readings =>
			inTurn('states', async () =>
				done(
					await call(
						'recordStates',
						null,
						toParts(readings, row => row),
					),
				),
			),
		async readIntervals(query) {
			const answer = await call('readIntervals', query);
			return mapOutcome(answer, ({parts}) => parts.flat() as StateInterval[]);
		},
		claimRecorder: async () => valueOf(await call('claimRecorder', null)),
		plugins: createPluginKeep(client),
		watch: client.watch,
		async close() {
			closing ??= close();
			await closing;
		},
	};

	async function close(): Promise<void> {
		const {promise: late, resolve} = Promise.withResolvers<void>();
		const cancel = clock.after(closeDeadlineMs, resolve);
		await Promise.race([call('close', null), late]);
		cancel();
		await client.terminate();
	}
}

const valueOf = <Value>(answer: Outcome<{readonly value: Value}>): Outcome<Value> => mapOutcome(answer, ({value}) => value);

const done = (answer: Outcome<unknown>): Outcome<void> => (answer.ok ? ok(undefined) : answer);

/** What every row of a source repeats is left out, so that a row is the same text in the next poll when nothing happened to it. */
type StrippedResource = Omit<Resource, 'seenAt'> & {readonly seenAt?: number};

const stripped = (resource: Resource, {seenAt}: {readonly seenAt: number}): StrippedResource =>
	resource.seenAt === seenAt ? {...resource, seenAt: undefined} : resource;

function joinSources(heads: readonly SourceHead[], parts: readonly (readonly StrippedResource[])[]): readonly StoredSource[] {
	let next = 0;
	return heads.map(({parts: count, ...source}) => {
		const resources: Resource[] = [];
		for (const part of parts.slice(next, next + count)) {
			for (const row of part) {
				resources.push(row.seenAt === undefined ? Object.assign(row, {seenAt: source.seenAt}) : (row as Resource));
			}
		}

		next += count;
		return {...source, resources};
	});
}

// A generator, because the client lets other work run between two parts.
function* toParts<Row>(rows: readonly Row[], toStored: (row: Row) => unknown): Generator<string> {
	for (let start = 0; start < rows.length; start += rowsPerPart) {
		yield JSON.stringify(rows.slice(start, start + rowsPerPart).map(row => toStored(row)));
	}
}

/** Runs the jobs of one key one after another: two that send parts in turns must not finish in the wrong order. */
function createTurns(): <Result>(key: string, job: () => Promise<Result>) => Promise<Result> {
	const last = new Map<string, Promise<unknown>>();
	return (key, job) => {
		const current = (last.get(key) ?? Promise.resolve()).then(job);
		last.set(key, current);
		return current;
	};
}
