"""The start page: what there is, where, what is new, and how to search it."""

from collections.abc import Mapping
from typing import Any

from explore.rows import Row, Rows
from explore.settings import load_queries
from explore.tiles import LAYERS, Map, draw, places, shade_bounds

COUNTED = ("plans", "targets", "requirements", "documents", "posts", "issues")
"""What the first figures count; plans are those of plan_overview, each once."""
_COUNT = {"plans": "SELECT count(*) FROM plans WHERE leads = 1"}
_BY_DATED = (
    "SELECT province_id AS id, count(*) AS plans FROM plans WHERE leads = 1 AND province_id IS NOT NULL GROUP BY 1"
)
_BY_TODAY = """
SELECT province_today_id AS id, count(*) AS plans FROM plans
WHERE leads = 1 AND province_today_id IS NOT NULL GROUP BY 1
"""
_NEWEST = """
SELECT plans.id, plans.number, plans.issued, coalesce(plans.title, posts.title) AS title, plans.issuer, plans.province
FROM plans JOIN posts ON posts.id = plans.post_id
WHERE plans.leads = 1
ORDER BY plans.issued DESC, plans.id
LIMIT 10
"""
_SPAN = "SELECT min(issued) AS first, max(issued) AS last FROM plans WHERE leads = 1 AND issued IS NOT NULL"


async def start(rows: Rows) -> dict[str, Any]:
    """What the start page shows."""
    return await rows.kept("start", lambda: _read(rows))


async def _read(rows: Rows) -> dict[str, Any]:
    counts = {name: await rows.value(_COUNT.get(name, f"SELECT count(*) FROM {name}")) for name in COUNTED}  # noqa: S608
    questions = load_queries()
    return {
        "questions": {
            "en": [(name, query.title) for name, query in questions.items()],
            "vi": [(name, query.title_vi) for name, query in questions.items()],
        },
        "counts": counts,
        "span": await rows.first(_SPAN),
        "newest": await rows.all(_NEWEST),
        "maps": await maps(rows),
        "portals": await rows.value("SELECT count(DISTINCT portal_id) FROM posts"),
        "crawled": await rows.value("SELECT max(finished) FROM runs WHERE command = 'crawl' AND outcome = 'ok'"),
    }


async def maps(rows: Rows) -> dict[str, Map]:
    """Layer → its map of plans: by province at the document's date for the 63, as of today for the 34."""
    provinces = {row["id"]: row for row in await rows.all("SELECT * FROM provinces")}
    if not provinces:
        return {}
    names = {key: row["name"] for key, row in provinces.items()}
    dated = {row["id"]: row["plans"] for row in await rows.all(_BY_DATED)}
    today = {row["id"]: row["plans"] for row in await rows.all(_BY_TODAY)}
    counts = {"63": _before_the_merger(dated, provinces), "34": today}
    bounds = shade_bounds(count for layer in LAYERS for count in counts[layer].values())
    return {layer: draw(layer, names, counts[layer], bounds) for layer in LAYERS}


def _before_the_merger(dated: Mapping[str, int], provinces: Mapping[str, Row]) -> dict[str, int]:
    """Counts of the 63, an earlier form of a province (Thừa Thiên Huế before 2025) with its last one."""
    last = {place.province for place in places("63")}
    counts: dict[str, int] = {}
    for key, number in dated.items():
        at: str | None = key
        while at is not None and at not in last:
            at = provinces[at]["successor_id"] if at in provinces else None
        if at is not None:
            counts[at] = counts.get(at, 0) + number
    return counts
