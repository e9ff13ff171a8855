"""Archive to database: reads what was collected and writes what it says. Never touches the network.

Every post is one transaction, and its rows follow from the archived bytes and the extractor's version alone. So a run
can be stopped anywhere and run again: what is done is skipped, what is not is read, and the database ends the same.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database
from tqdm import tqdm

from extract.archived import PageReader, PostReader, ReadBytes, UnreadableError
from extract.post import extractor_version
from schema.assertions import breaches
from schema.database import FILE, database_errors, open_database
from schema.errors import ContradictionError, UserError
from schema.plan_store import Archived, PlanStore
from schema.runs import Outcome, ended_well, finish_run, start_run


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run gave: posts read in it, posts that could not be read, and what the database holds now."""

    path: Path
    read: int
    failed: int
    counts: dict[str, int]

    def line(self) -> str:
        """One line for the terminal."""
        held = ", ".join(_many(self.counts[name], name) for name in ("posts", "plans", "targets", "issues"))
        failed = f", {self.failed:,} could not be read (see the table issues)" if self.failed else ""
        return f"extract: read {_many(self.read, 'new or changed posts')}{failed}; {self.path} holds {held}"


def _many(number: int, things: str) -> str:
    return f"{number:,} {things if number != 1 else things.removesuffix('s')}"


def extract(data: Path, read_page: PageReader, read_bytes: ReadBytes) -> Summary:
    """Read all posts of the archive that this version has not read yet into ``data/plans.db``.

    Raises:
        UserError: when nothing was collected, or the database is locked, unwritable or out of room.
        ContradictionError: when what was read does not hold together; the next run asks again, of all posts.
    """
    path = data / FILE
    if not path.exists():
        raise UserError(f"{path}: nothing collected yet; run `make crawl` (kehoach crawl) first")
    with database_errors(path):
        database = open_database(path)
        try:
            if not database.execute("SELECT 1 FROM fetches WHERE kind = 'post' LIMIT 1").fetchone():
                raise UserError(f"{path}: no post collected yet; run `make crawl` (kehoach crawl) first")
            read, failed, counts = _run(database, read_page, read_bytes)
        finally:
            database.close()
    return Summary(path, read, failed, counts)


def _run(database: Database, read_page: PageReader, read_bytes: ReadBytes) -> tuple[int, int, dict[str, int]]:
    """One run with its row in the log: posts read, posts failed, and what the database holds."""
    version = extractor_version()
    run = start_run(database, "extract", program=version.version, rules=version.rules)
    store = PlanStore(database)
    try:
        store.save_vocabulary()
        store.settle()
        pending = store.pending(version.version, version.rules)
        read, failed = _read_all(store, PostReader(store, read_page, read_bytes), pending)
        superseded = store.forget_superseded()
        well_before = ended_well(database, "extract", before=run)
        if pending or superseded or not well_before:
            store.link()
            _hold_together(database, {archived.post_id for archived in pending} if well_before else None)
        store.index()
    except BaseException as error:
        outcome: Outcome = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
        with suppress(sqlite3.Error):  # the log must not hide why the run ended
            finish_run(database, run, outcome, store.counts())
        raise
    counts = store.counts()
    finish_run(database, run, "ok", {"read": read, "failed": failed, **counts})
    return read, failed, counts


def _hold_together(database: Database, posts: set[str] | None) -> None:
    """Ask what must hold of the data; of all posts' spans, or of those of some posts.

    Raises:
        ContradictionError: naming what does not hold.
    """
    broken = breaches(database, None if posts is None else sorted(posts))
    if broken:
        raise ContradictionError(
            f"the data do not hold together: {'; '.join(map(str, broken))}; keep the file and report it"
        )


def _read_all(store: PlanStore, reader: PostReader, pending: Sequence[Archived]) -> tuple[int, int]:
    """Read and write post after post; (read, failed)."""
    failed = 0
    for archived in tqdm(pending, desc="reading", unit=" posts", disable=None, dynamic_ncols=True):
        try:
            rows = reader.read(archived)
        except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, sqlite3.Error):
            raise
        except UnreadableError as error:
            store.save_failure(archived, error.code, str(error))
            failed += 1
        except BaseException as error:  # a panic in a library's Rust code is no Exception
            message = " ".join(f"{type(error).__name__}: {error}".split())[:500]
            store.save_failure(archived, "extract.failed", message)
            failed += 1
        else:
            store.save(rows.post, rows.attachments, rows.rows)
    return len(pending) - failed, failed
