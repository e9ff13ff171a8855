"""``kehoach portals``: every portal with its state, and what the database holds of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from crawler.portals import Portal
from schema.database import FILE

_COLLECTED = """
    SELECT portal, count(DISTINCT url), max(fetched_at) FROM fetches
    WHERE kind = 'post' AND outcome = 'ok' GROUP BY portal
"""


def table(portals: dict[str, Portal], data: Path) -> Iterator[str]:
    """Lines for people: id, status, family, province, posts collected so far and when the newest was, address."""
    collected = _collected(data / FILE)
    yield f"{'portal':24} {'status':8} {'family':11} {'province':9} {'posts':>6}  {'newest':10}  address"
    for portal in portals.values():
        posts, newest = collected.get(portal.id, (0, ""))
        status = f"{portal.status}*" if portal.valid_to and portal.status != "gone" else portal.status
        yield (
            f"{portal.id:24} {status:8} {portal.family:11} {portal.province or '':9} {posts or '':>6}  {newest[:10]:10}"
            f"  {urlsplit(portal.home).netloc}"
        )
    states = [portal.status for portal in portals.values()]
    counts = ", ".join(f"{states.count(status)} {status}" for status in sorted(set(states)))
    yield f"{len(portals)} portals: {counts}. * of a province or unit that was merged: its address may be gone"


def _collected(path: Path) -> dict[str, tuple[int, str]]:
    """Posts and the day of the newest fetch by portal; empty where nothing has been collected yet."""
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return {portal: (posts, newest or "") for portal, posts, newest in database.execute(_COLLECTED)}
    except sqlite3.Error:  # half-made or another program's: the list of portals is worth having all the same
        return {}
