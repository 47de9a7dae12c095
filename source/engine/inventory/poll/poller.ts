import {type Clock} from '../../../core/ports/clock.ts';
import {type PluginHost} from '../../../core/ports/plugin-host.ts';
import {failure, toFailure} from '../../../core/failure/failure.ts';
import {type Resource} from '../../../core/resource.ts';
import {type ResourceRef} from '../../../core/reference.ts';
import {type Inventory, type InventorySource} from '../inventory.ts';
import {keepRow} from '../keep-row.ts';
import {isInMissingPart, missingFailure} from './missing-parts.ts';
import {nextPollMs} from './poll-pace.ts';
import {type ListAnswer, readList} from './read-list.ts';

/** What a complete list showed to be different from the rows before. */
export type SeenChange = {readonly before?: Resource; readonly after?: Resource};

const noticeMs = 200;

export type Poller = {
	/** Polls now, or joins the poll that is on its way. */
	readonly poll: (source: InventorySource) => Promise<void>;
	/** Polls again and again. */
	readonly follow: (source: InventorySource) => void;
	readonly setPaused: (isPaused: boolean) => void;
	readonly stop: () => void;
};

type Options = {
	readonly host: PluginHost;
	readonly clock: Clock;
	readonly inventory: Inventory;
	readonly refreshSeconds: number;
	/** Only after a list that replaced an earlier one. */
	readonly onSeen: (source: InventorySource, changes: readonly SeenChange[]) => void;
	/** After a list that came to its end; rows of missing parts have kept their age. */
	readonly onComplete: (source: InventorySource, seenAt: number) => void;
};

type Follow = {
	tookMs: number;
	failures: number;
	hasAnswered: boolean;
	inFlight?: Promise<void>;
	isFollowed: boolean;
	cancelTimer?: () => void;
};

export function createPoller({host, clock, inventory, refreshSeconds, onSeen, onComplete}: Options): Poller {
	const follows = new Map<InventorySource, Follow>();
	const stopping = new AbortController();
	let isPaused = false;

	const followOf = (source: InventorySource): Follow => {
		const known = follows.get(source) ?? {tookMs: 0, failures: 0, hasAnswered: false, isFollowed: false};
		follows.set(source, known);
		return known;
	};

	const isCurrent = (source: InventorySource) => inventory.sources().includes(source);

	const schedule = (source: InventorySource, follow: Follow, error?: ListAnswer['error']) => {
		follow.cancelTimer?.();
		follow.cancelTimer = undefined;
		if (!follow.isFollowed || isPaused || stopping.signal.aborted || !isCurrent(source)) {
			return;
		}

		const everyMs = (source.contribution.pollSeconds ?? refreshSeconds) * 1000;
		const {tookMs, failures} = follow;
		follow.cancelTimer = clock.after(nextPollMs({key: source.key, everyMs, tookMs, failures, error}), () => {
			void poll(source);
		});
	};

	const run = async (source: InventorySource, follow: Follow) => {
		const {key, contribution, table} = source;
		// Most lists are over before a person could see that they run, and each word on the screen costs a frame.
		const cancelNotice = clock.after(noticeMs, () => {
			inventory.patch(key, {isRefreshing: true});
		});
		const startedAt = clock.monotonic();
		const seenAt = clock.now();
		const isFirst = !follow.hasAnswered;
		// Nothing to compare with: everything would be new.
		const isBaseline = isFirst && table.size() === 0;
		source.touched = new Map();
		const changes: SeenChange[] = [];
		let matched = 0;
		const answer = await readList({
			host,
			source: {plugin: contribution.plugin.id, provider: contribution.provider, type: contribution.type},
			seenAt,
			signal: stopping.signal,
			onRow(row) {
				const before = table.get(row.ref);
				if (before) {
					matched++;
				}

				if (!isBaseline && before?.status !== row.status) {
					changes.push({before, after: row});
				}

				if (isFirst && !source.touched?.has(row.ref)) {
					inventory.upsert(row);
					source.touched?.delete(row.ref);
				}

				return keepRow(before, row, source.listedAt);
			},
		}).catch((error: unknown): ListAnswer => ({rows: [], missing: [], skipped: 0, error: toFailure(error)}));
		cancelNotice();
		follow.tookMs = clock.monotonic() - startedAt;
		const {touched} = source;
		source.touched = undefined;
		if (answer.error) {
			follow.failures++;
			inventory.patch(key, {phase: 'failed', error: answer.error, isStale: table.size() > 0, isRefreshing: false});
			return answer.error;
		}

		follow.failures = answer.missing.length > 0 && answer.rows.length === 0 ? follow.failures + 1 : 0;
		follow.hasAnswered = true;
		source.listedAt = seenAt;
		replaceRows({inventory, source, answer, touched, mayHaveGone: isFirst || matched < table.size(), changes});
		const first = answer.missing[0];
		inventory.patch(key, {
			phase: first ? 'partial' : 'live',
			seenAt,
			isStale: false,
			isRefreshing: false,
			error: first && missingFailure(first),
			missing: answer.missing,
			skipped: answer.skipped,
			resources: table.values(),
		});
		if (!isBaseline) {
			onSeen(source, changes);
		}

		onComplete(source, seenAt);

		return undefined;
	};

	const poll = async (source: InventorySource): Promise<void> => {
		const follow = followOf(source);
		if (stopping.signal.aborted) {
			return;
		}

		follow.inFlight ??= (async () => {
			follow.cancelTimer?.();
			try {
				const error = await run(source, follow);
				schedule(source, follow, error);
			} finally {
				follow.inFlight = undefined;
			}
		})();
		await follow.inFlight;
	};

	return {
		poll,
		follow(source) {
			const follow = followOf(source);
			if (!follow.isFollowed) {
				follow.isFollowed = true;
				if (!isPaused) {
					void poll(source);
				}
			}
		},
		setPaused(value) {
			if (value === isPaused) {
				return;
			}

			isPaused = value;
			for (const [source, follow] of follows) {
				follow.cancelTimer?.();
				if (!isPaused && follow.isFollowed && isCurrent(source)) {
					void poll(source);
				}
			}
		},
		stop() {
			stopping.abort(failure('CWS_CANCELLED', {message: 'cws ends.'}));
			for (const follow of follows.values()) {
				follow.cancelTimer?.();
			}
		},
	};
}

type Replacement = {
	readonly inventory: Inventory;
	readonly source: InventorySource;
	readonly answer: ListAnswer;
	readonly touched: ReadonlyMap<ResourceRef, Resource | undefined> | undefined;
	/** Rows that the list did not name exist; looking for them takes a pass over all. */
	readonly mayHaveGone: boolean;
	readonly changes: SeenChange[];
};

/** All rows at once, at the end of a list, so that nothing flickers. What changed meanwhile stays as it is now. */
function replaceRows({inventory, source: {table}, answer, touched, mayHaveGone, changes}: Replacement): void {
	const {overlays} = inventory;
	const rows = answer.rows.map(row => overlays.apply(row));
	const adopted = new Set<ResourceRef>();
	for (const row of rows) {
		const placeholder = overlays.adopt(row);
		if (placeholder !== undefined) {
			adopted.add(placeholder);
		}
	}

	const kept: Resource[] = [];
	if (mayHaveGone || adopted.size > 0) {
		const listed = new Set(rows.map(({ref}) => ref));
		for (const before of table.values()) {
			if (listed.has(before.ref) || adopted.has(before.ref)) {
				continue;
			}

			if (overlays.isPlaceholder(before.ref) || isInMissingPart(before, answer.missing) || touched?.get(before.ref)) {
				kept.push(before);
			} else if (!touched?.has(before.ref)) {
				changes.push({before});
			}
		}
	}

	table.replace([...rows, ...kept]);
	for (const [ref, row] of touched ?? []) {
		if (row) {
			table.set(row);
		} else {
			table.remove(ref);
		}
	}
}
