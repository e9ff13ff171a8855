"""Mentions that contradict each other. Nothing is averaged or dropped: both sides stand, with their mentions.

- *date*: one number of one territory with two dates in one year, in which numbers are given once;
- *year*: the same number, day and month in two years: one of the years is likely a slip;
- *issuer*: one document (number, territory, date) that mentions give two issuers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, groupby
from typing import Protocol

from schema.entities import body_key, digest
from schema.link_rows import DocumentConflictRow
from schema.rows import DocumentRow


class Told(Protocol):
    """What a conflict needs of a mention."""

    @property
    def id(self) -> str: ...
    @property
    def issuer_id(self) -> str | None: ...


def conflicts(
    mentions: Iterable[Told], document_of: Mapping[str, DocumentRow], names: Mapping[str, str]
) -> list[DocumentConflictRow]:
    """All conflicts, in a fixed order; ``names`` gives the issuers' names."""
    told: dict[str, Counter[str | None]] = {}
    documents: dict[str, DocumentRow] = {}
    for mention in mentions:
        document = document_of[mention.id]
        documents[document.id] = document
        told.setdefault(document.id, Counter())[mention.issuer_id] += 1
    found = [*_dates(documents.values(), told), *_issuers(documents, told, names)]
    return sorted(found, key=lambda row: row.id)


def _dates(documents: Iterable[DocumentRow], told: Mapping[str, Counter[str | None]]) -> Iterator[DocumentConflictRow]:
    def place(document: DocumentRow) -> tuple[str, str]:
        return document.number_key or "", document.scope or ""

    # a number of unknown territory may be of any province
    dated = sorted(
        (row for row in documents if row.issued and row.scope is not None),
        key=lambda row: (*place(row), row.issued or ""),
    )
    for _, group in groupby(dated, key=place):
        for one, other in combinations(group, 2):
            first, second = one.issued or "", other.issued or ""
            if first[:4] == second[:4]:
                kind = "date"
            elif first[4:] == second[4:]:
                kind = "year"
            else:
                continue
            yield DocumentConflictRow(
                id=digest("conflict", kind, one.id, other.id),
                kind=kind,
                number=one.number,
                province=one.province,
                document_id=one.id,
                value=first,
                mentions=told[one.id].total(),
                other_id=other.id,
                other_value=second,
                other_mentions=told[other.id].total(),
            )


def _issuers(
    documents: Mapping[str, DocumentRow], told: Mapping[str, Counter[str | None]], names: Mapping[str, str]
) -> Iterator[DocumentConflictRow]:
    for key, counts in told.items():
        named = sorted((-count, issuer) for issuer, count in counts.items() if issuer is not None)
        if len(named) < 2:
            continue
        document = documents[key]
        (most, first), *others = named
        for count, other in others:
            if body_key(names.get(first, first)) == body_key(names.get(other, other)):
                continue  # an office of the same body signs for it
            yield DocumentConflictRow(
                id=digest("conflict", "issuer", key, first, other),
                kind="issuer",
                number=document.number,
                province=document.province,
                document_id=key,
                value=names.get(first, first),
                mentions=-most,
                other_id=key,
                other_value=names.get(other, other),
                other_mentions=-count,
            )
