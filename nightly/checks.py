"""What must hold of a database before it is published: it is sound, its data hold together, and no posts are lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from schema.assertions import breaches
from schema.database import read_only

SHRINKAGE = 0.8
"""Least share of the published posts that the next database must hold."""


def faults(candidate: Path, before: Path | None) -> list[str]:
    """Why a database must not be published in place of the one before; empty when it may.

    Each reason is one line. A file that is no database at all is a reason too.
    """
    try:
        with closing(read_only(candidate)) as database:
            return [*map(str, breaches(Database(database))), *_shrunk(database, before)]
    except sqlite3.DatabaseError as error:
        return [f"the database cannot be read: {error}"]


def _shrunk(database: sqlite3.Connection, before: Path | None) -> list[str]:
    """Posts that are gone in such numbers that something broke here, rather than there."""
    now, then = _posts(database), 0
    try:
        if before is not None:
            with closing(read_only(before)) as old:
                then = _posts(old)
    except sqlite3.DatabaseError:
        return []  # what is published is damaged: whatever is sound is better
    if now < SHRINKAGE * then:
        return [f"{now:,} posts where {then:,} are published; when that is right: kehoach nightly --accept-fewer"]
    return []


def _posts(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT count(*) FROM posts").fetchone()[0])
