"""One record as database rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from schema import record, rows
from schema.entities import (
    digest,
    document_id,
    document_scope,
    document_type,
    issuer_key,
    issuer_level,
    issuer_province,
    vocabulary_body,
)
from schema.indicators import link_indicator
from schema.measures import measured
from schema.row import Row
from schema.vocabulary import province_at, successor
from schema.vocabulary.indicators import indicators_by_code

_FAR = date(9999, 1, 1)
_FIRST_DAY = "1990-01-01"


class EvidenceValues(TypedDict):
    """The columns of `schema.row.EvidenceColumns`, with their values."""

    span_begin: int
    span_end: int
    quote: str
    rule: str
    confidence: float


class _ItemColumns(EvidenceValues):
    id: str
    plan_id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Source:
    """Which text a record was read from.

    ``published`` is the ISO date or time of its post, ``province`` the name of the province whose portal it is,
    ``fetched`` the ISO time at which its content was first fetched; null when unknown.
    """

    post_id: str
    attachment_id: str | None
    fetch_id: str
    place: str
    published: str | None
    province: str | None = None
    fetched: str | None = None

    @property
    def key(self) -> str:
        """Key of the text."""
        return self.attachment_id or self.post_id


def record_rows(read: record.Record, source: Source) -> list[Row]:
    """All rows a record gives, except that of its post or attachment; references come before what refers to them."""
    issuers = [item.issuer for item in read.documents] + ([read.plan.issuer] if read.plan else [])
    found: list[Row] = [issuer_row(name) for name in dict.fromkeys(issuers) if name]
    citations = _citations(read, source)
    found += [_document(citation) for citation in citations]
    found += citations
    if read.plan is not None:
        found += _plan(read, read.plan, source)
        found += _implausible_date(read.plan, source)
    found += [_issue(issue, read.text, source) for issue in read.issues]
    return list(dict.fromkeys(found))


def issuer_row(name: str) -> rows.IssuerRow:
    """The body a name denotes."""
    body = vocabulary_body(name)
    return rows.IssuerRow(
        id=issuer_id(name),
        name=name,
        body=body.name if body else None,
        level=issuer_level(name),
        province=issuer_province(name),
    )


def issuer_id(name: str) -> str:
    """Key of the body a name denotes."""
    return digest("issuer", issuer_key(name))


def _citations(read: record.Record, source: Source) -> list[rows.CitationRow]:
    found = []
    for ordinal, item in enumerate(read.documents):
        scope = document_scope(item.number, item.issuer, read.province or source.province)
        found.append(
            rows.CitationRow(
                id=digest("citation", source.key, item.number, *item.span, ordinal),
                post_id=source.post_id,
                attachment_id=source.attachment_id,
                document_id=document_id(item.number, scope, item.issued),
                ordinal=ordinal,
                role=item.role,
                number=item.number,
                issued=item.issued,
                issuer=item.issuer,
                issuer_id=issuer_id(item.issuer) if item.issuer else None,
                scope=scope,
                **_evidence(item),
            )
        )
    return found


def _document(citation: rows.CitationRow) -> rows.DocumentRow:
    """The document as this citation alone tells it; `schema.linking` holds it against the others."""
    return rows.DocumentRow(
        id=citation.document_id,
        number=citation.number,
        issued=citation.issued,
        issuer_id=citation.issuer_id,
        type_symbol=document_type(citation.number),
        province=None,
    )


def _plan(read: record.Record, plan: record.Plan, source: Source) -> Iterable[Row]:
    key = digest("plan", source.key)
    here, today = _province(read.province, plan.issued or source.published)
    yield rows.PlanRow(
        id=key,
        post_id=source.post_id,
        attachment_id=source.attachment_id,
        document_id=None,
        leads=1,
        number=plan.number,
        issued=plan.issued,
        issuer=plan.issuer,
        issuer_id=issuer_id(plan.issuer) if plan.issuer else None,
        title=plan.title_quote,
        period_begin=plan.period[0] if plan.period else None,
        period_end=plan.period[1] if plan.period else None,
        province=read.province,
        province_id=here,
        province_today_id=today,
    )
    evidence = {name.removesuffix("_quote"): getattr(plan.evidence, name) for name in record.PlanEvidence.model_fields}
    for field, item in {**evidence, "province": read.province_evidence}.items():
        if item is not None:
            yield rows.PlanEvidenceRow(id=digest("evidence", key, field), plan_id=key, field=field, **_evidence(item))
    for ordinal, purpose in enumerate(read.purposes):
        yield rows.PurposeRow(**_item("purpose", key, ordinal, purpose))
    for ordinal, requirement in enumerate(read.requirements):
        yield rows.RequirementRow(
            **_item("requirement", key, ordinal, requirement),
            actors=json.dumps(requirement.actors, ensure_ascii=False),
            due=requirement.due,
        )
    yield from target_rows(key, read.targets, plan.period)
    for ordinal, milestone in enumerate(read.milestones):
        yield rows.MilestoneRow(
            **_item("milestone", key, ordinal, milestone), start_date=milestone.start, end_date=milestone.end
        )


def target_rows(
    plan: str, targets: Iterable[record.Target], period: tuple[int, int] | None
) -> Iterable[rows.TargetRow]:
    """The targets of a plan in the order of its text, each with its indicator and its number in a base unit."""
    before: str | None = None
    for ordinal, target in enumerate(targets):
        linked = link_indicator(target.indicator, target.unit, target.direction, before)
        before = linked.code if linked else before
        number = measured(
            target.direction,
            target.min,
            target.max,
            target.unit,
            target.per,
            target.quote,
            target.indicator,
            indicators_by_code()[linked.code] if linked else None,
        )
        year = target.by[:4] if target.by else (period[1] if period else None)
        yield rows.TargetRow(
            **_item("target", plan, ordinal, target),
            indicator=target.indicator,
            direction=target.direction,
            min=target.min,
            max=target.max,
            unit=target.unit,
            per=target.per,
            by_when=target.by,
            indicator_code=linked.code if linked else None,
            qualifier=linked.qualifier if linked else None,
            measure=number.measure,
            value_low=number.low,
            value_high=number.high,
            value_unit=number.unit,
            year=int(year) if year is not None else None,
        )


def _implausible_date(plan: record.Plan, source: Source) -> Iterable[rows.IssueRow]:
    """An issue for a plan dated before 1990, or after it was fetched (a day is left for time zones)."""
    if plan.issued is None:
        return
    last = date.fromisoformat(source.fetched[:10]) + timedelta(days=1) if source.fetched else None
    if plan.issued >= _FIRST_DAY and (last is None or plan.issued <= last.isoformat()):
        return
    said = plan.evidence.issued
    when = "before 1990" if plan.issued < _FIRST_DAY else "after it was fetched"
    yield rows.IssueRow(
        id=digest("issue", source.key, "plan.date_implausible", plan.issued),
        stage="extract",
        place=source.place,
        fetch_id=source.fetch_id,
        post_id=source.post_id,
        attachment_id=source.attachment_id,
        code="plan.date_implausible",
        message=f"the plan is dated {plan.issued}, {when}",
        span_begin=said.span[0] if said else None,
        span_end=said.span[1] if said else None,
        quote=said.quote if said else None,
    )


def _item(kind: str, plan: str, ordinal: int, item: record.Evidence) -> _ItemColumns:
    return {"id": digest(kind, plan, *item.span, ordinal), "plan_id": plan, "ordinal": ordinal, **_evidence(item)}


def _evidence(item: record.Evidence) -> EvidenceValues:
    begin, end = item.span
    return {
        "span_begin": begin,
        "span_end": end,
        "quote": item.quote,
        "rule": item.rule,
        "confidence": item.confidence,
    }


def _province(name: str | None, day: str | None) -> tuple[str | None, str | None]:
    """Keys of the province a name denoted on a day, and of the one that holds its territory today.

    Without a day the first is null, unless the name denoted one territory at all times.
    """
    first = province_at(name, None) if name else None
    if name is None or first is None:
        return None, None
    try:
        at = date.fromisoformat((day or "")[:10])
    except ValueError:
        at = None
    if at is not None:
        here = province_at(name, at) or first
        return here.key, successor(here).key
    return (first.key if first == province_at(name, _FAR) else None), successor(first).key


def _issue(issue: record.Issue, text: str, source: Source) -> rows.IssueRow:
    begin, end = issue.span or (None, None)
    return rows.IssueRow(
        id=digest("issue", source.key, issue.code, issue.message, begin, end),
        stage="extract",
        place=source.place,
        fetch_id=source.fetch_id,
        post_id=source.post_id,
        attachment_id=source.attachment_id,
        code=issue.code,
        message=issue.message,
        span_begin=begin,
        span_end=end,
        quote=text[begin:end] if issue.span else None,
    )
