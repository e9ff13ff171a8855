"""A whole database written at once: many posts into a new file, several times faster than one after another.

The file is made beside its place, without journal, secondary indexes and checks row by row; at the end the indexes are
built, the references checked and everything linked, and only then it takes its place. Killed at any moment, it leaves
no half-made database under the name.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from sqlite_utils import Database

from schema.crawl import Fetch, PortalRow
from schema.database import database_errors, open_database, transaction
from schema.errors import UserError
from schema.plan_store import PlanStore, insert_rows
from schema.row import Row
from schema.rows import PostRow
from schema.search import index_words

_BATCH = 2_000  # posts in one transaction
_CACHE = 256_000  # kibibytes


class LoadedPost(Protocol):
    """One post with the fetch it came from and all rows but its own."""

    @property
    def fetch(self) -> Fetch: ...
    @property
    def post(self) -> PostRow: ...
    @property
    def rows(self) -> Sequence[Row]: ...


class BulkLoad:
    """Writes posts into a new database file. ``written`` counts rows, those of the search indexes aside."""

    def __init__(self, path: Path, portals: Iterable[PortalRow]) -> None:
        """Begin a load.

        Raises:
            UserError: when the file is there already, or its folder takes none.
        """
        if path.exists():
            raise UserError(f"{path}: is there already; a bulk load makes a new database")
        self._path, self._making = path, path.with_name(f"{path.name}.loading")
        self._making.unlink(missing_ok=True)
        self._database = open_database(self._making)
        self.written = 0
        with database_errors(self._making):
            store = PlanStore(self._database)
            store.save_vocabulary()
            self._database.table("portals").insert_all(portal.model_dump() for portal in portals)
            self._indexes = _secondary_indexes(self._database)
            for setting in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
                self._database.execute(f"PRAGMA {setting}").fetchall()
            self._database.execute("PRAGMA ignore_check_constraints = ON")
            self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
            for name in self._indexes:
                self._database.execute(f"DROP INDEX {name}")

    def add(self, posts: Iterable[LoadedPost]) -> None:
        """Write posts; each may be told once only."""
        waiting = iter(posts)
        with database_errors(self._making):
            while batch := list(islice(waiting, _BATCH)):
                self._write(batch)

    def _write(self, batch: Sequence[LoadedPost]) -> None:
        rows = [row for one in batch for row in (one.post, *one.rows)]
        with transaction(self._database):
            _insert_fetches(self._database, [one.fetch for one in batch])
            insert_rows(self._database, rows)
        self.written += len(rows) + len(batch)

    def index(self) -> None:
        """Build the secondary indexes, and hold the references and checks against what was written.

        Raises:
            sqlite3.IntegrityError: when a row refers to none, or breaks a check.
        """
        with database_errors(self._making):
            self._database.execute("PRAGMA ignore_check_constraints = OFF")
            for sql in self._indexes.values():
                self._database.execute(sql)
            broken = self._database.execute("PRAGMA foreign_key_check").fetchone()
            sound = self._database.execute("PRAGMA quick_check(1)").fetchone()
        if broken is not None:
            raise sqlite3.IntegrityError(f"{broken[0]}: row {broken[1]} refers to no row of {broken[2]}")
        if sound != ("ok",):
            raise sqlite3.IntegrityError(str(sound[0]))

    def finish(self) -> None:
        """Fill the search indexes, link, and put the file in its place."""
        with database_errors(self._making):
            with transaction(self._database):
                self._database.conn.executemany(
                    "INSERT INTO post_search (rowid, with_marks, without_marks) VALUES (?, ?, ?)",
                    ((number, *index_words(text)) for number, text in _texts(self._database)),
                )
            store = PlanStore(self._database)
            store.link()
            store.index()
            self._database.execute("PRAGMA foreign_keys = ON")
            self._database.execute("PRAGMA journal_mode = WAL").fetchall()
            self._database.close()
        self._making.replace(self._path)


def _texts(database: Database) -> Iterable[tuple[int, str]]:
    return database.execute("SELECT search_id, text FROM posts ORDER BY search_id")


def _secondary_indexes(database: Database) -> dict[str, str]:
    """Name → SQL of the indexes that are no part of a table's own definition."""
    return dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))


def _insert_fetches(database: Database, fetches: Sequence[Fetch]) -> None:
    columns = tuple(Fetch.model_fields)
    database.conn.executemany(
        f"INSERT INTO fetches (id, {', '.join(columns)}, is_current) VALUES (?, {', '.join('?' * len(columns))}, 1)",  # noqa: S608
        ((fetch.id, *(getattr(fetch, name) for name in columns)) for fetch in fetches),
    )
