"""The log of runs at each portal, and the verdict on what they brought: it counts, or it is kept apart."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from schema.crawl import Mode, PortalRun
from schema.database import FILE, open_database, transaction
from schema.errors import UserError
from schema.versions import settle

_GOOD = "('ok', 'accepted')"
# What no verdict has been passed on yet: this run's content, that of runs before it that never came to an end, and what
# was held back before and has been seen again.
_UNJUDGED = """
portal = :portal AND outcome = 'ok' AND kind IN ('post', 'attachment') AND (
    (held = 1 AND seen_at >= :started)
    OR run_id > coalesce((
        SELECT max(run_id) FROM portal_runs
        WHERE portal = :portal AND run_id < :run AND outcome IN ('ok', 'failed', 'accepted')
    ), 0)
)
"""


def now() -> str:
    """The time as these tables write it: ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class PortalRuns:
    """Reads and writes the rows of an open database. Each method that writes is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, run: int, portal: str, mode: Mode) -> PortalRun:
        """Open a portal's part of a run; earlier ones that never ended are marked interrupted."""
        row = PortalRun(run_id=run, portal=portal, started=now(), mode=mode)
        with transaction(self._database):
            self._database.execute(
                "UPDATE portal_runs SET outcome = 'interrupted' WHERE portal = ? AND outcome = 'running'", [portal]
            )
            self._insert(row)
        return row

    def unjudged(self, row: PortalRun) -> tuple[int, dict[str, float]]:
        """How many posts the run must be judged by, and the share of them that fills each part."""
        filled: Counter[str] = Counter()
        posts = 0
        values = {"portal": row.portal, "started": row.started, "run": row.run_id}
        for (parts,) in self._database.execute(
            f"SELECT filled FROM fetches WHERE {_UNJUDGED} AND kind = 'post'",  # noqa: S608
            values,
        ):
            posts += 1
            filled.update(part for part in (parts or "").split(",") if part)
        return posts, {part: filled[part] / posts for part in sorted(filled)}

    def finish(self, row: PortalRun) -> None:
        """Close a portal's part of a run: what it brought counts when it is ok, and is held back when it failed."""
        values = {"portal": row.portal, "started": row.started, "run": row.run_id}
        with transaction(self._database):
            self._insert(row)
            if row.outcome == "ok":
                self._database.execute(f"UPDATE fetches SET held = 0 WHERE held = 1 AND {_UNJUDGED}", values)  # noqa: S608
            elif row.outcome == "failed":
                # What an interrupted run before brought is held back when it was seen again in this one.
                self._database.execute(
                    f"UPDATE fetches SET held = 1 WHERE seen_at >= :started AND {_UNJUDGED}",  # noqa: S608
                    values,
                )
        settle(self._database, row.portal)

    def accept(self, run: int, portals: Iterable[str] = ()) -> list[str]:
        """Let what a failed run brought count after all, with what failed runs before it brought; gives the portals.

        Raises:
            UserError: when the run has no failed part (at these portals).
        """
        failed = [
            portal
            for (portal,) in self._database.execute(
                "SELECT portal FROM portal_runs WHERE run_id = ? AND outcome = 'failed' ORDER BY portal", [run]
            )
        ]
        wanted = list(portals) or failed
        if not wanted or set(wanted) - set(failed):
            names = f"failed in run {run}: {', '.join(failed)}" if failed else "kehoach runs shows those that failed"
            raise UserError(f"run {run}: nothing to accept{' at ' + ', '.join(wanted) if wanted else ''}; {names}")
        for portal in wanted:
            with transaction(self._database):
                self._database.execute(
                    "UPDATE fetches SET held = 0 WHERE portal = ? AND held = 1 AND run_id <= ?", [portal, run]
                )
                self._database.execute(
                    "UPDATE portal_runs SET outcome = 'accepted'"
                    " WHERE portal = ? AND run_id <= ? AND outcome = 'failed'",
                    [portal, run],
                )
            settle(self._database, portal)
        return wanted

    def last(self, portal: str, *, good: bool = False, limit: int = 1) -> list[PortalRun]:
        """The newest ended runs at a portal, newest first; with ``good`` only those that met their expectations."""
        outcomes = _GOOD if good else "('ok', 'accepted', 'failed', 'interrupted', 'running')"
        return self._rows(f"portal = ? AND outcome IN {outcomes} ORDER BY run_id DESC LIMIT ?", [portal, limit])

    def horizon(self, portal: str) -> str | None:
        """When the last sweep began that was good and read every list to its end."""
        found = self._rows(
            f"portal = ? AND outcome IN {_GOOD} AND mode = 'sweep' AND complete = 1 ORDER BY run_id DESC LIMIT 1",
            [portal],
        )
        return found[0].started if found else None

    def requests_since(self, portal: str, when: str) -> int:
        """Requests that runs begun since then have made at a portal."""
        row = self._database.execute(
            "SELECT coalesce(sum(requests), 0) FROM portal_runs WHERE portal = ? AND started >= ?", [portal, when]
        ).fetchone()
        return int(row[0])

    def portals(self) -> list[str]:
        """The portals that were ever visited."""
        return [row[0] for row in self._database.execute("SELECT DISTINCT portal FROM portal_runs ORDER BY portal")]

    def failed(self) -> list[PortalRun]:
        """Failed runs that a person may accept, newest first."""
        return self._rows("outcome = 'failed' ORDER BY run_id DESC, portal", [])

    def _rows(self, condition: str, values: list[object]) -> list[PortalRun]:
        names = list(PortalRun.model_fields)
        rows = self._database.execute(f"SELECT {', '.join(names)} FROM portal_runs WHERE {condition}", values)  # noqa: S608
        return [PortalRun.model_validate(dict(zip(names, row, strict=True))) for row in rows]

    def _insert(self, row: PortalRun) -> None:
        values = row.model_dump()
        self._database.execute(
            f"INSERT OR REPLACE INTO portal_runs ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
            list(values.values()),
        )


def open_runs(data: Path) -> PortalRuns:
    """The runs of a data directory.

    Raises:
        UserError: when nothing was collected there.
    """
    if not (data / FILE).exists():
        raise UserError(f"{data / FILE}: nothing collected yet; run `make crawl` (kehoach crawl) first")
    return PortalRuns(open_database(data / FILE))


def shares(row: PortalRun) -> dict[str, float]:
    """A run's fill rates by part."""
    return {str(part): float(share) for part, share in json.loads(row.filled or "{}").items()}
