"""Mentions of one document brought together: which citations and plans are about the same thing.

The rules, for mentions whose numbers are equal (see `schema.entities.number_key`):

1. Equal territory and equal date are one document.
2. A mention without a date is the document of the only date known for its number and territory; with none or several
   dates known it is a document without a date.
3. A dated mention of unknown territory joins the document of that number and date when only one territory has one.

What most mentions say becomes the document's spelling and issuer; two dates of one number stay two documents. The
outcome follows from all mentions together, whatever the order in which posts were read. `schema.conflicts` names the
mentions that contradict each other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from schema.conflicts import conflicts
from schema.database import transaction
from schema.entities import document_id, document_scope, document_type, is_national, number_key, number_parts
from schema.link_rows import DocumentConflictRow
from schema.rows import DocumentRow
from schema.vocabulary import province_at


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation, or a plan under its own number; ``id`` is that row's key."""

    id: str
    number: str
    issued: str | None
    issuer_id: str | None
    scope: str


def link(database: Database) -> None:
    """Bring documents, the plans about them and issuers' names up to date. Changes nothing when nothing is new."""
    with transaction(database):
        mentions = list(_mentions(database))
        documents = resolve(mentions)
        _save_documents(database, documents.values())
        database.conn.executemany(
            "UPDATE citations SET document_id = ?1 WHERE id = ?2 AND document_id <> ?1",
            ((documents[mention.id].id, mention.id) for mention in mentions if mention.id in documents),
        )
        _link_plans(database, {mention.id: documents[mention.id].id for mention in mentions})
        database.execute(
            "DELETE FROM documents WHERE id NOT IN (SELECT document_id FROM citations)"
            " AND id NOT IN (SELECT document_id FROM plans WHERE document_id IS NOT NULL)"
        )
        _name_issuers(database)
        _save_conflicts(database, mentions, documents)


def resolve(mentions: Iterable[Mention]) -> dict[str, DocumentRow]:
    """Mention → its document."""
    numbers: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        numbers[number_key(mention.number)].append(mention)
    return {mention: document for group in numbers.values() for mention, document in _resolve_number(group).items()}


def _resolve_number(group: list[Mention]) -> dict[str, DocumentRow]:
    known = {(mention.scope, mention.issued) for mention in group if mention.issued}
    places: dict[tuple[str, str | None], list[Mention]] = defaultdict(list)
    for mention in group:
        scope, issued = mention.scope, mention.issued
        if issued is None:
            dates = [day for place, day in known if place == scope]
            issued = dates[0] if len(dates) == 1 else None
        elif not scope and not is_national(mention.number):
            owners = [place for place, day in known if day == issued and place]
            scope = owners[0] if len(owners) == 1 else ""
        places[scope, issued].append(mention)
    found = {}
    for (scope, issued), members in places.items():
        document = _document(scope, issued, members)
        found.update({member.id: document for member in members})
    return found


def _document(scope: str, issued: str | None, members: list[Mention]) -> DocumentRow:
    number = _most_frequent(member.number for member in members)
    assert number is not None
    province = province_at(scope.partition("/")[0], None) if scope else None
    parts = number_parts(number)
    return DocumentRow(
        id=document_id(number, scope, issued),
        number=number,
        issued=issued,
        issuer_id=_most_frequent(member.issuer_id for member in members),
        type_symbol=document_type(number),
        province=province.name if province else None,
        number_key=number_key(number),
        scope=scope if scope or is_national(number) else None,
        series=parts.series,
        sequence=parts.sequence,
        year=int(issued[:4]) if issued else parts.year,
    )


def _most_frequent(values: Iterable[str | None]) -> str | None:
    """The most frequent value that is not null; among equals the first in the alphabet."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _mentions(database: Database) -> Iterable[Mention]:
    for row in database.execute("SELECT id, number, issued, issuer_id, scope FROM citations"):
        yield Mention(*row)
    for key, number, issued, issuer_id, issuer, province in database.execute(_NUMBERED):
        yield Mention(key, number, issued, issuer_id, document_scope(number, issuer, province))


_NUMBERED = """
SELECT plans.id, number, issued, issuer_id, issuer, coalesce(plans.province, provinces.name)
FROM plans
JOIN posts ON posts.id = plans.post_id
JOIN portals ON portals.id = posts.portal_id
LEFT JOIN provinces ON provinces.id = portals.province
WHERE number IS NOT NULL
"""


def _save_documents(database: Database, documents: Iterable[DocumentRow]) -> None:
    columns = DocumentRow.columns()
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    differs = " OR ".join(f"{name} IS NOT excluded.{name}" for name in columns[1:])
    database.conn.executemany(
        f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
        f" ON CONFLICT (id) DO UPDATE SET {changes} WHERE {differs}",
        (document.values() for document in dict.fromkeys(documents)),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A plan as one text tells it, and how much the text says of it."""

    id: str
    post_id: str
    attached: bool
    is_document: bool
    items: int


def _link_plans(database: Database, document_of: dict[str, str]) -> None:
    told = [_Told(*row) for row in database.execute(_TOLD)]
    own = {plan.post_id: plan for plan in told if not plan.attached}
    files = Counter(plan.post_id for plan in told if plan.attached)
    about: dict[str, list[_Told]] = defaultdict(list)
    documents: list[tuple[str | None, str]] = []
    for plan in told:
        same = plan
        if plan.attached and plan.id not in document_of and files[plan.post_id] == 1:
            same = own.get(plan.post_id, plan)
        document = document_of.get(same.id)
        about[document or same.id].append(plan)
        documents.append((document, plan.id))
    leading = {max(texts, key=lambda plan: (plan.items, plan.is_document, plan.id)).id for texts in about.values()}
    database.conn.executemany(
        "UPDATE plans SET document_id = ?1, leads = ?2 WHERE id = ?3 AND (document_id IS NOT ?1 OR leads <> ?2)",
        ((document, int(plan in leading), plan) for document, plan in documents),
    )


_TOLD = """
SELECT
    plans.id,
    plans.post_id,
    plans.attachment_id IS NOT NULL,
    coalesce(attachments.kind, posts.kind) = 'document',
    (SELECT count(*) FROM targets WHERE plan_id = plans.id)
    + (SELECT count(*) FROM requirements WHERE plan_id = plans.id)
    + (SELECT count(*) FROM purposes WHERE plan_id = plans.id)
    + (SELECT count(*) FROM milestones WHERE plan_id = plans.id)
FROM plans
JOIN posts ON posts.id = plans.post_id
LEFT JOIN attachments ON attachments.id = plans.attachment_id
ORDER BY plans.id
"""


def _name_issuers(database: Database) -> None:
    """Each body under its most frequent spelling; bodies that no text names any more go."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for key, name in database.execute(
        "SELECT issuer_id, issuer FROM citations WHERE issuer_id IS NOT NULL"
        " UNION ALL SELECT issuer_id, issuer FROM plans WHERE issuer_id IS NOT NULL"
    ):
        spellings[key].append(name)
    database.conn.executemany(
        "UPDATE issuers SET name = ?1 WHERE id = ?2 AND name <> ?1",
        ((_most_frequent(names), key) for key, names in spellings.items()),
    )
    unnamed = [(key,) for (key,) in database.execute("SELECT id FROM issuers") if key not in spellings]
    database.conn.executemany("DELETE FROM issuers WHERE id = ?", unnamed)


def _save_conflicts(database: Database, mentions: list[Mention], documents: dict[str, DocumentRow]) -> None:
    names = dict(database.execute("SELECT id, name FROM issuers"))
    rows = [row.values() for row in conflicts(mentions, documents, names)]
    columns = ", ".join(DocumentConflictRow.columns())
    if rows != database.execute(f"SELECT {columns} FROM document_conflicts ORDER BY id").fetchall():  # noqa: S608
        database.execute("DELETE FROM document_conflicts")
        marks = ", ".join("?" * len(DocumentConflictRow.columns()))
        database.conn.executemany(f"INSERT INTO document_conflicts ({columns}) VALUES ({marks})", rows)  # noqa: S608
