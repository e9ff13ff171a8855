"""The database file: opened, brought to the newest schema, and its failures told in one clear line."""

import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from schema.errors import UserError
from schema.migrations import migrations

FILE = "plans.db"
_OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
_WAIT = 30  # seconds for another process to finish its transaction


def open_database(path: Path) -> Database:
    """Open (or make) a database file and apply the migrations it lacks; foreign keys on, write-ahead log.

    Raises:
        UserError: when the file cannot be made, read or written, is no database, or was made by a newer program.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise UserError(f"SQLite {sqlite3.sqlite_version} is too old: kehoach needs 3.37 or newer")
    with database_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        database = Database(sqlite3.connect(path, timeout=_WAIT), recursive_triggers=False)
        try:
            _enable_wal(database)
            # A killed process loses nothing that was committed; only a power cut could lose the last transactions.
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("PRAGMA foreign_keys = ON")
            _migrate(database, path)
        except BaseException:
            database.close()
            raise
    return database


def read_only(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """A connection that cannot write; ``immutable`` promises that nobody else does either, and takes no locks.

    Raises:
        sqlite3.Error: when there is no such file; one that is no database is told by the first question.
    """
    return sqlite3.connect(read_only_address(path) + "&immutable=1" * immutable, uri=True, timeout=_WAIT)


def read_only_address(path: Path) -> str:
    """The file as SQLite names it in ``ATTACH``, whatever characters its folder's name has."""
    return f"{path.resolve().as_uri()}?mode=ro"


def _enable_wal(database: Database) -> None:
    # SQLite fails at once, whatever the timeout, when another connection is just then changing the mode of a new file.
    patience = time.monotonic() + _WAIT
    while True:
        try:
            return database.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > patience:
                raise
        time.sleep(0.02)


def is_current(database: Database, path: Path) -> bool:
    """Whether an open database has the present schema, or an older one.

    Raises:
        UserError: when a newer program made it.
    """
    known = {migration.name for migration in migrations._migrations}
    applied = {migration.name for migration in migrations.applied(database)}
    if newer := sorted(applied - known):
        raise UserError(f"{path}: made by a newer kehoach ({newer[-1]}); update the program")
    return applied == known


def _migrate(database: Database, path: Path) -> None:
    if not is_current(database, path):
        with transaction(database):  # another process may be opening the new file at the same moment
            migrations.apply(database)


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """One transaction that takes the right to write at its beginning, so that it waits for another writer.

    One that begins by reading would fail at once, without waiting, when another process wrote in between.
    """
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.conn.rollback()
        raise
    database.conn.execute("COMMIT")


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn what a user can mend (locked, unwritable, full, not a database) into a `UserError`; the rest is a bug."""
    try:
        yield
    except sqlite3.Error as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise UserError(f"{path}: {reason}") from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise UserError(f"{path}: the disk is full; make room and run the command again") from error
        raise UserError(f"{error.filename or path}: cannot be opened ({error.strerror or error})") from error


def _reason(error: sqlite3.Error) -> str | None:
    message = str(error).lower()
    if "locked" in message or "busy" in message:
        return "in use by another program; wait for it to finish (or stop it) and run the command again"
    if "disk is full" in message:
        return "the disk is full; make room and run the command again"
    if "readonly" in message or "unable to open" in message:
        return "cannot be written; check the folder's permissions"
    if "not a database" in message or "malformed" in message:
        return "is no (sound) SQLite database; move it away and run the command again"
    if "disk i/o" in message:
        return "the disk gave an error while reading or writing"
    return None
