//! The tables, as an append-only list of migrations by `user_version`.

use std::path::Path;

use rusqlite::Connection;

use super::LedgerError;

/// One entry a version; an entry is never changed once it has shipped.
///
/// A task's key is `run << 32 | seq`, so that the tasks of a run lie together in upload order and a task is one
/// number. Times are milliseconds since 1970 (UTC). Bodies lie apart from the tasks, so that what changes with every
/// attempt stays small.
const MIGRATIONS: &[&str] = &["
CREATE TABLE secret (key BLOB NOT NULL) STRICT;

CREATE TABLE server (
    number   INTEGER PRIMARY KEY,
    base_url TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE run (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    server       INTEGER NOT NULL REFERENCES server(number),
    sandbox      INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    finished_at  INTEGER,
    operator     TEXT NOT NULL,
    host         TEXT NOT NULL,
    report_dir   TEXT NOT NULL,
    settings     TEXT NOT NULL,
    rows         INTEGER NOT NULL,
    rows_invalid INTEGER NOT NULL,
    rows_left_out TEXT NOT NULL,
    lookups      INTEGER NOT NULL DEFAULT 0,
    exit_code    INTEGER,
    ended_by     TEXT
) STRICT;

CREATE TABLE input_file (
    run    INTEGER NOT NULL REFERENCES run(number),
    file   INTEGER NOT NULL,
    path   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows   INTEGER NOT NULL,
    PRIMARY KEY (run, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE input_table (
    run     INTEGER NOT NULL REFERENCES run(number),
    idx     INTEGER NOT NULL,
    file    INTEGER NOT NULL,
    sheet   TEXT,
    headers TEXT NOT NULL,
    PRIMARY KEY (run, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
    id                INTEGER PRIMARY KEY,
    state             INTEGER NOT NULL,
    phone_key         BLOB,
    identity          BLOB,
    source            TEXT NOT NULL,
    rows              TEXT NOT NULL,
    row_count         INTEGER NOT NULL,
    user_phone        TEXT,
    user_name         TEXT,
    assignee_username TEXT,
    name              TEXT,
    orders            INTEGER NOT NULL,
    total_amount      TEXT,
    note              TEXT,
    attempts          INTEGER NOT NULL DEFAULT 0,
    given_back        INTEGER NOT NULL DEFAULT 0,
    attempts_used     INTEGER NOT NULL DEFAULT 0,
    server_id         INTEGER,
    creation_id       INTEGER,
    conversation_id   INTEGER,
    http_status       INTEGER,
    sent_at           INTEGER,
    finished_at       INTEGER,
    latency_ms        INTEGER
) STRICT;
-- Only what still has to move: resuming a long run finds its work at once.
CREATE INDEX task_open ON task (id) WHERE state < 10;
CREATE INDEX task_phone ON task (phone_key);

-- A server gives an id to one task only; a second owner means that answers were crossed.
CREATE TABLE server_task (
    server    INTEGER NOT NULL REFERENCES server(number),
    server_id INTEGER NOT NULL,
    task      INTEGER NOT NULL REFERENCES task(id),
    PRIMARY KEY (server, server_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE body (
    task INTEGER PRIMARY KEY REFERENCES task(id),
    json BLOB NOT NULL
) STRICT;

-- Append-only: one row before each attempt, closed once after it.
CREATE TABLE attempt (
    task        INTEGER NOT NULL REFERENCES task(id),
    n           INTEGER NOT NULL,
    intent_at   INTEGER NOT NULL,
    sent_at     INTEGER,
    ended_at    INTEGER,
    server_date INTEGER,
    http_status INTEGER,
    verdict     TEXT,
    PRIMARY KEY (task, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE problem (
    run    INTEGER NOT NULL REFERENCES run(number),
    n      INTEGER NOT NULL,
    code   TEXT NOT NULL,
    tbl    INTEGER NOT NULL,
    row    INTEGER NOT NULL,
    col    INTEGER,
    field  TEXT,
    value  TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;

-- One row a second while the run is sending.
CREATE TABLE series (
    run         INTEGER NOT NULL REFERENCES run(number),
    at          INTEGER NOT NULL,
    sent        INTEGER NOT NULL,
    finished    INTEGER NOT NULL,
    throttled   INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    in_flight   INTEGER NOT NULL,
    concurrency INTEGER NOT NULL,
    paused      INTEGER NOT NULL,
    latency_ms  INTEGER NOT NULL,
    PRIMARY KEY (run, at)
) STRICT, WITHOUT ROWID;
", "
-- The rows of a task as a program finds them: [[table, first, last], ...]; NULL in what an older program recorded.
ALTER TABLE task ADD COLUMN places TEXT;
", "
-- When the server says it created the task: seconds since 1970 of its clock on the wall, whatever its zone.
ALTER TABLE task ADD COLUMN created_at INTEGER;
CREATE INDEX task_created ON task (created_at) WHERE created_at IS NOT NULL;
CREATE INDEX task_failed ON task (id) WHERE state = 13;
-- What a look-up read before it settled the attempt.
ALTER TABLE attempt ADD COLUMN evidence TEXT;
", "
-- The sum of the totals of all valid tasks, as it was planned; NULL where there is none, or an older program recorded the run.
ALTER TABLE run ADD COLUMN total_amount TEXT;
-- When its people were forgotten.
ALTER TABLE run ADD COLUMN purged_at INTEGER;
"];

/// The newest schema this program knows.
pub(super) const NEWEST: u32 = MIGRATIONS.len() as u32;

/// Brings the file to the newest schema, or refuses one that is newer still.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    let found = version(connection)?;
    if found > NEWEST {
        return Err(LedgerError::Newer { path: path.to_owned(), found, known: NEWEST });
    }
    for (version, migration) in (1_u32..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// The schema of the file; 0 for a new one.
pub(super) fn version(connection: &Connection) -> Result<u32, LedgerError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
