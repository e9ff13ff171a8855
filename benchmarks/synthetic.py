"""Synthetic plans as database rows, as many as wanted and the same each time: to measure the database and the site.

They have the shape of real ones (numbers by province and year, bases that are cited, copies, ten targets a plan whose
words lead to indicators), but no extraction is behind them: the spans point into a text that is made here.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schema import rows
from schema.crawl import Fetch
from schema.entities import digest, document_id, document_scope, document_type
from schema.record import Target
from schema.record_rows import EvidenceValues, issuer_id, issuer_row, target_rows
from schema.row import Row
from schema.vocabulary import province_at, provinces, successor
from schema.vocabulary.indicators import Indicator, indicators

TARGETS = 10
PORTAL = "synthetic"
_SEED = 2026
_NATIONAL = 300
_RULE = "synthetic"


@dataclass(frozen=True, slots=True)
class SyntheticPost:
    """One post: its fetch, its row, and the rows of what it tells."""

    fetch: Fetch
    post: rows.PostRow
    rows: list[Row]


def posts(count: int) -> Iterator[SyntheticPost]:
    """``count`` posts about as many plans."""
    chance = random.Random(_SEED)
    names = sorted({row.name for row in provinces()})
    told = indicators()
    national = [
        (f"{100 + at}/QĐ-TTg", date(2015 + at % 11, 1 + at % 12, 1 + at % 28).isoformat()) for at in range(_NATIONAL)
    ]
    for at in range(count):
        yield _post(at, chance, names[at % len(names)], told, national)


class _Text:
    """A text that grows by sentences; each gives its span."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, words: str) -> tuple[str, tuple[int, int]]:
        begin = self.length
        self.parts += [words, "\n"]
        self.length += len(words) + 1
        return words, (begin, begin + len(words))


def _evidence(said: tuple[str, tuple[int, int]]) -> EvidenceValues:
    quote, (begin, end) = said
    return {"span_begin": begin, "span_end": end, "quote": quote, "rule": _RULE, "confidence": 0.9}


def _post(
    at: int, chance: random.Random, province: str, told: tuple[Indicator, ...], national: list[tuple[str, str]]
) -> SyntheticPost:
    day = date(2016, 1, 4) + timedelta(days=chance.randrange(3900))
    theme = told[chance.randrange(len(told))]
    body = ("UBND tỉnh", "Sở Y tế tỉnh", "Sở Nội vụ tỉnh", "UBND huyện Mẫu, tỉnh")[min(3, chance.randrange(6))]
    issuer, symbol = f"{body} {province}", "KH-UBND" if "UBND" in body else "KH-S" + body[3:5].strip().upper()
    number = f"{1 + chance.randrange(900)}/{symbol}"
    title = f"thực hiện {theme.name.lower()} trên địa bàn {province} năm {day.year}"
    text = _Text()
    text.add(f"Kế hoạch {title}")
    key = digest("synthetic post", at)
    plan = digest("plan", key)
    here = province_at(province, day)
    found: list[Row] = [issuer_row(issuer)]
    for ordinal, (cited, issued) in enumerate(chance.sample(national, 3)):
        found += _citation(key, text, ordinal, cited, issued, "Thủ tướng Chính phủ")
    found.append(
        rows.PlanRow(
            id=plan,
            post_id=key,
            attachment_id=None,
            document_id=None,
            leads=1,
            number=number,
            issued=day.isoformat(),
            issuer=issuer,
            issuer_id=issuer_id(issuer),
            title=title,
            period_begin=day.year,
            period_end=day.year + chance.randrange(5),
            province=province,
            province_id=here.key if here else None,
            province_today_id=successor(here).key if here else None,
        )
    )
    for field, words in (("number", number), ("issuer", issuer), ("title", title)):
        found.append(
            rows.PlanEvidenceRow(
                id=digest("evidence", plan, field), plan_id=plan, field=field, **_evidence(text.add(words))
            )
        )
    found += _items(plan, text, chance, day, theme)
    targets = [_target(text, chance, told[chance.randrange(len(told))], day.year) for _ in range(TARGETS)]
    found += target_rows(plan, targets, (day.year, day.year))
    url = f"http://synthetic.invalid/{at}"
    fetch = Fetch(portal=PORTAL, url=url, kind="post", status=200, outcome="ok", fetched_at="2026-12-01T00:00:00Z")
    post = rows.PostRow(
        id=key,
        search_id=at + 1,
        fetch_id=fetch.id,
        portal_id=PORTAL,
        url=url,
        kind="document",
        title=f"Kế hoạch {title}",
        published=(day + timedelta(days=3)).isoformat(),
        views=None,
        author=None,
        source=None,
        text="".join(text.parts),
        program="synthetic",
        rules="synthetic",
    )
    return SyntheticPost(fetch, post, found)


def _citation(post: str, text: _Text, ordinal: int, number: str, issued: str, issuer: str) -> list[Row]:
    scope = document_scope(number, issuer, None)
    key = document_id(number, scope, issued)
    said = text.add(f"Căn cứ Quyết định số {number} ngày {issued} của {issuer}")
    document = rows.DocumentRow(
        id=key,
        number=number,
        issued=issued,
        issuer_id=issuer_id(issuer),
        type_symbol=document_type(number),
        province=None,
    )
    citation = rows.CitationRow(
        id=digest("citation", post, ordinal),
        post_id=post,
        attachment_id=None,
        document_id=key,
        ordinal=ordinal,
        role="basis",
        number=number,
        issued=issued,
        issuer=issuer,
        issuer_id=issuer_id(issuer),
        scope=scope,
        **_evidence(said),
    )
    return [issuer_row(issuer), document, citation]


def _items(plan: str, text: _Text, chance: random.Random, day: date, theme: Indicator) -> list[Row]:
    due = (day + timedelta(days=30 + chance.randrange(300))).isoformat()
    purpose = text.add(f"Nâng cao nhận thức của các cấp, các ngành về {theme.name.lower()}")
    orders = [
        text.add(f"Các sở, ban, ngành phải báo cáo kết quả về {theme.name.lower()} trước ngày {due}"),
        text.add("Việc triển khai phải bảo đảm thiết thực, hiệu quả, đúng tiến độ"),
    ]
    step = text.add(f"Hoàn thành sơ kết đợt {1 + chance.randrange(4)} trước ngày {due}")
    return [
        rows.PurposeRow(id=digest("purpose", plan, 0), plan_id=plan, ordinal=0, **_evidence(purpose)),
        *(
            rows.RequirementRow(
                id=digest("requirement", plan, ordinal),
                plan_id=plan,
                ordinal=ordinal,
                actors='["Các sở, ban, ngành"]',
                due=None if ordinal else due,
                **_evidence(said),
            )
            for ordinal, said in enumerate(orders)
        ),
        rows.MilestoneRow(
            id=digest("milestone", plan, 0), plan_id=plan, ordinal=0, start_date=None, end_date=due, **_evidence(step)
        ),
    ]


def _target(text: _Text, chance: random.Random, indicator: Indicator, year: int) -> Target:
    low = round(chance.uniform(1, 99), 1)
    words, unit = indicator.aliases[0].lstrip("^~").replace("…", "của tỉnh"), indicator.unit[0]
    by = str(year + chance.randrange(5))
    quote, span = text.add(f"{words} đạt từ {low} {unit} trở lên vào năm {by}")
    return Target(
        indicator=words,
        direction="reach",
        min=low,
        max=None,
        unit=unit,
        per=None,
        by=by,
        quote=quote,
        span=span,
        rule=_RULE,
        confidence=0.9,
    )
