import {type CwsEvent} from '../../../core/event.ts';
import {type StoreCalls} from '../protocol.ts';
import {type CallContext} from '../session.ts';

const keptEvents = 20_000;
const pruneEvery = 200;

export function appendEvents({prepare, write}: CallContext, events: StoreCalls['appendEvents']['input']): readonly CwsEvent[] {
	if (events.length === 0) {
		return [];
	}

	return write(() => {
		const insert = prepare('INSERT INTO event (at, type, ref, json) VALUES (?, ?, ?, ?)');
		const stored = events.map(event => {
			const {lastInsertRowid} = insert.run(event.at, event.type, event.ref ?? null, JSON.stringify(event));
			return {...event, seq: Number(lastInsertRowid)};
		});
		const last = stored.at(-1)!.seq;
		if (last % pruneEvery < events.length) {
			prepare('DELETE FROM event WHERE seq <= ?').run(last - keptEvents);
		}

		return stored;
	});
}

export function readEvents({prepare}: CallContext, {limit, afterSeq, type, ref}: StoreCalls['readEvents']['input']): readonly CwsEvent[] {
	const conditions = ['seq > ?'];
	const values: (string | number)[] = [afterSeq ?? 0];
	if (type !== undefined) {
		conditions.push('type = ?');
		values.push(type);
	}

	if (ref !== undefined) {
		conditions.push('ref = ?');
		values.push(ref);
	}

	return prepare(`SELECT seq, json FROM event WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`)
		.all(...values, limit)
		.map(row => ({...(JSON.parse(row['json'] as string) as Omit<CwsEvent, 'seq'>), seq: row['seq'] as number}));
}
