"""Rows of a crawl: portals and fetches, written so that a crawl can stop anywhere and start again."""

from dataclasses import dataclass

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

    def save_portal(self, portal: PortalRow) -> None:
        """Write a portal, or what has changed of it."""
        row = portal.model_dump()
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        with self._db.atomic():
            self._db.execute(
                f"insert into portals ({names}) values ({marks}) on conflict (id) do update set {changes}",  # noqa: S608
                list(row.values()),
            )

    def save_fetch(self, fetch: Fetch, run_id: int, *, relocate: bool = False) -> bool:
        """Write a fetch whose record is already on disk; True when its content is new.

        With ``relocate``, a row that is there already is pointed to the new record: its old one was lost.
        """
        values = [fetch.id, run_id, *fetch.model_dump().values()]
        names, marks = ", ".join(_COLUMNS), ", ".join("?" for _ in _COLUMNS)
        with self._db.atomic():
            cursor = self._db.execute(
                f"insert into fetches ({names}) values ({marks}) on conflict (id) do nothing",  # noqa: S608
                values,
            )
            new = cursor.rowcount == 1
            if relocate and not new:
                self._db.execute(
                    "update fetches set warc_file = ?, warc_offset = ? where id = ?",
                    [fetch.warc_file, fetch.warc_offset, fetch.id],
                )
        return new

    def known(self) -> dict[tuple[str, str], Known]:
        """(portal, address) → newest good state, of posts and attachments whose record the archive names."""
        rows = self._db.execute(
            "select portal, url, etag, last_modified, warc_file, warc_offset from fetches"
            " where kind in ('post', 'attachment') and outcome = 'ok' and warc_file is not null order by fetched_at, id"
        )
        return {(row[0], row[1]): Known(*row[2:]) for row in rows}
