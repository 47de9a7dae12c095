import {exitCodeOf} from '../../core/failure/error-codes.ts';
import {type AuditRecord} from '../../core/event.ts';
import {type Failure} from '../../core/failure/failure.ts';
import {type Origin} from '../../core/operation.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Database} from '../database.ts';
import {type EnginePorts} from '../engine.ts';

export type AuditEntry = {
	readonly command: string;
	readonly origin: Origin;
	readonly target?: string;
	readonly input: Readonly<Record<string, unknown>>;
	/** By default what the error says, else `done`. */
	readonly outcome?: AuditRecord['outcome'];
	readonly error?: Failure;
};

export type AuditLog = {
	readonly write: (entry: AuditEntry) => void;
	readonly settled: () => Promise<void>;
};

type Options = {readonly database: Database; readonly clock: Clock; readonly process: EnginePorts['process']};

export function createAuditLog({database, clock, process: {pid, user}}: Options): AuditLog {
	let writing: Promise<unknown> = Promise.resolve();
	return {
		write({error, outcome = outcomeOf(error), ...entry}) {
			const record = {...entry, outcome, at: clock.now(), user, pid, ...(error && {error: `${error.code}: ${error.message}`})};
			writing = writing.then(() => database(store => store.appendAudit(record)));
		},
		async settled() {
			await writing;
		},
	};
}

function outcomeOf(error: Failure | undefined): AuditRecord['outcome'] {
	if (error === undefined) {
		return 'done';
	}

	if (error.code === 'CWS_CANCELLED') {
		return 'cancelled';
	}

	return exitCodeOf(error.code) === 4 ? 'denied' : 'failed';
}
