"""The plan a post is about: kind of post, number, date, issuer, title, period, province, and the documents' roles."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from extract.components.bodies import Body, find_bodies
from extract.components.dates import TimeExpression, find_times
from extract.components.document_numbers import Mention
from extract.components.header import Header, read_header
from extract.components.issuer_names import complete, issuer_name, tidy
from extract.components.meta import read_meta
from extract.components.period import read_period
from extract.components.places import Place, find_provinces
from extract.components.roles import STRENGTH, preamble_end, role_of
from extract.layout import Sentence
from extract.patterns import Rule, load_rules
from extract.reading import Reading
from extract.text import fold
from schema.record import Document, Evidence, Kind, Plan, PlanEvidence
from schema.vocabulary import Province

_PLAN_SYMBOLS = ("kh", "khlt", "khln", "khph", "khđ")
_DECIDES_PLAN = re.compile(r"(?:ban hành|phê duyệt|về)\s+(?:\S+\s+){0,4}?kế hoạch(?!\s+(?:và|&|-)\s+đầu tư)")
_CHAIR = re.compile(
    r"^(?:(?:phó )?(?:chủ tịch|chánh văn phòng|giám đốc|bí thư|cục trưởng|trưởng ban|tổng giám đốc)|bộ trưởng(?= bộ)|thứ trưởng(?= bộ)|lãnh đạo)\s+",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(r"(?:về\s+việc|v/v|về|nhằm|để)\s+")
_BARE_DATE = re.compile(r"kế hoạch số:?\s*\d+,?\s*ngày\s+(?P<day>[\d/.-]+(?:\s?tháng \d+ năm \d{4})?)")
_IN_PAST = re.compile(r"(?:trong|từ đầu|qua|sau)\s+(?:năm|\d+ (?:tháng|năm)|thời gian qua|những năm|quý)")
_HERE_IS = re.compile(r"trên đây là\s+(?:nội dung\s+)?(?:bản\s+)?kế hoạch\s+(?:số\s+\S+\s+)?(?:về\s+(?:việc\s+)?)?(?=\w)")
_BRACKETED = re.compile(r"\(\s*(?:kế hoạch|kh)\s*(?:số\s*)?:?\s*(?=\d)")
_NATIONAL = re.compile(r"(?:việt nam|trung ương(?: đảng| đoàn)?|toàn quốc)$|^(?:chính phủ|quốc hội|bộ (?!chỉ huy|đội|tư lệnh))")
_MEETING = re.compile(r"(?:hội nghị|hội thảo|cuộc họp|lớp tập huấn|lễ phát động)")  # who holds one need not have issued it
_ARTICLE = re.compile(r"điều\s+\d")
_HERE = re.compile(r"địa\s+bàn\s+(?:toàn\s+)?$|của\s+$|toàn\s+$")
_VENUE = re.compile(r"(?:tại|ở|về|đến|từ|thăm|di tích(?: [^,.;]{0,16})?|atk|với|quê)\s+$")
_VISITED = re.compile(r"(?:thăm|di tích(?: [^,.;]{0,16})?|atk|quê)\s+$")
_TITLE_END = re.compile(r"\.(?=\s|$)|;|\n|\s\((?:kế hoạch|kh)\s|\s(?:vừa|đã|mới)\s+được\s|\s(?:với\s+(?:các\s+)?(?:nội dung|mục tiêu|mục đích)|như sau|theo đó|nhằm\s+(?:phát huy|nâng cao|mục))")


@dataclass(frozen=True, slots=True)
class _Announcement:
    """Where a news post says that there is a plan: ``begin`` of the noun, the mention when it has a number."""

    noun: int
    title: int
    mention: Mention | None
    rule: str
    confidence: float


def read_plan(reading: Reading) -> None:
    """Fill ``kind``, ``plan``, ``province``, ``documents`` and ``meta``."""
    reading.meta = read_meta(reading)
    header = read_header(reading)
    said = _announcement(reading) if header.type is None or header.type == "kế hoạch" else None
    reading.kind = _kind(reading, header, said)
    if reading.kind == "other":
        place = header.place or _place_written_from(reading)
        if header.number is not None and header.is_state:
            header.number.issued = header.number.issued or header.issued
        _collect(reading, None, lambda *_: "cited", place, header if header.is_state else None)
        return
    if reading.kind == "document":
        _read_document(reading, header)
    elif said is not None:
        _read_news(reading, said)


def _place_written_from(reading: Reading) -> Province | None:
    """The province a post about no plan is written from: "UBND tỉnh" means its. None when several are as likely."""
    counts: Counter[str] = Counter()
    found: dict[str, Province] = {}
    for index, block in enumerate(reading.blocks):
        for place in find_provinces(reading.text, reading.folded, block.content, block.end):
            counts[place.province.name] += 3 if index < 2 else 1
            found[place.province.name] = place.province
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return found[ranked[0][0]]


def _kind(reading: Reading, header: Header, said: _Announcement | None) -> Kind:
    if header.type == "kế hoạch":
        return "news" if said is not None and _is_quoted_plan(reading, header) else "document"
    if header.type in ("quyết định", "nghị quyết"):
        title = reading.folded[slice(*header.title)] if header.title else ""
        return "document" if _DECIDES_PLAN.search(title) else "other"
    if header.type is not None and (header.is_state or header.number):
        return "other"
    if header.attached_to is not None and (
        header.attached_to_plan or _is_appendix_of_tasks(reading) or _is_stretch_of_plan(reading)
    ):
        return "document"
    if said is None or said.mention is None or said.rule == "plan.announced.in_numbered":
        if _is_stretch_of_plan(reading):
            return "document"
    return "news" if said is not None else "other"


_SECTIONS_OF_PLANS = {"objective", "task", "organisation", "schedule", "purpose", "requirement", "funding"}
_IN_THE_MIDDLE = re.compile(r"(?:[2-9]|[1-9]\d)(?!\d*\.0)|[1-9]\.[2-9]|ii|iii|iv|vi{0,3}|[b-hđ]$|II|III|IV|VI{0,3}")
_TOLD_BY_SITE = re.compile(r"(?:câu hỏi|hỏi:|trả lời:|tải về|xem chi tiết|bài viết|thưa luật sư)")
_TASK_TABLE = re.compile(r"(?:cơ quan|đơn vị|bộ phận)(?:, đơn vị)?\s+(?:chủ trì|phối hợp|thực hiện)|(?:thời gian|tiến độ|thời hạn)(?:\s+dự kiến)?\s+(?:hoàn\s+thành|thực\s+hiện)")


def _is_stretch_of_plan(reading: Reading) -> bool:
    """No head, no report: numbered items under headings as plans have them, or the closing part of "Kế hoạch này"."""
    blocks = [i for i in range(len(reading.blocks)) if not reading.furniture[i]]
    if len(blocks) < 4 or any(_ARTICLE.match(reading.folded, reading.blocks[i].begin) for i in blocks):
        return False
    first = next((reading.blocks[i] for i in blocks[:3] if reading.blocks[i].marker != "none"), reading.blocks[blocks[0]])
    opens_inside = first.marker != "none" or first.row >= 0 or reading.heading[blocks[0]]
    if first is not reading.blocks[blocks[0]]:  # a line or two above the first item: "(Tiếp theo) Phần mục tiêu"
        opens_inside = opens_inside and reading.blocks[blocks[0]].end - reading.blocks[blocks[0]].begin < 120
    if not opens_inside:
        return False
    marked = sum(reading.blocks[i].marker != "none" or reading.blocks[i].row >= 0 for i in blocks)
    if first.marker != "none" and marked >= 0.3 * len(blocks) and "kế hoạch này" in reading.folded:
        return True
    if _IN_THE_MIDDLE.match(first.label) and first.marker in ("number", "decimal", "roman", "paren") and len(blocks) >= 4:
        return marked >= 0.3 * len(blocks) and not _TOLD_BY_SITE.search(reading.folded)
    kinds = {reading.section_kind(i) for i in blocks} & _SECTIONS_OF_PLANS
    return len(blocks) >= 8 and marked >= 0.6 * len(blocks) and len(kinds) >= 1


def _is_appendix_of_tasks(reading: Reading) -> bool:
    """An appendix that shares out tasks, attached to the decision or plan its head names."""
    begins = reading.folded[: reading.blocks[0].end].strip(" *|\n") if reading.blocks else ""
    return begins.startswith(("phụ lục", "danh mục", "biểu")) and len(_TASK_TABLE.findall(reading.folded)) >= 2


# --- a post that reports a plan -------------------------------------------------------------------------------------


def _announcement(reading: Reading) -> _Announcement | None:
    if reading.gated and "kế hoạch" not in reading.folded:
        return None
    found: list[tuple[float, int, _Announcement]] = []
    told_other = False
    for number, sentence in enumerate(reading.sentences):
        if reading.furniture[sentence.block]:
            continue
        stretch = reading.folded[sentence.begin : sentence.end]
        if "kế hoạch" in stretch:
            for rule in _announcing_rules():
                for match in rule.regex.finditer(stretch):
                    said = _said(reading, sentence, number, rule, match)
                    if said is None or (told_other and number > 2):
                        continue
                    weight = said.confidence + (0.5 if said.mention else 0.0) + (0.2 if sentence.begin < 800 else 0.0)
                    weight += 0.1 if _actor(reading, sentence.begin, said.noun) else 0.0  # who issued it beats a headline
                    found.append((weight, -sentence.begin, said))
        told_other = told_other or (not found and number < 4 and _plan_rule("other").search(stretch) is not None)
    return max(found, key=lambda item: item[:2])[2] if found else None


@cache
def _announcing_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("plan") if rule.id.startswith("plan.announced"))


@cache
def _plan_rule(value: str) -> re.Pattern[str]:
    return next(rule.regex for rule in load_rules("plan") if rule.value == value)


def _said(
    reading: Reading, sentence: Sentence, number: int, rule: Rule, match: re.Match[str]
) -> _Announcement | None:
    """What one match of an announcing rule says; None when it is no plan after all."""
    stretch = match.string
    noun = sentence.begin + stretch.index("kế hoạch", match.start())
    at = sentence.begin + match.end()
    if rule.value == "decision":
        mention = next((m for m in reading.mentions if m.begin == sentence.begin + match.start("n")), None)
        if mention is None or _plan_rule("basis").match(stretch):
            return None
        noun = sentence.begin + stretch.index("kế hoạch", match.end("n"))
        return _Announcement(noun, noun + len("kế hoạch"), mention, rule.id, rule.confidence)
    mention = next((m for m in reading.mentions if 0 <= m.begin - at <= 3), None)
    if number > 4 and _IN_PAST.match(stretch):
        return None  # what an office did over the year is a result
    if rule.id.endswith("under_numbered") and number > 2:
        return None
    if rule.value == "speaks" or rule.id.endswith(("passive", "bare_number")):
        capital = reading.text[noun] == "K" or "kế hoạch này" in match.group()
        if not (capital or rule.id.endswith("bare_number")) or _plan_rule("not").search(stretch, max(0, match.start() - 10), match.end()):
            return None
        title = sentence.begin + match.end() if rule.id.endswith("bare_number") else noun + len("kế hoạch")
        return _Announcement(noun, title, None, rule.id, rule.confidence)
    if rule.id.endswith("numbered"):
        if mention is None or mention.symbol not in _PLAN_SYMBOLS:
            return None
        if _plan_rule("basis").match(stretch) and match.group().startswith(("thực hiện", "triển khai", "báo cáo", "có", "lập")):
            return None
    else:
        if _plan_rule("not").search(stretch, max(0, match.start() - 10), match.end()):
            return None
        written = reading.text[noun]
        early = number < 8 or sentence.begin < 0.25 * len(reading.text)
        if not (written == "K" and "ban hành" in match.group()) and not early:
            return None
        if written != "K" and not (number < 4 and _tells_title(stretch, match.end())):
            return None
    if mention is None:
        bracketed = _BRACKETED.search(reading.folded, noun, sentence.end)
        inside = bracketed and next((m for m in reading.mentions if m.begin == bracketed.end()), None)
        if inside:
            return _Announcement(noun, noun + len("kế hoạch"), inside, rule.id, rule.confidence)
    return _Announcement(noun, mention.end if mention else noun + len("kế hoạch"), mention, rule.id, rule.confidence)


def _tells_title(stretch: str, at: int) -> bool:
    """A plan in small letters is one plan, not planning in general, when its year or place follows."""
    return bool(re.search(r"năm\s+(?:19|20)\d\d|giai đoạn|đến năm|\d/kh", stretch[at : at + 140]))


def _read_news(reading: Reading, said: _Announcement) -> None:
    mention = said.mention
    sentence = reading.sentence_at(said.noun)
    begin, end = (sentence.begin, sentence.end) if sentence else (said.noun, said.title)
    body = (mention.body if mention else None) or _actor(reading, begin, said.noun)
    title = _news_title(reading, said, end)
    province, place = _news_province(reading, body, begin)
    reading.province = province.name if province else None
    reading.province_evidence = place
    titles = [title] if title else []
    headline = reading.blocks[0]
    titles.append((headline.content, headline.end))

    def role(other: Mention, earlier: list[Mention]) -> str:
        return role_of(reading, other, earlier, 0, len(reading.text), titles)

    _collect(reading, mention, role, province)
    subject = next((d for d in reading.documents if d.role == "subject"), None)
    issuer = issuer_name(reading, body, province) if body else None
    if issuer is not None:
        issuer = complete(_CHAIR.sub("", issuer), province)
    elif subject is not None:
        issuer = subject.issuer
    issued = _issued(reading, mention)
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
            number=mention and _evidence(reading, mention.begin, mention.end, mention.rule, mention.confidence),
            issued=dated and _evidence(reading, dated.begin, dated.end, dated.rule, 0.95),
            issuer=body and _evidence(reading, body.begin, body.end, "issuer.actor", 0.93),
            title_quote=title and _evidence(reading, *title, said.rule, said.confidence),
            period=period[1],
        ),
    )


def _actor(reading: Reading, begin: int, noun: int) -> Body | None:
    bodies = find_bodies(reading.folded, begin, noun, reading.text)
    if bodies and _MEETING.search(reading.folded, bodies[-1].end, noun):
        return None
    bodies = [body for body in bodies if not re.search(r"(?:của|tại|cùng|với|cho|gửi)\s+$", reading.folded[max(begin, body.begin - 8) : body.begin])]
    return bodies[-1] if bodies else None


def _announced_on(reading: Reading, begin: int, noun: int) -> TimeExpression | None:
    lead = reading.folded[begin:noun]
    if "ban hành" not in lead and "ký" not in lead and "phê duyệt" not in lead:
        return None
    return next((t for t in find_times(reading.folded, begin, noun) if t.precision == "day" and t.year_given), None)


def _news_title(reading: Reading, said: _Announcement, end: int) -> tuple[int, int] | None:
    begin = said.title
    if said.rule.endswith("speaks"):
        return None
    if said.mention is not None and said.mention.begin < begin + 3:
        for after in (said.mention.issued, said.mention.body):
            if after is not None and begin <= after.begin < end:
                begin = after.end
    lead = re.match(r"[\s,)]*(?:(?:năm\s+\d{4}|tải về|kế hoạch)\s+(?=\S+\s+\S))*(?:(?:về\s+việc|v/v|về)\s+)?", reading.folded[begin:end])
    begin += lead.end() if lead else 0
    stop = _TITLE_END.search(reading.folded, begin, end)
    last = stop.start() if stop else end
    if reading.folded[said.noun - 1 : said.noun] == '"':  # “Kế hoạch …” is quoted whole
        closing = reading.folded.find('"', begin, last)
        last = closing if closing > 0 else last
    while last > begin and reading.text[last - 1] in " .,;:\n*":
        last -= 1
    return (begin, last) if last - begin >= 6 else None


def _news_province(reading: Reading, body: Body | None, begin: int) -> tuple[Province | None, Evidence | None]:
    """The province of the issuer's name; else the one named beside the plan; else the one the post speaks of most."""
    if body is not None:
        named = [place for place in find_provinces(reading.text, reading.folded, body.begin, body.end + 1) if not _is_town(reading, place)]
        if named:
            return named[-1].province, _evidence(reading, named[-1].begin, named[-1].end, "province.issuer", 0.97)
        if body.issuer is not None and body.issuer.level == "central":
            return None, None
    sentence = reading.sentence_at(begin)
    reach = 6 if body is not None else 2  # without an issuer only what stands beside the plan says where it holds
    stretches = [(sentence.begin, sentence.end)] if sentence else []
    stretches += [(b.content, min(b.end, b.content + 600)) for i, b in enumerate(reading.blocks[:reach]) if not reading.furniture[i]]
    for first, last in stretches:
        here = [p for p in _places(reading, first, last, _VENUE) if _says_where(reading, p)]
        if here and (body is not None or len({place.province.name for place in here}) == 1):
            return here[0].province, _evidence(reading, here[0].begin, here[0].end, "province.named", 0.85)
    everywhere = [p for i, b in enumerate(reading.blocks) if not reading.furniture[i] for p in _places(reading, b.content, b.end, _VISITED)]
    weights: Counter[str] = Counter()
    for place in everywhere:
        weights[place.province.name] += 2 if _says_where(reading, place) else 1
    if "Hà Nội" in weights:
        weights["Hà Nội"] += 2 * len(re.findall(r"thủ đô", reading.folded))
    ranked = weights.most_common(2)
    if not ranked or (body is None and len(ranked) > 1):
        return None, None
    chosen = next(place for place in everywhere if place.province.name == ranked[0][0])
    return chosen.province, _evidence(reading, chosen.begin, chosen.end, "province.frequent", 0.7)


def _places(reading: Reading, begin: int, end: int, elsewhere: re.Pattern[str]) -> list[Place]:
    """Provinces named in a stretch, but for those named as being elsewhere ("thăm khu di tích … Thái Nguyên")."""
    found = find_provinces(reading.text, reading.folded, begin, end)
    return [
        place
        for place in found
        if not elsewhere.search(reading.folded[max(0, place.begin - 24) : place.begin]) and not _is_town(reading, place)
    ]


def _is_town(reading: Reading, place: Place) -> bool:
    """Until 2025 the city of Huế was a town of the province Thừa Thiên Huế."""
    written = reading.folded[place.begin : place.end]
    return place.province.name == "Huế" and "thừa" not in written and _latest_year(reading) < 2025


def _says_where(reading: Reading, place: Place) -> bool:
    return bool(place.prefix or _HERE.search(reading.folded[max(0, place.begin - 20) : place.begin]))


def _latest_year(reading: Reading) -> int:
    return max((int(year) for year in re.findall(r"(?<!\d)20[0-4]\d(?!\d)", reading.folded)), default=9999)


# --- the plan itself ------------------------------------------------------------------------------------------------


def _read_document(reading: Reading, header: Header) -> None:
    subject = header.attached_to if header.attached_to is not None else header.number
    own = header.number if header.number is not None and header.type else None
    if own is not None and (own.symbol in _PLAN_SYMBOLS or header.type == "quyết định" or header.attached_to is None):
        subject = own
    province, place = _document_province(reading, header, subject)
    reading.province = province.name if province else None
    reading.province_evidence = place
    end = preamble_end(reading, header) if header.type is not None else 0
    titles = [header.title] if header.title else []
    announced = _announced_title(reading, header, end)
    if announced is not None:
        titles.append(announced)

    def role(other: Mention, earlier: list[Mention]) -> str:
        return role_of(reading, other, earlier, 0, end, titles)

    _collect(reading, subject, role, province, header if subject is header.number else None)
    issuer, issuer_at, issuer_rule = _document_issuer(reading, header, subject, province, announced)
    issued = _issued(reading, subject)
    if subject is not None and subject is header.number and header.issued is not None:
        issued = header.issued
    if subject is None and header.number_left_blank:
        issued = header.issued
    title = _plan_title(reading, header)
    if title is None and announced is None and (closing := _closing(reading)) is not None:
        announced = closing[0] if closing[0][1] - closing[0][0] > 8 else None
    period, period_at = read_period(reading, title or announced, reading.kind)
    shown = header.title if title is None else title
    reading.plan = Plan(
        number=subject.number if subject else None,
        issued=issued.first.isoformat() if issued and issued.first else None,
        issuer=issuer,
        title_quote=reading.text[slice(*title)] if title else (reading.text[slice(*announced)] if announced else None),
        period=period,
        evidence=PlanEvidence(
            number=subject and _evidence(reading, subject.begin, subject.end, subject.rule, subject.confidence),
            issued=issued and _evidence(reading, issued.begin, issued.end, issued.rule, 0.97),
            issuer=_evidence(reading, *issuer_at, issuer_rule, 0.96) if issuer_at else None,
            title_quote=_evidence(reading, *(shown or announced), "plan.title", 0.95) if (shown or announced) else None,
            period=period_at,
        ),
    )


def _plan_title(reading: Reading, header: Header) -> tuple[int, int] | None:
    """The title below KẾ HOẠCH; of a decision, what follows "kế hoạch" in its own title."""
    if header.title is None or header.type == "kế hoạch":
        return header.title
    begin, end = header.title
    at = reading.folded.find("kế hoạch", begin, end)
    if at < 0:
        return header.title
    at += len("kế hoạch")
    while at < end and not reading.folded[at].isalnum():
        at += 1
    return (at, end) if at < end else header.title


def _announced_title(reading: Reading, header: Header, end: int) -> tuple[int, int] | None:
    """ "UBND tỉnh ban hành Kế hoạch thực hiện … như sau:" in the preamble."""
    pattern = re.compile(r"(?:ban hành|xây dựng|đề ra|triển khai)\s+(?:bản\s+)?kế hoạch(?!\s*(?:số|này|\d))\s*")
    first = reading.blocks[header.end_block].begin if header.end_block < len(reading.blocks) else 0
    last = None
    for match in pattern.finditer(reading.folded, first, end):
        last = match
    if last is None or header.type == "quyết định":
        return None
    sentence = reading.sentence_at(last.start())
    stop = re.compile(r",?\s*(?:với\s+(?:các\s+|những\s+)?nội dung|cụ thể\s+như sau|như sau|cụ thể)|[.;\n]").search(
        reading.folded, last.end(), sentence.end if sentence else end
    )
    finish = stop.start() if stop else (sentence.end if sentence else end)
    while finish > last.end() and reading.text[finish - 1] in " ,:;.*":
        finish -= 1
    return (last.end(), finish) if finish - last.end() > 8 else None


def _document_issuer(
    reading: Reading, header: Header, subject: Mention | None, province: Province | None, announced: tuple[int, int] | None
) -> tuple[str | None, tuple[int, int] | None, str]:
    if header.issuer and header.issuer_span and (subject is header.number):
        return complete(_CHAIR.sub("", header.issuer), province), header.issuer_span, "issuer.header"
    if subject is not None and subject.body is not None:
        name = issuer_name(reading, subject.body, province)
        return complete(_CHAIR.sub("", name), province), (subject.body.begin, subject.body.end), "issuer.of"
    if header.issuer and header.issuer_span:
        return complete(_CHAIR.sub("", header.issuer), province), header.issuer_span, "issuer.header"
    if announced is not None:
        sentence = reading.sentence_at(announced[0])
        body = _actor(reading, sentence.begin if sentence else announced[0], announced[0])
        if body is not None:
            name = complete(_CHAIR.sub("", issuer_name(reading, body, province)), province)
            return name, (body.begin, body.end), "issuer.announces"
    closing = _closing(reading)
    if closing is not None and closing[1] is not None:
        name = complete(_CHAIR.sub("", issuer_name(reading, closing[1], province)), province)
        return name, (closing[1].begin, closing[1].end), "issuer.closing"
    return None, None, ""


def _closing(reading: Reading) -> tuple[tuple[int, int], Body | None] | None:
    """ "Trên đây là Kế hoạch … năm 2025 của UBND thành phố …, đề nghị …" at a plan's end: its title and issuer."""
    match = _HERE_IS.search(reading.folded)
    sentence = reading.sentence_at(match.start()) if match else None
    if match is None or sentence is None:
        return None
    stop = re.compile(r"[,;.]\s|\s(?:đề nghị|yêu cầu|như sau)|\./").search(reading.folded, match.end(), sentence.end)
    end = stop.start() if stop else sentence.end
    bodies = [b for b in find_bodies(reading.folded, match.end(), end, reading.text) if reading.folded[: b.begin].endswith("của ")]
    body = bodies[-1] if bodies else None
    return (match.end(), body.begin - len(" của ") if body else end), body


def _document_province(reading: Reading, header: Header, subject: Mention | None) -> tuple[Province | None, Evidence | None]:
    """The province by the surest sign there is: issuer, place line, title, attachment line, "trên địa bàn tỉnh …"."""
    if header.issuer_span is not None:
        begin, end = header.issuer_span
        for place in find_provinces(_titled(reading, begin, end), reading.folded[begin:end], 0, end - begin):
            return place.province, _evidence(reading, begin + place.begin, begin + place.end, "province.issuer", 0.98)
    if header.issuer is not None and _is_central(header.issuer):
        return None, None  # a national body's plan, wherever it was signed
    if header.place is not None and header.issued is not None:
        begin = reading.blocks[reading.block_at(header.issued.begin)].content
        return header.place, _evidence(reading, begin, header.issued.end, "province.place_line", 0.97)
    stretches: list[tuple[int, int]] = []
    if header.title is not None:
        stretches.append(header.title)
    if header.attached_to is not None:
        block = reading.blocks[reading.block_at(header.attached_to.begin)]
        stretches.append((block.content, block.end))
    for begin, end in stretches:
        for place in find_provinces(_titled(reading, begin, end), reading.folded[begin:end], 0, end - begin):
            return place.province, _evidence(reading, begin + place.begin, begin + place.end, "province.title", 0.95)
    counts: dict[str, list[tuple[int, int]]] = {}
    found: dict[str, Province] = {}
    for index, block in enumerate(reading.blocks):
        if reading.furniture[index]:
            continue
        for place in find_provinces(reading.text, reading.folded, block.content, block.end):
            weight = 3 if place.prefix else 1
            counts.setdefault(place.province.name, []).extend([(place.begin, place.end)] * weight)
            found[place.province.name] = place.province
    if not counts:
        return None, None
    most = max(counts, key=lambda name: len(counts[name]))
    begin, end = counts[most][0]
    return found[most], _evidence(reading, begin, end, "province.frequent", 0.8)


def _is_quoted_plan(reading: Reading, header: Header) -> bool:
    """An article that quotes a plan at length: it names the plan's number before the plan begins, which has no head."""
    if header.is_state or header.number is not None or header.type_block < 2:
        return False
    begin = reading.blocks[header.type_block].begin
    return any(mention.begin < begin and mention.symbol in _PLAN_SYMBOLS for mention in reading.mentions)


def _is_central(name: str) -> bool:
    folded = fold(name)
    bodies = find_bodies(folded, 0, len(folded))
    issuer = bodies[0].issuer if bodies else None
    return (issuer is not None and issuer.level == "central") or bool(_NATIONAL.search(folded))


def _titled(reading: Reading, begin: int, end: int) -> str:
    stretch = reading.text[begin:end]
    titled = stretch.title()
    return titled if stretch.isupper() and len(titled) == len(stretch) else stretch


# --- documents ------------------------------------------------------------------------------------------------------


def _collect(reading: Reading, subject: Mention | None, role, province: Province | None, header: Header | None = None) -> None:  # type: ignore[no-untyped-def]
    """One document per number: the date and body of the first mention that has them, the strongest role of all."""
    groups: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        groups.setdefault(mention.key, []).append(mention)
    for key, mentions in groups.items():
        dated = next((m for m in mentions if m.issued is not None), None)
        named = next((m for m in mentions if m.body is not None), None)
        best = dated or named or mentions[0]
        issued = dated.issued if dated else None
        if subject is not None and key == subject.key:
            kind = "subject"
            if header is not None and header.issued is not None:
                issued = header.issued
        else:
            kinds = [role(m, [o for o in reading.mentions if o.begin < m.begin]) for m in mentions]
            kind = max(kinds, key=lambda k: STRENGTH[k])
        issuer = issuer_name(reading, named.body, province) if named and named.body else None
        own = header is not None and (kind == "subject" or (header.number is not None and header.number.key == key))
        if own and header is not None and header.issuer and (issuer is None or kind == "subject"):
            issuer = complete(_CHAIR.sub("", header.issuer), province)
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


def _issued(reading: Reading, mention: Mention | None) -> TimeExpression | None:
    if mention is None:
        return None
    same = [m for m in reading.mentions if m.key == mention.key and m.issued is not None]
    return same[0].issued if same else None


def _evidence(reading: Reading, begin: int, end: int, rule: str, confidence: float) -> Evidence:
    return Evidence(quote=reading.text[begin:end], span=(begin, end), rule=rule, confidence=confidence)
