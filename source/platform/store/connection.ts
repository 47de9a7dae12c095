import {DatabaseSync, type StatementSync} from 'node:sqlite';
import {failure, FailureError} from '../../core/failure/failure.ts';
import {migrations} from './migrations.ts';
import {sqlite, sqliteCode} from './sqlite-failure.ts';

/** An open database of the current schema. */
export type Connection = {
	/** Compiled once. */
	readonly prepare: (sql: string) => StatementSync;
	readonly transaction: <Result>(change: () => Result) => Result;
	readonly close: () => void;
};

/** Another process may be storing a hundred thousand rows. */
const busyTimeoutMs = 4000;
/** The first frame waits for the opening. */
const openTimeoutMs = 1500;

/** Opens or makes the database; throws what SQLite throws, and CWS_STORE_NEWER for a schema this program does not know. */
export function openConnection(file: string, now: number): Connection {
	const database = new DatabaseSync(file, {timeout: openTimeoutMs});
	try {
		// Turning WAL on needs the file for itself and does not wait for it, which matters when two programs make the same file.
		retryWhileBusy(() => {
			database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 8388608;');
		});
		migrate(database, file, now);
		database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
	} catch (error) {
		database.close();
		throw error;
	}

	const statements = new Map<string, StatementSync>();
	return {
		prepare(sql) {
			let statement = statements.get(sql);
			if (statement === undefined) {
				statement = database.prepare(sql);
				statements.set(sql, statement);
			}

			return statement;
		},
		transaction: change => transaction(database, change),
		close() {
			database.close();
		},
	};
}

function migrate(database: DatabaseSync, file: string, now: number): void {
	if (schemaOf(database) === migrations.length) {
		return;
	}

	transaction(database, () => {
		// Another process may have been faster.
		const schema = schemaOf(database);
		if (schema > migrations.length) {
			throw new FailureError(
				failure('CWS_STORE_NEWER', {
					message: `The database \`${file}\` was written by a newer cws.`,
					cause: `it has schema ${schema}, this cws knows ${migrations.length}`,
				}),
			);
		}

		database.exec('CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, at INTEGER NOT NULL)');
		for (const [index, sql] of migrations.entries()) {
			if (index >= schema) {
				database.exec(sql);
				database.prepare('INSERT INTO migration VALUES (?, ?)').run(index + 1, now);
			}
		}
	});
}

function schemaOf(database: DatabaseSync): number {
	const hasTable = database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'`).get() !== undefined;
	return hasTable ? Number(database.prepare('SELECT max(number) AS number FROM migration').get()?.['number'] ?? 0) : 0;
}

function transaction<Result>(database: DatabaseSync, change: () => Result): Result {
	database.exec('BEGIN IMMEDIATE');
	try {
		const result = change();
		database.exec('COMMIT');
		return result;
	} catch (error) {
		// A full disk may have rolled it back already.
		if (database.isTransaction) {
			database.exec('ROLLBACK');
		}

		throw error;
	}
}

function retryWhileBusy(run: () => void): void {
	const startedAt = performance.now();
	for (;;) {
		try {
			run();
			return;
		} catch (error) {
			if (sqliteCode(error) !== sqlite.busy || performance.now() - startedAt >= openTimeoutMs) {
				throw error;
			}

			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
		}
	}
}
