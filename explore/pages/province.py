"""Provinces: all of them in time, and one with its plans by the three meanings of its name."""

from typing import Any

from datasette.utils.asgi import NotFound

from explore.rows import Row, Rows

PAGE = 50
VIEWS = ("today", "dated", "named")
"""As of today, as of the document's date, as named in the text."""
_CONDITIONS = {
    "today": "plans.province_today_id = :province",
    "dated": "plans.province_id = :province",
    "named": "plans.province = :name",
}
_PLANS = """
SELECT plans.id, plans.number, plans.issued, plans.issuer, plans.province, dated.name AS dated_name,
    coalesce(plans.title, posts.title) AS title, plans.period_begin, plans.period_end,
    (SELECT count(*) FROM targets WHERE targets.plan_id = plans.id) AS targets
FROM plans
JOIN posts ON posts.id = plans.post_id
LEFT JOIN provinces AS dated ON dated.id = plans.province_id
WHERE plans.leads = 1 AND {condition}
ORDER BY plans.issued DESC, plans.id
LIMIT :limit OFFSET :offset
"""
_YEARS = """
SELECT substr(issued, 1, 4) AS year, count(*) AS plans FROM plans
WHERE leads = 1 AND {condition} GROUP BY 1 ORDER BY 1
"""
_ISSUERS = """
SELECT issuers.id, issuers.name, issuers.level, count(*) AS plans
FROM plans JOIN issuers ON issuers.id = plans.issuer_id
WHERE plans.leads = 1 AND {condition}
GROUP BY issuers.id ORDER BY plans DESC, issuers.name LIMIT 20
"""
_ALL = """
SELECT provinces.*, successor.name AS successor_name,
    (SELECT count(*) FROM plans WHERE plans.leads = 1 AND plans.province_today_id = provinces.id) AS plans_today
FROM provinces LEFT JOIN provinces AS successor ON successor.id = provinces.successor_id
ORDER BY provinces.valid_to IS NOT NULL, provinces.code, provinces.id
"""
_DATED = "SELECT province_id AS id, count(*) AS plans FROM plans WHERE leads = 1 GROUP BY 1"


async def provinces(rows: Rows) -> dict[str, Any]:
    """All provinces of all times with how many plans they issued."""

    async def read() -> dict[str, Any]:
        dated = {row["id"]: row["plans"] for row in await rows.all(_DATED)}
        return {"provinces": [{**row, "plans_dated": dated.get(row["id"], 0)} for row in await rows.all(_ALL)]}

    return await rows.kept("provinces", read)


async def province(rows: Rows, key: str, view: str | None, page: int) -> dict[str, Any]:
    """One province: its forms in time, and its plans under one meaning of its name.

    Raises:
        NotFound: for an unknown province.
    """
    found = await rows.first("SELECT * FROM provinces WHERE id = :province", province=key)
    if found is None:
        raise NotFound(f"no province {key}")
    if view not in VIEWS:
        view = "dated" if found["valid_to"] else "today"
    names = {"province": key, "name": found["name"]}
    counts = {
        one: await rows.value(f"SELECT count(*) FROM plans WHERE leads = 1 AND {condition}", **names)  # noqa: S608
        for one, condition in _CONDITIONS.items()
    }
    condition = _CONDITIONS[view]
    years = await rows.all(_YEARS.format(condition=condition), **names)
    return {
        "province": found,
        "before": await rows.all(
            "SELECT * FROM provinces WHERE successor_id = :province ORDER BY valid_to, name", province=key
        ),
        "after": await rows.first("SELECT * FROM provinces WHERE id = :after", after=found["successor_id"]),
        "today": await rows.first("SELECT * FROM provinces WHERE id = :today", today=found["today_id"]),
        "same_name": await _of_the_same_name(rows, found),
        "view": view,
        "counts": counts,
        "plans": await rows.all(_PLANS.format(condition=condition), **names, limit=PAGE, offset=PAGE * (page - 1)),
        "years": years,
        "most": max((row["plans"] for row in years), default=0),
        "issuers": await rows.all(_ISSUERS.format(condition=condition), **names),
        "page": page,
        "pages": max(1, -(-counts[view] // PAGE)),
    }


async def _of_the_same_name(rows: Rows, found: Row) -> list[Row]:
    return await rows.all(
        "SELECT * FROM provinces WHERE name = :name AND id <> :province ORDER BY valid_from",
        name=found["name"],
        province=found["id"],
    )
