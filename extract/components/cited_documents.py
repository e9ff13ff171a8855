"""The documents a post cites: one for each number, with the date and the body of the mention that has them."""

from bisect import bisect_left
from collections.abc import Callable

from extract.components.dates import TimeExpression
from extract.components.document_numbers import Mention
from extract.components.header import Header
from extract.components.issuer_names import complete, issuer_name, without_chair
from extract.components.roles import STRENGTH
from extract.reading import Reading
from schema.record import Document, Role
from schema.vocabulary import Province

RoleOf = Callable[[Mention, list[Mention]], Role]
"""(a mention, the mentions shortly before it) to the part its document plays."""
_NEAR = 500
"""As many mentions as no sentence holds."""


def collect_documents(
    reading: Reading, subject: Mention | None, role: RoleOf, province: Province | None, header: Header | None = None
) -> None:
    """One document per number: the date and body of the first mention that has them, the strongest role of all."""
    kind: Role
    groups: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        groups.setdefault(mention.key, []).append(mention)
    for key, mentions in groups.items():
        dated = next((m for m in mentions if m.issued is not None), None)
        bodies = [m for m in mentions if m.body is not None]
        named = next((m for m in bodies if m.body and not reading.text[m.body.begin : m.body.end].isupper()), None)
        named = named or (bodies[0] if bodies else None)  # running text rather than a title in capitals
        best = dated or named or mentions[0]
        issued = dated.issued if dated else None
        if subject is not None and key == subject.key:
            kind = "subject"
            if header is not None and header.issued is not None:
                issued = header.issued
        else:
            kinds = [role(m, _shortly_before(reading.mentions, m)) for m in mentions]
            kind = max(kinds, key=lambda k: STRENGTH[k])
        issuer = issuer_name(reading, named.body, province) if named and named.body else None
        own = header is not None and (kind == "subject" or (header.number is not None and header.number.key == key))
        if own and header is not None and header.issuer and (issuer is None or kind == "subject"):
            issuer = complete(without_chair(header.issuer), province)
        reading.documents.append(
            Document(
                number=best.number,
                issued=issued.first.isoformat() if issued and issued.first else None,
                issuer=issuer,
                role=kind,
                quote=reading.text[best.begin : best.end],
                span=(best.begin, best.end),
                rule=best.rule,
                confidence=best.confidence,
            )
        )


def _shortly_before(mentions: list[Mention], mention: Mention) -> list[Mention]:
    """The mentions in front of this one that may share its sentence."""
    at = bisect_left(mentions, mention.begin, key=lambda other: other.begin)
    return mentions[max(0, at - _NEAR) : at]


def subject_issued_by(reading: Reading, issuer: str | None) -> None:
    """Who issued the plan issued the document that bears its number."""
    for at, document in enumerate(reading.documents):
        if document.role == "subject" and issuer is not None and document.issuer != issuer:
            reading.documents[at] = document.model_copy(update={"issuer": issuer})


def date_of(reading: Reading, mention: Mention | None) -> TimeExpression | None:
    """The date written with a document's number, at whichever of its mentions."""
    if mention is None:
        return None
    same = [m for m in reading.mentions if m.key == mention.key and m.issued is not None]
    return same[0].issued if same else None
