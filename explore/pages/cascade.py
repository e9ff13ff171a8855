"""What implements what: from a national decision to provinces and departments, with the targets side by side."""

import json
from typing import Any

from datasette.utils.asgi import NotFound

from explore.pages.plan import CONFLICTS
from explore.rows import Row, Rows

DEPTH = 3  # levels below a document that its page follows
_WIDTH = 100  # plans of one level that are shown; all of them are in the view cascade
_GROUPS = 20  # indicators set side by side, those of most plans first
_BESIDE = 20  # targets of one indicator; the rest is on the indicator's page
_MOST = """
SELECT documents.id, documents.number, documents.issued, documents.province, issuers.name AS issuer, found.plans
FROM basis_counts AS found
JOIN documents ON documents.id = found.document_id
LEFT JOIN issuers ON issuers.id = documents.issuer_id
ORDER BY found.plans DESC, documents.issued DESC, documents.id
LIMIT 100
"""
_DOCUMENT = """
SELECT documents.*, issuers.name AS issuer, issuers.level, document_types.name AS type
FROM documents
LEFT JOIN issuers ON issuers.id = documents.issuer_id
LEFT JOIN document_types ON document_types.symbol = documents.type_symbol
WHERE documents.id = :id
"""
_PLAN = """
SELECT plans.id, plans.number, plans.issued, coalesce(plans.title, posts.title) AS title
FROM plans JOIN posts ON posts.id = plans.post_id
WHERE plans.document_id = :id AND plans.leads = 1 LIMIT 1
"""
_ABOVE = """
SELECT DISTINCT documents.id, documents.number, documents.issued, issuers.name AS issuer, citations.id AS citation,
    plans.id AS plan
FROM plans
JOIN citations ON citations.post_id = plans.post_id AND citations.attachment_id IS plans.attachment_id
JOIN documents ON documents.id = citations.document_id
LEFT JOIN issuers ON issuers.id = documents.issuer_id
WHERE plans.document_id = :id AND plans.leads = 1 AND citations.role = 'basis' AND documents.id <> :id
GROUP BY documents.id
ORDER BY documents.issued, documents.number
"""
_BELOW = """
SELECT plans.id AS plan, plans.document_id, plans.number, plans.issued, plans.issuer, plans.province,
    issuers.level, coalesce(plans.title, posts.title) AS title, min(citations.id) AS citation, citations.quote,
    (SELECT count(*) FROM targets WHERE targets.plan_id = plans.id) AS targets
FROM citations
JOIN plans ON plans.post_id = citations.post_id AND plans.attachment_id IS citations.attachment_id
JOIN posts ON posts.id = plans.post_id
LEFT JOIN issuers ON issuers.id = plans.issuer_id
WHERE citations.document_id = :id AND citations.role = 'basis' AND plans.leads = 1
    AND plans.document_id IS NOT :id
GROUP BY plans.id
ORDER BY plans.province, plans.issued, plans.id
LIMIT :limit
"""
_ELSEWHERE = """
SELECT posts.id, posts.title, posts.url, citations.role, plans.id AS plan, citations.id AS citation
FROM citations
JOIN posts ON posts.id = citations.post_id
LEFT JOIN plans ON plans.post_id = citations.post_id AND plans.attachment_id IS citations.attachment_id
WHERE citations.document_id = :id AND citations.role <> 'basis'
ORDER BY posts.published DESC, posts.id LIMIT 50
"""
_TARGETS = """
SELECT targets.*, plans.number, plans.province, plans.issuer, indicators.name AS indicator_name,
    indicators.name_en AS indicator_name_en, indicators.better
FROM targets
JOIN plans ON plans.id = targets.plan_id
JOIN indicators ON indicators.code = targets.indicator_code
WHERE targets.plan_id IN (SELECT value FROM json_each(:plans))
ORDER BY plans.province, targets.plan_id, targets.ordinal
"""
_PROMISES = "SELECT target_id, promise FROM promises WHERE basis_plan_id = :plan"


async def cascades(rows: Rows) -> dict[str, Any]:
    """The documents that most plans carry out."""
    return {"documents": await rows.kept("cascades", lambda: rows.all(_MOST))}


async def cascade(rows: Rows, key: str) -> dict[str, Any]:
    """One document: what it is issued under, what carries it out, and their targets side by side.

    Raises:
        NotFound: for an unknown document.
    """
    document = await rows.first(_DOCUMENT, id=key)
    if document is None:
        raise NotFound(f"no document {key}")
    own = await rows.first(_PLAN, id=key)
    below = await _below(rows, key, {key}, DEPTH)
    return {
        "document": document,
        "plan": own,
        "conflicts": await rows.all(CONFLICTS, document=key),
        "above": await rows.all(_ABOVE, id=key),
        "below": below[:_WIDTH],
        "cut": len(below) > _WIDTH,
        "elsewhere": await rows.all(_ELSEWHERE, id=key),
        "compared": await _compared(rows, own["id"] if own else None, [row["plan"] for row in below[:_WIDTH]]),
    }


async def _below(rows: Rows, key: str, seen: set[str], depth: int) -> list[Row]:
    """The plans that carry a document out, each with those that carry it out in turn."""
    found: list[Row] = []
    for row in await rows.all(_BELOW, id=key, limit=_WIDTH + 1):
        document = row["document_id"]
        deeper: list[Row] = []
        if depth > 1 and document and document not in seen:
            seen.add(document)
            deeper = await _below(rows, document, seen, depth - 1)
        found.append({**row, "below": deeper})
    return found


async def _compared(rows: Rows, own: str | None, others: list[str]) -> list[dict[str, Any]]:
    """Indicators that the document's own plan, or at least two of the plans below, have targets for."""
    groups: dict[tuple[str, ...], dict[str, Any]] = {}
    held = {row["target_id"]: row["promise"] for row in await rows.all(_PROMISES, plan=own)} if own else {}
    for row in await rows.all(_TARGETS, plans=json.dumps([own, *others] if own else others)):
        key = (row["indicator_code"], row["measure"] or "", row["value_unit"] or "", row["qualifier"] or "")
        group = groups.setdefault(key, {"first": row, "own": [], "others": []})
        if row["plan_id"] == own:
            group["own"].append(row)
        else:
            group["others"].append({**row, "held_against": held.get(row["id"])})
    plans = {key: len({row["plan_id"] for row in group["others"]}) for key, group in groups.items()}
    most = sorted(
        (key for key in groups if plans[key] > (0 if groups[key]["own"] else 1)), key=lambda k: (-plans[k], k)
    )
    return [
        {**groups[key], "others": groups[key]["others"][:_BESIDE], "rest": len(groups[key]["others"]) - _BESIDE}
        for key in most[:_GROUPS]
    ]
