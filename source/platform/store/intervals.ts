import {type Money} from '../../core/money.ts';
import {type StateInterval, type StateReading} from '../../core/ports/store.ts';
import {type StoreCalls, rowsPerPart} from './protocol.ts';
import {type CallContext} from './session.ts';

/** Readings further apart than this have a gap between them, in which no cws looked. */
const gapMs = 2 * 60_000;

type OpenRow = {
	readonly id: number;
	readonly name: string;
	readonly status: string;
	readonly since: number;
	readonly rate: string;
};

/** Takes one round of readings into the ledger, all or none of it. */
export function recordStates(context: CallContext, parts: readonly string[]): null {
	const readings = parts.flatMap(part => JSON.parse(part) as StateReading[]);
	if (readings.length === 0) {
		return null;
	}

	const {prepare, write} = context;
	write(() => {
		const seen = new Map<string, {readonly before: number | undefined; at: number}>();
		for (const reading of readings) {
			const source = `${reading.provider}/${reading.type}`;
			let observed = seen.get(source);
			if (observed === undefined) {
				const row = prepare('SELECT at FROM observed WHERE source = ?').get(source);
				observed = {before: row === undefined ? undefined : Number(row['at']), at: reading.at};
				seen.set(source, observed);
			}

			observed.at = Math.max(observed.at, reading.at);
			recordState(context, reading, observed.before);
		}

		for (const [source, {at}] of seen) {
			prepare('INSERT OR REPLACE INTO observed (source, at) VALUES (?, ?)').run(source, at);
		}
	});
	return null;
}

function recordState({prepare}: CallContext, reading: StateReading, seenAt: number | undefined): void {
	const open = prepare('SELECT id, name, status, since, rate FROM interval WHERE ref = ? AND until IS NULL').get(reading.ref) as
		| OpenRow
		| undefined;
	const rate = rateOf(reading.hourly);
	if (open?.status === reading.status && open.rate === rate) {
		// The same on both sides of a gap: it is assumed to have been so in between.
		if (open.name !== reading.name) {
			prepare('UPDATE interval SET name = ? WHERE id = ?').run(reading.name, open.id);
		}

		return;
	}

	// A clock that was set back must not end an interval before its start.
	const at = Math.max(reading.at, open?.since ?? reading.at);
	if (open !== undefined) {
		const hasGap = at - Math.max(open.since, seenAt ?? open.since) > gapMs;
		prepare('UPDATE interval SET until = ?, is_estimated = is_estimated | ? WHERE id = ?').run(at, hasGap ? 1 : 0, open.id);
	}

	if (reading.status === 'deleted') {
		return;
	}

	const since = open === undefined ? firstStart({prepare}, reading) : at;
	const isAssumed = reading.at - since > gapMs && open === undefined;
	prepare(
		`INSERT INTO interval (ref, provider, type, name, status, since, until, rate, hourly, is_estimated)
		VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)`,
	).run(
		reading.ref,
		reading.provider,
		reading.type,
		reading.name,
		reading.status,
		since,
		rate,
		JSON.stringify(reading.hourly),
		isAssumed ? 1 : 0,
	);
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
