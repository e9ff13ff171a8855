"""Rows of a crawl: runs, portals and fetches, written so that a crawl can stop anywhere and start again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from schema.crawl import Fetch, PortalRow

_COLUMNS = ("id", "run_id", *Fetch.model_fields)


@dataclass(frozen=True, slots=True)
class Known:
    """The newest good state of an address: what a conditional request needs, and where its bytes lie."""

    etag: str | None
    last_modified: str | None
    warc_file: str
    warc_offset: int


class CrawlStore:
    """Writes one run's rows into an open database. Each call commits, so whatever it has taken is safe."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def start_run(self, program: str) -> int:
        """Open a run of the crawler; runs that were killed before they could end are marked interrupted."""
        with self._db.conn:
            self._db.conn.execute(
                "update runs set outcome = 'interrupted' where command = 'crawl' and outcome = 'running'"
            )
            cursor = self._db.conn.execute(
                "insert into runs (command, started, outcome, program, counts) values ('crawl', ?, 'running', ?, '{}')",
                [_now(), program],
            )
        return int(cursor.lastrowid or 0)

    def finish_run(self, run_id: int, outcome: str, counts: dict[str, int]) -> None:
        """Close a run: ``outcome`` is ok, interrupted or failed; ``counts`` is what it met."""
        with self._db.conn:
            self._db.conn.execute(
                "update runs set finished = ?, outcome = ?, counts = ? where id = ?",
                [_now(), outcome, json.dumps(counts, sort_keys=True), run_id],
            )

    def save_portal(self, portal: PortalRow) -> None:
        """Write a portal, or what has changed of it."""
        row = portal.model_dump()
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        with self._db.conn:
            self._db.conn.execute(
                f"insert into portals ({names}) values ({marks}) on conflict (id) do update set {changes}",  # noqa: S608
                list(row.values()),
            )

    def save_fetch(self, fetch: Fetch, run_id: int, *, relocate: bool = False) -> bool:
        """Write a fetch whose record is already on disk; True when its content is new.

        With ``relocate``, a row that is there already is pointed to the new record: its old one was lost.
        """
        values = [fetch.id, run_id, *fetch.model_dump().values()]
        names, marks = ", ".join(_COLUMNS), ", ".join("?" for _ in _COLUMNS)
        with self._db.conn:
            cursor = self._db.conn.execute(
                f"insert into fetches ({names}) values ({marks}) on conflict (id) do nothing",  # noqa: S608
                values,
            )
            new = cursor.rowcount == 1
            if relocate and not new:
                self._db.conn.execute(
                    "update fetches set warc_file = ?, warc_offset = ? where id = ?",
                    [fetch.warc_file, fetch.warc_offset, fetch.id],
                )
        return new

    def known(self) -> dict[tuple[str, str], Known]:
        """(portal, address) → newest good state, of posts and attachments whose record the archive names."""
        rows = self._db.conn.execute(
            "select portal, url, etag, last_modified, warc_file, warc_offset from fetches"
            " where kind in ('post', 'attachment') and outcome = 'ok' and warc_file is not null order by fetched_at, id"
        )
        return {(row[0], row[1]): Known(*row[2:]) for row in rows}

    def records(self) -> Iterator[tuple[str, int]]:
        """(file, highest offset) for each archive file that rows point into."""
        yield from self._db.conn.execute(
            "select warc_file, max(warc_offset) from fetches where warc_file is not null group by warc_file"
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
