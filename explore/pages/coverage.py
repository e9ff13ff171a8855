"""What is known and what is missing: plans by province and year, plans only cited, and when portals were last read."""

from typing import Any

from explore.language import in_order
from explore.rows import Row, Rows

LEVELS = ("central", "province", "department", "district", "commune", "party", "front", "other")
_MATRIX = """
SELECT province_today_id AS province, province_today AS name, CAST(year AS TEXT) AS year, sum(plans) AS plans
FROM plan_counts
WHERE :level = '' OR level = :level
GROUP BY 1, 3
ORDER BY province_today IS NULL, province_today, 3
"""
_PORTALS = """
SELECT portal_freshness.*, portals.publisher_en
FROM portal_freshness JOIN portals ON portals.id = portal_freshness.portal
ORDER BY portal_freshness.posts = 0, portal_freshness.portal
"""
# The number of citations first, then the rest of the rows shown: the view would look up quotes for all of them.
_ONLY_CITED = """
SELECT documents.id, documents.number, documents.issued, documents.province, issuers.name AS issuer, cited.citations
FROM (
    SELECT document_id AS id, count(*) AS citations FROM citations
    WHERE document_id IN (
        SELECT documents.id FROM documents
        JOIN document_types ON document_types.symbol = documents.type_symbol AND document_types.is_plan = 1
        WHERE NOT EXISTS (SELECT 1 FROM plans WHERE plans.document_id = documents.id)
    )
    GROUP BY 1
) AS cited
JOIN documents ON documents.id = cited.id
LEFT JOIN issuers ON issuers.id = documents.issuer_id
ORDER BY cited.citations DESC, documents.issued DESC, documents.number
"""
_GAPS = "SELECT * FROM series_gaps ORDER BY year DESC, missing, scope, series, after_sequence LIMIT :limit"
_RUNS = "SELECT command, max(finished) AS finished FROM runs WHERE outcome = 'ok' GROUP BY command"
_LISTED = 50


async def coverage(rows: Rows, level: str) -> dict[str, Any]:
    """What the coverage page shows, for all authorities or those of one level."""
    level = level if level in LEVELS else ""

    async def read() -> dict[str, Any]:
        cells = await rows.all(_MATRIX, level=level)
        years = sorted({row["year"] for row in cells if row["year"]})
        table: dict[str | None, dict[str, Any]] = {}
        for row in cells:
            line = table.setdefault(row["province"], {"id": row["province"], "name": row["name"], "years": {}})
            line["years"][row["year"]] = row["plans"]
        return {
            "years": years,
            "lines": sorted(table.values(), key=lambda line: in_order(line["name"])),
            "most": max((row["plans"] for row in cells), default=0),
            "total": sum(row["plans"] for row in cells),
        }

    return {
        **await rows.kept(f"coverage {level}", read),
        "level": level,
        "levels": LEVELS,
        **await rows.kept("coverage", lambda: _rest(rows)),
    }


async def _rest(rows: Rows) -> dict[str, Any]:
    cited: list[Row] = await rows.all(_ONLY_CITED)
    return {
        "cited": cited[:_LISTED],
        "cited_total": len(cited),
        "gaps": await rows.all(_GAPS, limit=_LISTED),
        "portals": await rows.all(_PORTALS),
        "runs": {row["command"]: row["finished"] for row in await rows.all(_RUNS)},
        "issues": await rows.all("SELECT code, count(*) AS found FROM issues GROUP BY 1 ORDER BY 2 DESC LIMIT 20"),
    }
