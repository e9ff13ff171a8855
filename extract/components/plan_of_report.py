"""The plan that a report tells of."""

import re
from bisect import bisect_right
from difflib import SequenceMatcher

from extract.components.announcements import Announcement, actor_before
from extract.components.bodies import Body, body_at, find_bodies
from extract.components.cited_documents import collect_documents, date_of, subject_issued_by
from extract.components.dates import TimeExpression, find_times
from extract.components.document_numbers import Mention
from extract.components.evidence import evidence_at, evidence_of
from extract.components.issuer_names import complete, issuer_name, without_chair
from extract.components.period import read_period
from extract.components.plan_province import is_central, report_province
from extract.components.roles import role_of
from extract.reading import Reading
from schema.record import Plan, PlanEvidence, Role

_NAME_REST = 40  # characters that a name may go on for behind a line's end
_BARE_DATE = re.compile(r"kế hoạch số:?\s*\d+,?\s*ngày\s+(?P<day>[\d/.-]+(?:\s?tháng \d+ năm \d{4})?)")
_ORDERS = re.compile(r"\s(?:yêu cầu|đặt mục tiêu|phấn đấu|giao|đề nghị|chỉ đạo)\s")
_WHOSE = re.compile(r"(?:yêu cầu|chỉ đạo|mục tiêu)(?: của|,? được)\s+")
_NOUN = re.compile(r"kế hoạch\s+(?=\w)")
_CUT_OFF = re.compile(r"(?:phê duyệt|ban hành|về việc|thực hiện|triển khai)$")
_TITLE_END = re.compile(
    r"\.(?=\s|$)|(?<!ndash);|\n|\s\((?:kế hoạch|kh)\s|\s(?:vừa|đã|mới)\s+(?:được|ban hành)(?=[\s,])"
    r"|,\s+(?:trong đó|theo đó|cụ thể|nêu rõ|yêu cầu)\s|\s(?:tải về|nêu rõ)(?=\s|$)"
    r"|\s(?:với\s+(?:các\s+)?(?:nội dung|mục tiêu|mục đích)|như sau|theo đó|nhằm\s+(?:phát huy"
    r"|nâng cao|mục))"
)

_CARRIED_OUT = re.compile(
    r",\s+(?:căn cứ|thực hiện|triển khai(?:\s+thực hiện)?)\s+(?:các\s+)?(?:nghị quyết|quyết định"
    r"|chỉ thị|công văn|công điện)"
)


def read_report(reading: Reading, said: Announcement) -> None:
    """Fill ``plan``, ``province`` and ``documents`` of a report from what it announces."""
    mention = said.mention
    sentence = reading.sentence_at(said.noun)
    begin, end = (sentence.begin, sentence.end) if sentence else (said.noun, said.title)
    named = body_at(reading.folded, said.actor, end, reading.text) if said.actor >= 0 else None
    body = named or (mention.body if mention else None) or actor_before(reading, begin, said.noun)
    body = body or _actor_broken_over(reading, begin) or _whose_order(reading, begin, said.noun)
    told = _news_title(reading, said, begin, end)  # with what the plan carries out, when that is named behind it
    title = _as_headlined(reading, _without_basis(reading, told))
    body = body or (_orders_behind(reading, title[1], end) if title else None)
    province, place = report_province(reading, body, begin)
    if body is not None and is_central(without_chair(reading.text[body.begin : body.end])):
        province, place = None, None
    reading.province = province.name if province else None
    reading.province_evidence = place
    titles = [told] if told else []
    headline = reading.blocks[0]
    titles.append((headline.content, headline.end))

    def role(other: Mention, earlier: list[Mention]) -> Role:
        return role_of(reading, other, earlier, 0, len(reading.text), titles)

    collect_documents(reading, mention, role, province)
    subject = next((d for d in reading.documents if d.role == "subject"), None)
    issuer = issuer_name(reading, body, province) if body else None
    if issuer is not None:
        issuer = complete(without_chair(issuer), province)
    elif subject is not None:
        issuer = subject.issuer
    subject_issued_by(reading, issuer)
    issued = date_of(reading, mention)
    bare = _BARE_DATE.match(reading.folded, said.noun) if said.rule.endswith("bare_number") else None
    if issued is None and bare:
        issued = next(iter(find_times(reading.folded, bare.start("day"), bare.end())), None)
    dated = issued or (_announced_on(reading, begin, said.noun) if mention is None else None)
    reading.plan = Plan(
        number=mention.number if mention else None,
        issued=dated.first.isoformat() if dated and dated.first else None,
        issuer=issuer,
        title_quote=reading.text[slice(*title)] if title else None,
        period=(period := read_period(reading, title, reading.kind))[0],
        evidence=PlanEvidence(
            number=evidence_of(reading, mention, None, mention.confidence if mention else 0.0),
            issued=evidence_of(reading, dated, None, 0.95),
            issuer=evidence_of(reading, body, "issuer.actor", 0.93),
            title_quote=evidence_at(reading, *title, said.rule, said.confidence) if title else None,
            period=period[1],
        ),
    )


def _whose_order(reading: Reading, begin: int, noun: int) -> Body | None:
    """ "Đó là yêu cầu của UBND tỉnh trong việc thực hiện Kế hoạch số …": who asks issued it."""
    said = _WHOSE.search(reading.folded, begin, noun)
    return body_at(reading.folded, said.end(), noun, reading.text) if said else None


def _actor_broken_over(reading: Reading, begin: int) -> Body | None:
    """A name whose first words stand on the line above the sentence: "Công đoàn Giáo dục Việt" / "Nam ban hành …"."""
    above = reading.folded.rfind("\n", 0, max(begin - 1, 0)) + 1
    bodies = find_bodies(reading.folded, above, min(begin + _NAME_REST, len(reading.folded)), reading.text)
    return next((body for body in bodies if body.begin < begin < body.end), None)


def _orders_behind(reading: Reading, begin: int, end: int) -> Body | None:
    """Who speaks under the plan: "Theo Kế hoạch số … về giảm nghèo, UBND tỉnh Gia Lai yêu cầu …"."""
    for comma in re.finditer(r",\s+(?=\w)", reading.folded[begin:end]):
        body = body_at(reading.folded, begin + comma.end(), end, reading.text)
        if body is not None and _ORDERS.match(reading.folded, body.end):
            return body
    return None


def _announced_on(reading: Reading, begin: int, noun: int) -> TimeExpression | None:
    lead = reading.folded[begin:noun]
    if "ban hành" not in lead and "ký" not in lead and "phê duyệt" not in lead:
        return None
    taken = {m.issued.begin for m in reading.mentions if m.issued is not None}
    times = find_times(reading.folded, begin, noun)
    return next((t for t in times if t.precision == "day" and t.year_given and t.begin not in taken), None)


def _without_basis(reading: Reading, told: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "giảm nghèo bền vững giai đoạn 2016 - 2020, triển khai Nghị quyết số 05-NQ/TU": the title ends at the comma."""
    basis = _CARRIED_OUT.search(reading.folded, *told) if told else None
    return (told[0], basis.start()) if told and basis and basis.start() - told[0] >= 12 else told


def _as_headlined(reading: Reading, title: tuple[int, int] | None) -> tuple[int, int] | None:
    """A title that the headline gives too, misprints aside, is taken from there."""
    if title is None:
        return None
    told = reading.folded[slice(*title)]
    for headline in reading.blocks[: min(4, reading.block_at(title[0]))]:
        noun = _NOUN.search(reading.folded, headline.content, headline.end)
        if noun is None:
            continue
        end = noun.end() + len(reading.folded[noun.end() : headline.end].rstrip(" .,;:*"))
        if abs(end - noun.end() - len(told)) <= 2 and _alike(reading.folded[noun.end() : end], told):
            return noun.end(), end
    return title


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.97


def _news_title(reading: Reading, said: Announcement, first: int, end: int) -> tuple[int, int] | None:
    """What the plan is about, behind its number: to the end of the sentence (which began at ``first``) or clause."""
    begin = said.title
    if said.title_end >= 0:
        return begin, said.title_end
    if said.rule.endswith("speaks"):
        return None
    if said.mention is not None and said.mention.begin < begin + 3:
        for after in (said.mention.issued, said.mention.body):
            if after is not None and begin <= after.begin < end:
                begin = after.end
    lead = re.match(
        r"[\s,)]*(?:(?:năm\s+\d{4}|tải về|kế hoạch|về\s+kế hoạch)\s+(?=\S+\s+\S))*(?:(?:về\s+việc|v/v|về)\s+)?",
        reading.folded[begin:end],
    )
    begin += lead.end() if lead else 0
    stop = _TITLE_END.search(reading.folded, begin, end)
    last = stop.start() if stop else end
    following = bisect_right(reading.sentence_begins, begin)
    if last == end and following < len(reading.sentences) and _CUT_OFF.search(reading.folded[begin:end].rstrip()):
        last = reading.sentences[
            following
        ].end  # "… về việc phê duyệt" with the name of what is approved on the next line
    opened = reading.folded.rfind('"', max(first, said.noun - 40), said.noun)
    if opened >= 0 and reading.folded.count('"', first, said.noun) % 2:  # “Kế hoạch …” is quoted whole
        closing = reading.folded.find('"', begin, last)
        last = closing if closing > 0 else last
    while last > begin and reading.text[last - 1] in " .,;:\n*":
        last -= 1
    return (begin, last) if last - begin >= 6 else None
