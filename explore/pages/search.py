"""Search over plans, targets, requirements and posts: words with or without marks, best first, with the passage."""

from dataclasses import dataclass
from typing import Any

from explore.rows import Row, Rows
from schema.item_search import INDEXES, of_rowid
from schema.search import fts_phrase, fts_query, marked, passage

SCOPES = ("plans", "targets", "requirements", "posts")
PAGE = 20
_FIRST = 5  # of each scope on the page of all scopes
_WINDOW = 1_000  # of the best hits, those looked up to leave out texts that tell a plan again
_RANKED = 10_000  # hits that are ranked; of more, which only the commonest words have, any of them are shown


@dataclass(frozen=True, slots=True)
class Hits:
    """What one scope gave. ``total`` stops at the number that is ranked; ``more`` says that it did.

    Up to `_WINDOW` hits it counts each plan once; beyond, every text that tells of it.
    """

    rows: list[Row]
    total: int
    more: bool


_SELECT = {
    "plans": """
        SELECT plans.id AS plan_id, NULL AS anchor, plans.number, plans.issued, plans.issuer, plans.province,
            coalesce(plans.title, posts.title) AS title, NULL AS quote, posts.text AS text
        FROM plans JOIN posts ON posts.id = plans.post_id
        WHERE {this}""",
    "targets": """
        SELECT plans.id AS plan_id, targets.id AS anchor, plans.number, plans.issued, plans.issuer, plans.province,
            coalesce(plans.title, posts.title) AS title, targets.quote, targets.indicator, targets.direction,
            targets.min, targets.max, targets.unit, targets.per, targets.by_when
        FROM targets JOIN plans ON plans.id = targets.plan_id JOIN posts ON posts.id = plans.post_id
        WHERE {this}""",
    "requirements": """
        SELECT plans.id AS plan_id, requirements.id AS anchor, plans.number, plans.issued, plans.issuer,
            plans.province, coalesce(plans.title, posts.title) AS title, requirements.quote, requirements.due
        FROM requirements JOIN plans ON plans.id = requirements.plan_id JOIN posts ON posts.id = plans.post_id
        WHERE {this}""",
    "posts": """
        SELECT posts.id AS post_id, posts.title, posts.url, posts.published, posts.kind, posts.text,
            portals.publisher, (SELECT plans.id FROM plans WHERE plans.post_id = posts.id LIMIT 1) AS plan_id
        FROM posts JOIN portals ON portals.id = posts.portal_id
        WHERE {this}""",
}
# A plan that several texts tell is shown once, as its fullest text tells it. CROSS JOIN keeps SQLite from beginning
# with all plans that lead, which it may think few.
_LEADING = {
    "plans": "CROSS JOIN plans ON {this} WHERE plans.leads = 1",
    "targets": "CROSS JOIN targets ON {this} CROSS JOIN plans ON plans.id = targets.plan_id WHERE plans.leads = 1",
    "requirements": """
        CROSS JOIN requirements ON {this} CROSS JOIN plans ON plans.id = requirements.plan_id WHERE plans.leads = 1""",
    "posts": "",
}
_HITS = """
WITH
    held AS (SELECT rowid AS hit, rank FROM {index} WHERE {index} MATCH :words LIMIT {ranked}),
    side_by_side AS (SELECT rowid FROM {index} WHERE {index} MATCH :phrase LIMIT {ranked}),
    best AS (SELECT hit, hit IN side_by_side AS whole, rank FROM held ORDER BY 2 DESC, rank, hit LIMIT :window)
SELECT held.hit, count(*) OVER () AS total
FROM best AS held {leading}
ORDER BY held.whole DESC, held.rank, held.hit LIMIT :limit OFFSET :offset
"""
_ANY = "SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH :words LIMIT {ranked} + 1)"


async def search(rows: Rows, query: str, scope: str | None, page: int) -> dict[str, Any]:
    """What the search page shows for a query: of one scope a page of hits, without a scope the best of each."""
    shown = (scope,) if scope in SCOPES else SCOPES
    room = PAGE if len(shown) == 1 else _FIRST
    found = {one: await _hits(rows, one, query, room, room * (page - 1)) for one in shown} if query.strip() else {}
    return {
        "query": query,
        "scope": scope if scope in SCOPES else None,
        "scopes": SCOPES,
        "found": found,
        "page": page,
        "pages": max((-(-hits.total // room) for hits in found.values()), default=1) if len(shown) == 1 else 1,
    }


async def _hits(rows: Rows, scope: str, query: str, limit: int, offset: int) -> Hits:
    index = INDEXES.get(scope, "post_search")
    asked = {"words": fts_query(query), "phrase": fts_phrase(query)}
    leading = _LEADING[scope].format(this=of_rowid(scope, "held.hit"))
    matches = await rows.value(_ANY.format(index=index, ranked=_RANKED), words=asked["words"])
    window = max(_WINDOW, 3 * (limit + offset))
    ranked = await rows.all(
        _HITS.format(index=index, ranked=_RANKED, leading=leading), **asked, window=window, limit=limit, offset=offset
    )
    this = "posts.search_id = :hit" if scope == "posts" else of_rowid(scope, ":hit")
    read = [await rows.first(_SELECT[scope].format(this=this), hit=row["hit"]) for row in ranked]
    exact = ranked[0]["total"] if ranked else 0
    return Hits(
        rows=[_dressed(row, query) for row in read if row is not None],
        total=exact if matches <= window else min(matches, _RANKED),
        more=matches > _RANKED,
    )


def _dressed(row: Row, query: str) -> Row:
    """A hit with its passage in pieces, each with whether it is a word of the query."""
    text = row["quote"] if row.get("quote") else passage(row["text"], query)
    rest = {key: value for key, value in row.items() if key != "text"}
    return {**rest, "pieces": marked(text, query), "title_pieces": marked(row["title"] or "", query)}
