"""``kehoach portals``: every portal with its state, and what the database holds of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.portals import Portal
from schema.database import FILE, read_only

_COLLECTED = """
    SELECT portal, count(DISTINCT url) FROM fetches WHERE kind = 'post' AND outcome = 'ok' GROUP BY portal
"""
_RUNS = """
    SELECT portal, max(CASE WHEN outcome IN ('ok', 'accepted') THEN started END),
        (SELECT outcome FROM portal_runs AS newest WHERE newest.portal = portal_runs.portal
            ORDER BY newest.run_id DESC LIMIT 1)
    FROM portal_runs GROUP BY portal
"""


@dataclass(frozen=True, slots=True)
class _Collected:
    """What the database holds of a portal: posts, the day of its last good run, whether its newest run failed."""

    posts: int | str = ""
    good: str = ""
    failed: bool = False


def table(portals: dict[str, Portal], data: Path) -> Iterator[str]:
    """Lines for people: id, status, family, province, posts collected so far, the last good run, address."""
    collected = _collected(data / FILE)
    width = max(map(len, portals), default=0)
    yield f"{'portal':{width}} {'status':8} {'family':11} {'province':9} {'posts':>6}  {'last good':11}  address"
    for portal in portals.values():
        held = collected.get(portal.id, _Collected())
        status = f"{portal.status}*" if portal.valid_to and portal.status != "gone" else portal.status
        yield (
            f"{portal.id:{width}} {status:8} {portal.family:11} {portal.province or '':9} {held.posts:>6}"
            f"  {held.good + '!' * held.failed:11}  {urlsplit(portal.home).netloc}"
        )
    states = [portal.status for portal in portals.values()]
    counts = ", ".join(f"{states.count(status)} {status}" for status in sorted(set(states)))
    yield f"{len(portals)} portals: {counts}. * of a province or unit that was merged: its address may be gone"
    if any(held.failed for held in collected.values()):
        yield "! its newest run failed: kehoach health tells why"


def _collected(path: Path) -> dict[str, _Collected]:
    """What is held by portal; empty where nothing has been collected yet."""
    if not path.is_file():
        return {}
    try:
        with closing(read_only(path)) as database:
            posts = dict(database.execute(_COLLECTED).fetchall())
            return {
                portal: _Collected(posts.get(portal, ""), (good or "never")[:10], outcome == "failed")
                for portal, good, outcome in database.execute(_RUNS)
            }
    except sqlite3.Error:  # half-made or another program's: the list of portals is worth having all the same
        return {}
