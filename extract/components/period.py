"""The plan's own period: "giai đoạn 2021 - 2025", "năm 2024", a school year; never a horizon ("đến năm 2030")."""

import re

from extract.components.dates import find_times
from extract.reading import Reading
from schema.record import Evidence, Kind

_Y = r"(?:19|20)\d\d"
_RANGE = re.compile(
    rf"(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học|từ năm|các năm|(?<!\d/)năm|trong|vụ(?:\s+\w+){{0,3}}"
    rf"|mùa (?:khô|mưa|đông|lũ|cưới|rét))\s+({_Y})\s*(?:-|&?ndash;|đến(?: hết)?(?: năm)?|/)\s*({_Y})(?!\d)"
)
_PHASE = re.compile(rf"giai đoạn\s+({_Y})\s*-\s*({_Y})(?!\d)")
_YEAR = re.compile(
    rf"(?<!đến )(?<!hết )(?<!trước )(?<!từ )(?<!so với )(?<!cuối )(?<!đầu )năm\s+({_Y})(?!\d|\s*[-/]\s*\d)"
)
_LOOKED_BACK = re.compile(
    rf"giám sát\s+(?:chuyên đề\s+)?[^;]*?(?:từ\s+năm|giai\s+đoạn)\s+{_Y}\s*(?:-|đến(?:\s+hết)?(?:\s+năm)?)\s*{_Y}"
)
_SUMMER = re.compile(rf"(?<!\w)hè\s+(?:xanh\s+)?({_Y})(?![\d/-])")
_VISION = re.compile(r"tầm nhìn|định hướng(?=\s+(?:đến|tới|năm|giai đoạn|\d))|theo chuẩn\s|áp dụng cho\s")
_DATED = re.compile(
    rf"(?:ngày\s+)?\d{{1,2}}(?:\s+tháng\s+\d{{1,2}}\s+năm\s+{_Y}|[/.-]\d{{1,2}}[/.-]{_Y})"
    rf"|tháng\s+\d{{1,2}}(?:/|\s+năm\s+){_Y}(?!\s*$)"  # at its end the title of a plan for one month
)
_TOLD = re.compile(
    r"(?:đợt cao điểm|cao điểm|chiến dịch|phong trào|kế hoạch|chương trình|cuộc vận động|cuộc thi|hội thi"
    r"|tháng hành động|liên hoan|đợt thi đua|thời gian)(?:[^.;]{0,70}?\s(?:thực hiện|triển khai"
    r"|diễn ra|kéo dài|bắt đầu|tổ chức|phát động"
    r"|tiến hành))?(?:[^.;]{0,50})?,?:?(?:\s+đợt 1)?\s+(?:được\s+)?từ\s+"
)
_APPROVES = re.compile(
    r"\sphê duyệt\s+(?:đề án|chương trình|chiến lược|quy hoạch|kế hoạch)(?=\s+[^\s\"“])(?!.*trên địa bàn)"
)
_NUMBERED_IN = re.compile(rf"\s+năm\s+{_Y}")
_RUNNING = re.compile(
    r"(?:^|[\n.]\s*)(?:kế hoạch|phong trào|chương trình|đợt|chiến dịch)(?:\s[^\s.;\d]+){0,26}?\s+năm(?:\s+học)?\s+"
    rf"({_Y})(?:\s*-\s*({_Y}))?(?:\s[^.;\d]{{0,60}})?\s(?:là|được)\s+"
    r"(?:tổ chức|chia|triển khai|thực hiện|xây dựng|phát động|một)"
)
_YEARS_AND = re.compile(rf"năm\s+({_Y})\s*(?:và|,)\s*(?:năm\s+)?({_Y})(?!\d)")
_BARE = re.compile(rf"(?<![\d/-])({_Y})\s*-\s*({_Y})$")  # "tuyển sinh vào lớp 10 trung học phổ thông 2018-2019"
_GLUED = re.compile(rf"(?:giai đoạn|nhiệm kỳ|năm học)\s+({_Y})({_Y})(?!\d)")
_FEAST = re.compile(r"(?:tết|lễ hội)\s+(?:[^\s,]+\s+){0,6}$")  # the year of a feast is not the plan's
_NAMED_YEAR = re.compile(rf"(?<!trong )(?<!đến )năm\s+(?:(?!năm)[^\s\d]+\s+){{1,15}}({_Y})(?![\d/-])")
_TERM = re.compile(rf"nhiệm kỳ\s+{_Y}\s*-\s*{_Y}")
_DURATION = re.compile(r"thời gian\s*(?:thực hiện|triển khai|thi đua|tổ chức)?\s*:?")

Found = tuple[tuple[int, int] | None, Evidence | None]


def read_period(reading: Reading, title: tuple[int, int] | None, kind: Kind) -> Found:
    """First and last year with the passage, (None, None) when the text states no period of the plan's own."""
    found = _in_title(reading, *title) if title is not None else (None, None)
    if found[0] is not None and found[0][0] < found[0][1]:
        return found
    told = _told_duration(reading, title, kind)
    if told[0] is not None and (found[0] is None or told[0][0] - 1 <= found[0][0] <= told[0][1] + 1):
        return told
    if found[0] is not None:
        return found
    if kind == "document" or title is None:
        found = _phases(reading)
        return found if found[0] is not None else _running(reading, title)
    found = _plan_year(reading, title)
    return found if found[0] is not None else _in_headline(reading)


def _running(reading: Reading, title: tuple[int, int] | None) -> Found:
    """A text without a title of the plan tells its year in passing: "Phong trào thi đua năm 2017 được tổ chức …"."""
    if title is not None:
        return None, None
    said = _RUNNING.search(reading.folded)
    if said is None:
        return None, None
    first, last = int(said[1]), int(said[2] or said[1])
    return (first, last), _evidence(reading, said.start(), said.end(), "period.running") if first <= last else None


def _in_headline(reading: Reading) -> Found:
    """The headline that names the plan, when the sentence that announces it gives no years."""
    for index, block in enumerate(reading.blocks[:3]):
        short = not reading.furniture[index] and block.end - block.content < 250
        if short and reading.folded.startswith("kế hoạch", block.content):
            return _in_title(reading, block.content, block.end)
    return None, None


def _told_duration(reading: Reading, title: tuple[int, int] | None, kind: Kind) -> Found:
    """ "Đợt cao điểm được thực hiện từ ngày 01/12/2022 đến ngày 28/02/2023", told where the plan is announced."""
    if title is None:
        return None, None
    first = reading.sentence_at(title[0])
    if first is None:
        return None, None
    at = reading.sentences.index(first)
    before = at if kind == "news" else 0  # a report's lead may tell the days above the sentence with the number
    for sentence in reading.sentences[at - min(before, 3) : at + (12 if kind == "news" else 8)]:
        stretch = reading.folded[sentence.begin : sentence.end]
        if kind == "document" and "như sau" not in stretch and "kế hoạch" not in stretch:
            continue
        lead = _TOLD.search(stretch)
        if lead is None:
            continue
        begin = sentence.begin + lead.end()
        times = find_times(reading.folded, max(sentence.begin, begin - 4), min(sentence.end, begin + 60))
        ranges = [
            t
            for t in find_times(reading.folded, sentence.begin, sentence.end)
            if t.precision == "range" and t.begin >= begin - 5
        ]
        ranged = next((t for t in times if t.precision == "range" and t.year_given and t.first and t.last), None)
        last = max((t.last.year for t in ranges if t.year_given and t.last), default=0)
        if (
            ranged is not None
            and ranged.first
            and ranged.last
            and re.match(r"(?:ngày|tháng|quý|\d)", reading.folded[begin:])
        ):
            return (ranged.first.year, max(last, ranged.last.year)), _evidence(
                reading, ranged.begin, ranged.end, "period.told"
            )
    return None, None


def _in_title(reading: Reading, begin: int, end: int) -> Found:
    stretch = reading.folded[begin:end]
    for other in reading.mentions:  # the years of other documents' numbers and dates are theirs
        if begin <= other.begin < end:
            stop = other.issued.end if other.issued is not None and other.issued.begin >= other.end else other.end
            named = _NUMBERED_IN.match(reading.folded, stop, end)  # "Kết luận 84-KL/TW năm 2024"
            stretch = _blank(stretch, other.begin - begin, (named.end() if named else stop) - begin)
            approves = _APPROVES.search(stretch, max(0, stop - begin))
            stretch = stretch[: approves.end()] if approves else stretch  # the years of what that document approves
    for match in (*_DATED.finditer(stretch), *_TERM.finditer(stretch), *_LOOKED_BACK.finditer(stretch)):
        stretch = _blank(stretch, *match.span())
    cut = _VISION.search(stretch)
    stretch = stretch[: cut.start()] if cut else stretch
    ranges = [m for p in (_RANGE, _YEARS_AND, _GLUED, _BARE) for m in p.finditer(stretch) if int(m[1]) <= int(m[2])]
    if ranges:
        years = [int(y) for m in ranges for y in m.groups()]
        last = ranges[-1]
        return (min(years), max(years)), _evidence(
            reading, begin + last.start(), begin + last.end(), "period.title.range"
        )
    single = next((m for p in (_YEAR, _NAMED_YEAR, _SUMMER) if (m := list(p.finditer(stretch)))), [])
    single = [match for match in single if not _FEAST.search(stretch[: match.start()])]
    if single:
        match = single[-1]
        year = int(match[1])
        return (year, year), _evidence(reading, begin + match.start(), begin + match.end(), "period.title.year")
    return None, None


def _phases(reading: Reading) -> Found:
    """Phases that follow each other, "(giai đoạn 2025 - 2030 và giai đoạn 2031 - 2035)", span the plan."""
    phases: list[tuple[int, int, int, int]] = []
    for match in _PHASE.finditer(reading.folded):
        one, two = int(match[1]), int(match[2])
        if one < two:
            phases.append((one, two, match.start(), match.end()))
    for one, two, begin, _ in phases:
        for three, four, at, end in phases:
            if three == two + 1 and (
                reading.kind == "news"
                or abs(at - begin) < 60
                or (_is_heading(reading, begin) and _is_heading(reading, at))
            ):
                return (one, four), _evidence(
                    reading, min(begin, at), min(begin, at) + 1 if at < begin else end, "period.phases"
                )
    return _duration(reading)


def _is_heading(reading: Reading, offset: int) -> bool:
    """Does the phase stand in a heading, or open a short line of its own?"""
    index = reading.block_at(offset)
    block = reading.blocks[index]
    return reading.heading[index] or (block.end - block.content < 80 and offset - block.content < 12)


def _duration(reading: Reading) -> Found:
    """ "Thời gian thực hiện: từ … đến …" under its heading or behind its colon."""
    for index, block in enumerate(reading.blocks):
        lead = _DURATION.match(reading.folded, block.content, block.end)
        in_section = reading.section_kind(index) == "schedule" and reading.section_of[index] >= 0
        if lead is None and not in_section:
            continue
        if block.end - block.content > 400:
            continue
        times = [t for t in find_times(reading.folded, block.content, block.end) if t.year_given and t.first and t.last]
        ranged = next((t for t in times if t.precision == "range"), None)
        if ranged is not None and ranged.first and ranged.last and lead is not None:
            return (ranged.first.year, ranged.last.year), _evidence(
                reading, ranged.begin, ranged.end, "period.duration"
            )
    return None, None


def _plan_year(reading: Reading, title: tuple[int, int] | None) -> Found:
    pattern = re.compile(rf"kế hoạch(?:\s+\S+){{0,8}}?\s+năm\s+({_Y})(?!\d|\s*[-/]\s*\d)")
    if title is None:
        return None, None
    sentence = reading.sentence_at(title[0])
    begin = max(0, title[0] - 60)
    numbered = next((m for m in reading.mentions if begin <= m.begin <= title[0] and title[0] - m.end < 16), None)
    begin = max(begin, numbered.end) if numbered else begin  # "Kế hoạch 163-KH/BTGDVTW năm 2025": when it was issued
    match = pattern.search(reading.folded, begin, min(len(reading.folded), (sentence.end if sentence else title[1])))
    if match is None or re.search(r"(?:đến|hết|trước|so với)\s+năm\s+\d{4}$", match.group()):
        return None, None
    if any(m.end <= match.start(1) <= m.end + len(" năm ") + 1 for m in reading.mentions):
        return None, None  # "Kế hoạch thực hiện Kết luận 84-KL/TW năm 2024"
    year = int(match[1])
    return (year, year), _evidence(reading, match.start(), match.end(), "period.plan_year")


def _blank(stretch: str, begin: int, end: int) -> str:
    return stretch[:begin] + "\0" * (end - begin) + stretch[end:]


def _evidence(reading: Reading, begin: int, end: int, rule: str) -> Evidence:
    return Evidence(quote=reading.text[begin:end], span=(begin, end), rule=rule, confidence=0.93)
