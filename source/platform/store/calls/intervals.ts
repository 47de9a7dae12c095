import {type Money} from '../../../core/money/money.ts';
import {type StateInterval, type StateReading} from '../../../core/ports/store.ts';
import {type StoreCalls, rowsPerPart} from '../protocol.ts';
import {type CallContext} from '../session.ts';

/** Readings further apart than this have a gap between them, in which no cws looked. */
const gapMs = 2 * 60_000;

/** The time of the last look is written only this often; a minute more or less does not make a gap. */
const lookMs = gapMs / 4;

type OpenRow = {
	readonly id: number;
	readonly name: string;
	readonly status: string;
	readonly since: number;
	readonly seen_at: number;
	readonly rate: string;
};

/** Takes one round of readings into the ledger, all or none of it. */
export function recordStates(context: CallContext, parts: readonly string[]): null {
	context.write(
		() => {
			let changes = 0;
			for (const part of parts) {
				for (const reading of JSON.parse(part) as StateReading[]) {
					changes += recordState(context, reading) ? 1 : 0;
				}
			}

			return changes;
		},
		changes => changes > 0,
	);
	return null;
}

/** Whether the ledger has changed. */
function recordState({prepare}: CallContext, reading: StateReading): boolean {
	const open = prepare('SELECT id, name, status, since, seen_at, rate FROM interval WHERE ref = ? AND until IS NULL').get(reading.ref) as
		| OpenRow
		| undefined;
	const rate = rateOf(reading.hourly);
	if (open?.status === reading.status && open.rate === rate) {
		// The same on both sides of a gap: it is assumed to have been so in between.
		if (open.name !== reading.name || reading.at - open.seen_at >= lookMs) {
			prepare('UPDATE interval SET name = ?, seen_at = ? WHERE id = ?').run(reading.name, Math.max(reading.at, open.seen_at), open.id);
		}

		return open.name !== reading.name;
	}

	// A clock that was set back must not end an interval before its start.
	const at = Math.max(reading.at, open?.since ?? reading.at);
	if (open !== undefined) {
		const hasGap = at - open.seen_at > gapMs;
		prepare('UPDATE interval SET until = ?, is_estimated = is_estimated | ? WHERE id = ?').run(at, hasGap ? 1 : 0, open.id);
	}

	if (reading.status === 'deleted') {
		return open !== undefined;
	}

	const since = open === undefined ? firstStart({prepare}, reading) : at;
	const isAssumed = open === undefined && reading.at - since > gapMs;
	prepare(
		`INSERT INTO interval (ref, provider, type, name, status, since, until, seen_at, rate, hourly, is_estimated)
		VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)`,
	).run(
		reading.ref,
		reading.provider,
		reading.type,
		reading.name,
		reading.status,
		since,
		at,
		rate,
		JSON.stringify(reading.hourly),
		isAssumed ? 1 : 0,
	);
	return true;
}

// A resource is billed from its creation; one that was gone and came back must not be billed twice.
function firstStart({prepare}: Pick<CallContext, 'prepare'>, {ref, at, createdAt}: StateReading): number {
	if (createdAt === undefined || createdAt >= at) {
		return at;
	}

	const ended = prepare('SELECT max(until) AS until FROM interval WHERE ref = ?').get(ref)?.['until'];
	return typeof ended === 'number' ? (createdAt > ended ? createdAt : at) : createdAt;
}

/** Emits the intervals in parts. */
export function readIntervals({prepare, emit}: CallContext, {since, until}: StoreCalls['readIntervals']['input']): null {
	let part: StateInterval[] = [];
	const rows = prepare(
		`SELECT ref, provider, type, name, status, since, until, hourly, is_estimated FROM interval
		WHERE since < ? AND (until IS NULL OR until > ?) ORDER BY since, id`,
	).iterate(until, since);
	for (const row of rows) {
		part.push({
			ref: row['ref'] as string,
			provider: row['provider'] as string,
			type: row['type'] as string,
			name: row['name'] as string,
			status: row['status'] as StateInterval['status'],
			from: row['since'] as number,
			until: (row['until'] as number | null) ?? undefined,
			hourly: JSON.parse(row['hourly'] as string) as Money,
			isEstimated: row['is_estimated'] === 1,
		});
		if (part.length === rowsPerPart) {
			emit(JSON.stringify(part));
			part = [];
		}
	}

	if (part.length > 0) {
		emit(JSON.stringify(part));
	}

	return null;
}

// What decides whether two rates are the same; the reason of a hole is only words.
function rateOf(money: Money): string {
	switch (money.kind) {
		case 'known': {
			return `${money.nanos} ${money.currency}`;
		}

		case 'usage': {
			return `${money.nanosPerUnit} ${money.currency} / ${money.unit}`;
		}

		default: {
			return money.kind;
		}
	}
}
