"""Indicators: all of them, and one over provinces and years with its chart and the sentences behind it."""

from collections.abc import Mapping
from typing import Any

from datasette.utils.asgi import NotFound

from explore.chart import Value, chart
from explore.language import in_order
from explore.rows import Row, Rows

PAGE = 50
_LIST = """
SELECT indicators.*, counted.targets, counted.provinces
FROM indicators
LEFT JOIN {counted} AS counted ON counted.indicator_code = indicators.code
ORDER BY indicators.field, counted.targets IS NULL, counted.targets DESC, indicators.name
"""
_OF_PROVINCE = """(
    SELECT targets.indicator_code, count(*) AS targets, count(DISTINCT plans.province_today_id) AS provinces
    FROM plans CROSS JOIN targets ON targets.plan_id = plans.id
    WHERE plans.leads = 1 AND plans.province_today_id = :province AND targets.indicator_code IS NOT NULL
    GROUP BY 1
)"""
_MEASURES = """
SELECT measure, value_unit AS unit, count(*) AS targets
FROM targets JOIN plans ON plans.id = targets.plan_id
WHERE indicator_code = :code AND plans.leads = 1 AND measure IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
_VALUES = """
SELECT plans.province_today_id AS province, targets.year, targets.value_low AS low, targets.value_high AS high,
    targets.plan_id AS plan, targets.id AS target
FROM targets JOIN plans ON plans.id = targets.plan_id
WHERE indicator_code = :code AND measure = :measure AND value_unit IS :unit AND plans.leads = 1
"""
_ROWS = """
SELECT targets.*, plans.number, plans.issued, plans.issuer, plans.province, plans.province_today_id,
    today.name AS today_name, coalesce(plans.title, posts.title) AS title
FROM targets
JOIN plans ON plans.id = targets.plan_id
JOIN posts ON posts.id = plans.post_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id
WHERE indicator_code = :code AND measure IS :measure AND value_unit IS :unit AND plans.leads = 1
    AND (:province = '' OR plans.province_today_id = :province) AND (:year = 0 OR targets.year = :year)
ORDER BY targets.year DESC, targets.rowid DESC
LIMIT :limit OFFSET :offset
"""


async def indicators(rows: Rows, province: str) -> dict[str, Any]:
    """All indicators by field, with how many targets each has, of all provinces or of one as of today."""

    async def read() -> list[Row]:
        counted = _OF_PROVINCE if province else "indicator_counts"
        return await rows.all(_LIST.format(counted=counted), province=province)

    found = await rows.kept(f"indicators {province}", read)
    fields: dict[str, list[Row]] = {}
    for row in found:
        fields.setdefault(row["field"], []).append(row)
    return {
        "fields": fields,
        "province": await rows.first("SELECT id, name FROM provinces WHERE id = :id", id=province),
        "provinces": await _provinces(rows),
    }


async def indicator(rows: Rows, code: str, asked: Mapping[str, str], page: int) -> dict[str, Any]:
    """One indicator in one measure and unit: the chart of all provinces, and the rows of those asked for.

    ``asked`` may hold measure, unit, province (as of today) and year; without a measure it is the most frequent.

    Raises:
        NotFound: for an unknown indicator.
    """
    found = await rows.first("SELECT * FROM indicators WHERE code = :code", code=code)
    if found is None:
        raise NotFound(f"no indicator {code}")
    measures = await rows.kept(f"measures {code}", lambda: rows.all(_MEASURES, code=code))
    shown = _shown(measures, asked)
    which = {"code": code, "measure": shown["measure"], "unit": shown["unit"]}
    drawn = await rows.kept(f"values {which}", lambda: _drawn(rows, which))
    province = asked.get("province", "")
    provinces = await _provinces(rows)
    year = int(asked["year"]) if asked.get("year", "").isdecimal() and len(asked["year"]) == 4 else 0
    listed = await rows.all(_ROWS, **which, province=province, year=year, limit=PAGE + 1, offset=PAGE * (page - 1))
    return {
        "indicator": found,
        "measures": measures,
        "shown": shown,
        **drawn,
        "rows": listed[:PAGE],
        "more": len(listed) > PAGE,
        "page": page,
        "province": province,
        "year": year,
        "names": {row["id"]: row["name"] for row in provinces},
        "provinces": [row for row in provinces if row["id"] in drawn["held"]],
    }


async def _drawn(rows: Rows, which: Mapping[str, Any]) -> dict[str, Any]:
    """The chart of all provinces in one measure, and which provinces and years there are."""
    values = await rows.all(_VALUES, **which)
    return {
        "chart": chart(
            Value(row["province"], row["year"], *_ends(row), row["plan"], row["target"])
            for row in values
            if row["year"] is not None and (row["low"] is not None or row["high"] is not None)
        ),
        "without_year": sum(row["year"] is None for row in values),
        "held": {row["province"] for row in values},
        "years": sorted({row["year"] for row in values if row["year"] is not None}),
    }


def _shown(measures: list[Row], asked: Mapping[str, str]) -> Row:
    for row in measures:
        if row["measure"] == asked.get("measure") and asked.get("unit", "") in ("", row["unit"] or ""):
            return row
    return measures[0] if measures else {"measure": None, "unit": None, "targets": 0}


def _ends(row: Row) -> tuple[float, float]:
    """The two ends of a value; of an open one the bound it gives."""
    low = row["low"] if row["low"] is not None else row["high"]
    return low, row["high"] if row["high"] is not None else low


async def _provinces(rows: Rows) -> list[Row]:
    """The provinces of today."""
    found = await rows.all("SELECT id, name FROM provinces WHERE valid_to IS NULL")
    return sorted(found, key=lambda row: in_order(row["name"]))
