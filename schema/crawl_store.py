"""Rows of a crawl: portals and fetches, written so that a crawl can stop anywhere and start again."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from schema.crawl import Fetch, PortalRow

_COLUMNS = ("id", "run_id", "held", *Fetch.model_fields)
# The same content met again: it is seen anew, alive again, and known to the server by its newest marks.
_SEEN = (
    "seen_at = excluded.seen_at, gone_at = NULL,"
    " etag = coalesce(excluded.etag, etag), last_modified = coalesce(excluded.last_modified, last_modified)"
)
_KNOWN = """
SELECT portal, url, id, etag, last_modified, warc_file, warc_offset, content_digest, published, fetched_at,
    coalesce(seen_at, fetched_at) AS seen, kind, gone_at IS NOT NULL
FROM fetches
WHERE portal = ? AND kind IN ('post', 'attachment') AND outcome = 'ok' AND warc_file IS NOT NULL
ORDER BY seen, fetched_at, id
"""


_MISSED = """
SELECT failed.kind, failed.url FROM fetches AS failed
WHERE failed.portal = ? AND failed.kind IN ('post', 'attachment') AND failed.fetched_at >= ?
    AND failed.outcome IN ({marks}) AND NOT EXISTS (
        SELECT 1 FROM fetches AS good
        WHERE good.portal = failed.portal AND good.url = failed.url AND good.kind = failed.kind AND good.outcome = 'ok'
    )
GROUP BY failed.kind, failed.url
ORDER BY max(failed.seen_at) DESC, failed.url
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The state an address showed last: what a conditional request needs, and where its bytes lie."""

    fetch_id: str
    etag: str | None
    last_modified: str | None
    warc_file: str
    warc_offset: int
    digest: str | None
    published: str | None
    fetched_at: str
    seen_at: str
    kind: str
    gone: int


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

    def save_fetch(self, fetch: Fetch, run_id: int, *, held: bool = False, relocate: bool = False) -> bool:
        """Write a fetch whose record is already on disk; True when this content was never met at its address.

        With ``held``, content that is new does not count until its run is judged. With ``relocate``, a row that is
        there already is pointed to the new record: its old one was lost.
        """
        values = [fetch.id, run_id, int(held), *fetch.model_dump().values()]
        names, marks = ", ".join(_COLUMNS), ", ".join("?" for _ in _COLUMNS)
        before = self._db.execute("SELECT 1 FROM fetches WHERE id = ?", [fetch.id]).fetchone()
        with self._db.atomic():
            self._db.execute(
                f"insert into fetches ({names}) values ({marks}) on conflict (id) do update set {_SEEN}",  # noqa: S608
                values,
            )
            if relocate and before:
                self._db.execute(
                    "update fetches set warc_file = ?, warc_offset = ? where id = ?",
                    [fetch.warc_file, fetch.warc_offset, fetch.id],
                )
        return before is None

    def confirm(self, fetch_id: str, seen_at: str) -> None:
        """Note that an address still shows a state."""
        with self._db.atomic():
            self._db.execute("UPDATE fetches SET seen_at = ?, gone_at = NULL WHERE id = ?", [seen_at, fetch_id])

    def mark_gone(self, portal: str, url: str, when: str) -> bool:
        """Note that an address holds its post no more; True when it did until now."""
        with self._db.atomic():
            cursor = self._db.execute(
                "UPDATE fetches SET gone_at = ? WHERE portal = ? AND url = ? AND kind = 'post' AND outcome = 'ok'"
                " AND gone_at IS NULL",
                [when, portal, url],
            )
        return cursor.rowcount > 0

    def known(self, portals: Iterable[str]) -> dict[tuple[str, str], Known]:
        """(portal, address) → the state seen last, of posts and attachments whose record the archive names."""
        rows = (row for portal in portals for row in self._db.execute(_KNOWN, [portal]))
        return {(row[0], row[1]): Known(*row[2:]) for row in rows}

    def missed(self, portal: str, outcomes: Iterable[str], since: str) -> list[tuple[str, str]]:
        """(kind, address) of posts and files that could never be read and have ended so since then."""
        wanted = sorted(outcomes)
        sql = _MISSED.format(marks=", ".join("?" for _ in wanted))
        return [(row[0], row[1]) for row in self._db.execute(sql, [portal, since, *wanted])]
