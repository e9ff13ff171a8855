"""A plan: its text with every passage that a value was read from, its values, and where the text comes from."""

import json
from collections.abc import Sequence
from typing import Any

from datasette.utils.asgi import NotFound

from explore.highlight import Passage, marked_text
from explore.rows import Row, Rows

KINDS = (
    "number",
    "issued",
    "issuer",
    "title",
    "period",
    "province",
    "basis",
    "cited",
    "purpose",
    "requirement",
    "target",
    "milestone",
)
"""Sorts of passages, in the order of the legend."""
_ROOM = 400_000  # characters shown without shortening: a browser still scrolls them with ease

_PLAN = """
SELECT plans.*, posts.title AS post_title, posts.url, posts.published, posts.author, posts.source,
    coalesce(attachments.kind, posts.kind) AS kind, coalesce(attachments.text, posts.text) AS text,
    posts.program, posts.rules, portals.publisher, portals.publisher_en, portals.licence, portals.id AS portal_id,
    attachments.title AS file_title, attachments.url AS file_url, attachments.page_begins,
    dated.name AS dated_name, dated.code AS dated_code, today.name AS today_name, today.code AS today_code,
    issuers.name AS issuer_name, issuers.level AS issuer_level,
    posts.fetch_id AS post_fetch, attachments.fetch_id AS file_fetch
FROM plans
JOIN posts ON posts.id = plans.post_id
JOIN portals ON portals.id = posts.portal_id
LEFT JOIN attachments ON attachments.id = plans.attachment_id
LEFT JOIN provinces AS dated ON dated.id = plans.province_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id
LEFT JOIN issuers ON issuers.id = plans.issuer_id
WHERE plans.id = :plan
"""
_ITEMS = {
    "purpose": "SELECT * FROM purposes WHERE plan_id = :plan ORDER BY ordinal",
    "requirement": "SELECT * FROM requirements WHERE plan_id = :plan ORDER BY ordinal",
    "target": "SELECT * FROM targets WHERE plan_id = :plan ORDER BY ordinal",
    "milestone": "SELECT * FROM milestones WHERE plan_id = :plan ORDER BY ordinal",
}
_CITATIONS = """
SELECT citations.*, issuers.name AS issuer_name
FROM citations
LEFT JOIN issuers ON issuers.id = citations.issuer_id
WHERE post_id = :post AND attachment_id IS :attachment
ORDER BY ordinal
"""
_SAME_PLAN = """
SELECT plans.id, plans.leads, coalesce(attachments.kind, posts.kind) AS kind, posts.url, posts.published,
    coalesce(attachments.title, posts.title) AS title, portals.publisher
FROM plans
JOIN posts ON posts.id = plans.post_id
JOIN portals ON portals.id = posts.portal_id
LEFT JOIN attachments ON attachments.id = plans.attachment_id
WHERE plans.document_id = :document AND plans.id <> :plan
ORDER BY plans.leads DESC, posts.published, plans.id
"""
CONFLICTS = """
SELECT kind, value, mentions, other_value, other_mentions, other_id AS id
FROM document_conflicts WHERE document_id = :document
UNION ALL
SELECT kind, other_value, other_mentions, value, mentions, document_id
FROM document_conflicts WHERE other_id = :document AND other_id <> document_id
ORDER BY 1, 4
"""
_COPIES = """
SELECT posts.id, posts.title, posts.url, portals.publisher
FROM post_copies
JOIN posts ON posts.id = CASE WHEN post_copies.post_id = :post THEN post_copies.original_id ELSE post_copies.post_id END
JOIN portals ON portals.id = posts.portal_id
WHERE post_copies.post_id = :post OR post_copies.original_id = :post
ORDER BY posts.published, posts.id
"""
_FETCHES = """
SELECT id, url, kind, fetched_at, warc_file, warc_offset, content_type, content_digest
FROM fetches WHERE id IN (:post, :file) ORDER BY kind DESC
"""
_ISSUES = """
SELECT * FROM issues WHERE post_id = :post AND attachment_id IS :attachment ORDER BY span_begin, id
"""


async def plan(rows: Rows, key: str) -> dict[str, Any]:
    """What the page of a plan shows.

    Raises:
        NotFound: for an unknown plan.
    """
    found = await rows.first(_PLAN, plan=key)
    if found is None:
        raise NotFound(f"no plan {key}")
    own = {"post": found["post_id"], "attachment": found["attachment_id"]}
    evidence = await rows.all("SELECT * FROM plan_evidence WHERE plan_id = :plan ORDER BY span_begin", plan=key)
    items = {kind: await rows.all(sql, plan=key) for kind, sql in _ITEMS.items()}
    for requirement in items["requirement"]:
        requirement["who"] = json.loads(requirement["actors"])  # type: ignore[index]
    citations = await rows.all(_CITATIONS, **own)
    passages = _passages(evidence, items, citations)
    document = found["document_id"]
    return {
        "plan": found,
        "evidence": {row["field"]: row for row in evidence},
        "items": items,
        "bases": [row for row in citations if row["role"] == "basis"],
        "cited": [row for row in citations if row["role"] == "cited"],
        "pieces": marked_text(found["text"] or "", passages, _ROOM),
        "kinds": [kind for kind in KINDS if any(passage.kind == kind for passage in passages)],
        "same": await rows.all(_SAME_PLAN, document=document, plan=key) if document else [],
        "conflicts": await rows.all(CONFLICTS, document=document) if document else [],
        "copies": await rows.all(_COPIES, post=found["post_id"]),
        "fetches": await rows.all(_FETCHES, post=found["post_fetch"], file=found["file_fetch"]),
        "issues": await rows.all(_ISSUES, **own),
    }


async def record(rows: Rows, key: str) -> dict[str, Any]:
    """Everything read from the text of a plan, with the text: what the page shows, for a program.

    Raises:
        NotFound: for an unknown plan.
    """
    shown = await plan(rows, key)
    values = ("plan", "evidence", "items", "bases", "cited", "same", "conflicts", "copies", "fetches", "issues")
    return {name: shown[name] for name in values}


def _passages(evidence: Sequence[Row], items: dict[str, list[Row]], citations: Sequence[Row]) -> list[Passage]:
    """All passages of a text; where the plan's own number is cited again it counts as its number."""
    told = [(row["field"], row) for row in evidence]
    told += [(kind, row) for kind, found in items.items() for row in found]
    numbers = {(row["span_begin"], row["span_end"]) for row in evidence if row["field"] == "number"}
    for row in citations:
        if row["role"] != "subject":
            told.append((row["role"], row))
        elif (row["span_begin"], row["span_end"]) not in numbers:
            told.append(("number", row))
    return [
        Passage(row["id"], kind, row["span_begin"], row["span_end"], row["rule"], row["confidence"])
        for kind, row in told
    ]
