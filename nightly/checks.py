"""What must hold of a database before it is published."""

import sqlite3
from pathlib import Path

SHRINKAGE = 0.8
"""Least share of the published posts that the next database must hold."""

# Each gives a row for each thing at fault. What a row says is put behind the sentence.
_ASSERTIONS = {
    "a target's quote is not what stands in its text": """
        SELECT targets.id FROM targets
        JOIN plans ON plans.id = targets.plan_id
        JOIN posts ON posts.id = plans.post_id
        LEFT JOIN attachments ON attachments.id = plans.attachment_id
        WHERE targets.quote <> substr(
            coalesce(attachments.text, posts.text), targets.span_begin + 1, targets.span_end - targets.span_begin
        )
    """,
    "a post was read from a state that does not count": """
        SELECT posts.id FROM posts JOIN fetches ON fetches.id = posts.fetch_id WHERE fetches.is_current = 0
    """,
}
_MOST = 3  # examples named in one reason


def faults(candidate: Path, before: Path | None) -> list[str]:
    """Why a database must not be published in place of the one before; empty when it may.

    Each reason is one line. A file that is no database at all is a reason too.
    """
    database = sqlite3.connect(f"{candidate.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = _sound(database)
        if not found:
            found = [*_references(database), *_asserted(database)]
            if before is not None:
                found += _shrunk(database, before)
    except sqlite3.DatabaseError as error:
        return [f"the database cannot be read: {error}"]
    finally:
        database.close()
    return found


def _sound(database: sqlite3.Connection) -> list[str]:
    told = [row[0] for row in database.execute(f"PRAGMA integrity_check({_MOST})")]
    return [] if told == ["ok"] else [f"integrity check: {' '.join(str(line).split())}" for line in told]


def _references(database: sqlite3.Connection) -> list[str]:
    broken = database.execute("PRAGMA foreign_key_check").fetchall()
    named = ", ".join(f"{table} row {row} refers to no row of {parent}" for table, row, parent, _ in broken[:_MOST])
    return [f"foreign keys: {len(broken):,} broken: {named}"] if broken else []


def _asserted(database: sqlite3.Connection) -> list[str]:
    found = []
    for sentence, sql in _ASSERTIONS.items():
        if ids := [row[0] for row in database.execute(sql)]:
            found.append(f"{sentence}: {len(ids):,}, among them {', '.join(map(str, ids[:_MOST]))}")
    return found


def _shrunk(database: sqlite3.Connection, before: Path) -> list[str]:
    """Posts that are gone in such numbers that something broke here, rather than there."""
    now = int(database.execute("SELECT count(*) FROM posts").fetchone()[0])
    try:
        old = sqlite3.connect(f"{before.resolve().as_uri()}?mode=ro", uri=True)
        try:
            then = int(old.execute("SELECT count(*) FROM posts").fetchone()[0])
        finally:
            old.close()
    except sqlite3.DatabaseError:
        return []  # what is published is damaged: whatever is sound is better
    if now < SHRINKAGE * then:
        return [f"{now:,} posts where {then:,} are published; when that is right: kehoach nightly --accept-fewer"]
    return []
