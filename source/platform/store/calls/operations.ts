import {failure, FailureError, type Failure} from '../../../core/failure/failure.ts';
import {isEnded, type Operation} from '../../../core/operation.ts';
import {isAlive, startTimeOf} from '../../process.ts';
import {type StoreCalls} from '../protocol.ts';
import {type CallContext} from '../session.ts';

type OperationRow = {
	readonly id: string;
	readonly is_ended: number;
	readonly pid: number;
	readonly start_time: string;
	readonly json: string;
};

const keptOperations = 5000;
const columns = 'id, is_ended, pid, start_time, json';

/**
Inserts or updates. An unfinished operation claims its target: while its process lives nobody else gets it;
what a dead process left unfinished is ended in passing.
*/
export function saveOperation(context: CallContext, operation: Operation): null {
	const {prepare, write, now} = context;
	write(() => {
		const stored = prepare(`SELECT ${columns} FROM operation WHERE id = ?`).get(operation.id) as OperationRow | undefined;
		const isRunning = !isEnded(operation.state);
		if (stored?.is_ended === 0 && stored.pid !== operation.pid && isOwnerAlive(stored)) {
			throw new FailureError(conflict(operation, parse(stored)));
		}

		if (isRunning && stored?.is_ended !== 0) {
			for (const other of othersOnTarget(context, operation)) {
				if (isOwnerAlive(other)) {
					throw new FailureError(conflict(operation, parse(other)));
				}

				upsert(context, abandoned(parse(other), now), other.start_time);
			}
		}

		const isSameOwner = stored !== undefined && stored.pid === operation.pid;
		upsert(context, operation, isSameOwner ? stored.start_time : startTimeFor(context, operation.pid));
		if (stored === undefined) {
			prepare('DELETE FROM operation WHERE is_ended = 1 AND number <= (SELECT max(number) FROM operation) - ?').run(keptOperations);
		}
	});
	return null;
}

export function readOperations(
	{prepare}: CallContext,
	{limit, unfinishedOnly}: StoreCalls['readOperations']['input'],
): readonly Operation[] {
	const rows = prepare(`SELECT ${columns} FROM operation ${unfinishedOnly ? 'WHERE is_ended = 0' : ''} ORDER BY number DESC LIMIT ?`).all(
		limit,
	);
	return rows.map(row => parse(row as OperationRow));
}

function othersOnTarget({prepare}: CallContext, operation: Operation): readonly OperationRow[] {
	return prepare(`SELECT ${columns} FROM operation WHERE is_ended = 0 AND id <> ?1 AND (target = ?2 OR ref = ?3)`).all(
		operation.id,
		targetOf(operation),
		operation.ref ?? null,
	) as OperationRow[];
}

function upsert({prepare}: CallContext, operation: Operation, startTime: string): void {
	prepare(
		`INSERT INTO operation (id, target, ref, is_ended, pid, start_time, json) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET target = excluded.target, ref = excluded.ref, is_ended = excluded.is_ended,
			pid = excluded.pid, start_time = excluded.start_time, json = excluded.json`,
	).run(
		operation.id,
		targetOf(operation),
		operation.ref ?? null,
		isEnded(operation.state) ? 1 : 0,
		operation.pid,
		startTime,
		JSON.stringify(operation),
	);
}

const targetOf = ({provider, type, name}: Operation): string => JSON.stringify([provider, type, name]);

const parse = (row: OperationRow): Operation => JSON.parse(row.json) as Operation;

const isOwnerAlive = ({pid, start_time: startTime}: OperationRow): boolean => isAlive(pid, startTime);

const startTimeFor = (context: CallContext, pid: number): string => (pid === context.pid ? context.startTime : (startTimeOf(pid) ?? ''));

const conflict = (wanted: Operation, other: Operation): Failure =>
	failure('CWS_CONFLICT', {
		message: `\`${wanted.name}\` has another operation running: ${other.action}.`,
		cause: `process ${other.pid} asked for it; it is ${other.stage ?? other.state}`,
		details: {operation: other.id, action: other.action, pid: other.pid},
	});

const abandoned = (operation: Operation, now: number): Operation => ({
	...operation,
	state: 'failed',
	updatedAt: now,
	endedAt: now,
	error: failure('CWS_CANCELLED', {
		message: `The ${operation.action} of \`${operation.name}\` was not followed to its end.`,
		cause: `its process ${operation.pid} ended first`,
	}),
});
