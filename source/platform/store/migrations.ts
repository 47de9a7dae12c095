/**
Numbered by their place. A released migration is never changed: add one after it.
*/
export const migrations: readonly string[] = [
	`
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('writes', 0);

CREATE TABLE source (
	key TEXT PRIMARY KEY, provider TEXT NOT NULL, plugin TEXT NOT NULL, type TEXT NOT NULL, seen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE source_part (
	key TEXT NOT NULL, position INTEGER NOT NULL, hash TEXT NOT NULL, rows TEXT NOT NULL, PRIMARY KEY (key, position)
);

CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, type TEXT NOT NULL, ref TEXT, json TEXT NOT NULL);
CREATE INDEX event_type ON event (type, seq);
CREATE INDEX event_ref ON event (ref, seq) WHERE ref IS NOT NULL;

CREATE TABLE audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, json TEXT NOT NULL);

CREATE TABLE operation (
	number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, target TEXT NOT NULL, ref TEXT, is_ended INTEGER NOT NULL,
	pid INTEGER NOT NULL, start_time TEXT NOT NULL, json TEXT NOT NULL
);
CREATE INDEX operation_target ON operation (target) WHERE is_ended = 0;
CREATE INDEX operation_ref ON operation (ref) WHERE is_ended = 0;

CREATE TABLE interval (
	id INTEGER PRIMARY KEY, ref TEXT NOT NULL, provider TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
	since INTEGER NOT NULL, until INTEGER, seen_at INTEGER NOT NULL, rate TEXT NOT NULL, hourly TEXT NOT NULL, is_estimated INTEGER NOT NULL
);
CREATE UNIQUE INDEX interval_open ON interval (ref) WHERE until IS NULL;
CREATE INDEX interval_ref ON interval (ref, since);
CREATE INDEX interval_until ON interval (until);

CREATE TABLE recorder (id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL, start_time TEXT NOT NULL, heartbeat INTEGER NOT NULL);
`,
	`
CREATE TABLE plugin_store (
	owner TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, bytes INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (owner, key)
) WITHOUT ROWID;

CREATE TABLE plugin_grants (
	key TEXT PRIMARY KEY, bundle_hash TEXT NOT NULL, permissions TEXT NOT NULL, commands TEXT NOT NULL, granted_at INTEGER NOT NULL, granted_by TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE plugin_quarantine (
	id TEXT NOT NULL, version TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (id, version)
) WITHOUT ROWID;
`,
];
