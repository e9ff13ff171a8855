"""Which of the times in a clause date a step of the plan, and where the step's own words begin."""

import re

from extract.components.deadlines import Deadline, milestone_rule, not_before, plan_year
from extract.layout import Sentence
from extract.reading import Reading

ONLY_LIMITS = ("objective", "requirement", "funding")
_TASKS = ("task", "organisation", "schedule")
_LABEL = re.compile(r"[^:;,.]{2,60}:\s+")
_OPENING = re.compile(
    r"(?:(?:theo đó|theo kế hoạch|ngoài ra|đồng thời|bên cạnh đó|cụ thể|trong đó|dự kiến|và|sau đó|riêng|sẽ|tiếp theo"
    r"|về (?:lộ trình|tiến độ|thời gian))\b\s*[,:]?\s*)+"
)
_PART = re.compile(r"(?:đợt|bước|giai đoạn|vòng|kỳ|lần)\s+(?:\d|[ivx]+\b|thứ)")
_LISTS = re.compile(r"\b(?:cụ thể|như sau|gồm|sau đây)\s*:\s*")
_PREPOSITION = re.compile(
    r"(?:trước|từ|đến|trong|vào|hết|chậm|muộn|xong|dự kiến|tháng|quý|bắt đầu|cuối|đầu|lúc|kết thúc|quí|\d)"
)
_NAMED_DAY = re.compile(r"\b(?:ngày|tháng hành động|tuần lễ|tết|lễ)\s[^;.()]{2,70}\(\s*$")
_ON_OCCASION = re.compile(r"\b(?:vào|đúng) (?:đúng )?dịp\b[^;.()]{2,90}\(\s*$")
_OCCASION = 110
_SCHEDULE = re.compile(r"(?:lộ trình|tiến độ)\b[^;.]{0,40}$")
_AIM = re.compile(r"(?:mục|chỉ) tiêu(?: [^\s,;:.]+){0,3}\W*$")
_LIMIT = re.compile(r"(?:xong |hoàn thành )?(?:trước|chậm nhất|muộn nhất)")
_TO_COME = re.compile(r"\b(?:sẽ|dự kiến|vào|lúc)\b[^;.]{0,40}$")
_HELD = re.compile(
    r"\b(?:khai mạc|bế mạc|diễn ra|tổ chức|phát động|tiến hành|ra quân|khởi công|khai trương|khánh thành|bắt đầu"
    r"|kết thúc|ra mắt|tựu trường|khai giảng|bế giảng)(?: [^\s;.:,]+){0,4}\s$"
)
_HANDED_IN = re.compile(r"\b(?:bàn giao|gửi|nộp|chuyển)\b[^.;:]{0,160} về [^.;:,]{2,60}$")
NEAR_START = 4


def _opens(folded: str, deadline: Deadline, begin: int) -> bool:
    return deadline.begin - after_opening(folded, begin, deadline.begin) <= NEAR_START


def after_opening(folded: str, begin: int, limit: int) -> int:
    """Past "Theo đó," and past labels such as "Tiến độ của kế hoạch: Năm 2017:"."""
    lists = [match.end() for match in _LISTS.finditer(folded, begin, limit)]
    at = lists[-1] if lists else begin
    while at < limit:
        while at < limit and folded[at] in " ,:*_\n-+":
            at += 1
        match = _OPENING.match(folded, at, limit) or _label(folded, at, limit)
        if match is None or match.end() == at:
            break
        at = match.end()
    return at


def _label(folded: str, at: int, limit: int) -> re.Match[str] | None:
    """A label that names no deed ("Tiến độ của kế hoạch:"); "Đợt 1:" and "Tổ chức tập huấn:" belong to the step."""
    label = _LABEL.match(folded, at, limit)
    if label is None or _PART.match(label.group()) or milestone_rule("act").search(label.group()):
        return None
    return label


def is_step(reading: Reading, sentence: Sentence, kind: str, begin: int, end: int, deadline: Deadline) -> bool:
    """Does a time of ``folded[begin:end]``, a clause in a section of ``kind``, date a step of the plan?"""
    folded = reading.folded
    before, after = folded[begin : deadline.begin], folded[deadline.end : end]
    opens = _opens(folded, deadline, begin)
    if deadline.precision == "range" and _is_years(folded, deadline):
        return _is_stretch_step(reading, deadline, after, opens=opens)
    if (
        not deadline.limit
        and re.search(r"\($", before.rstrip())
        and after.lstrip().startswith(")")
        and deadline.begin - begin > 3
        and _named_day(before)
    ):
        return False  # "… và Ngày Dân số Việt Nam (26/12)"
    earliest = not_before(reading)
    if earliest is not None and deadline.last is not None and deadline.last < earliest:
        return False
    if milestone_rule("past").search(before[-120:]) and not _PART.match(before):
        return False
    if milestone_rule("told").search(after):
        return False
    if not deadline.limit and milestone_rule("case").search(before[-120:]):
        return False
    if opens and not (deadline.limit and earliest) and milestone_rule("past").search(after[:90]):
        return False
    if _is_own_period(reading, sentence, before, after, deadline):
        return False
    if any(t.span[0] <= deadline.begin < t.span[1] for t in reading.targets) and not deadline.limit:
        return False
    if kind in ONLY_LIMITS and not (deadline.precision in ("day", "month", "quarter") and deadline.limit):
        return False
    deed = before + " " + folded[deadline.begin : deadline.begin + 9] + " " + after[:160]
    acts = bool(milestone_rule("act").search(deed) or _PART.search(before[-60:]))
    if reading.kind == "news" and deadline.precision == "year" and folded.startswith("từ nay", deadline.begin):
        return False
    if deadline.precision == "year":
        return acts and _is_year_step(reading, deadline, before, after, opens)
    lead = folded[deadline.begin : deadline.begin + 9]
    if reading.kind == "news":
        here = folded[deadline.end : min(run_in(reading, deadline, end), deadline.end + 120)]
        told = not (deadline.limit and earliest) and milestone_rule("past").search(here) is not None
        placed = _PREPOSITION.match(lead) is not None or _on_the_day(before, dated=bool(earliest))
        ordered = opens and earliest is not None and milestone_rule("act").match(after.lstrip()) is not None
        return acts and not told and (placed or ordered)
    return acts or deadline.limit or (kind in _TASKS and bool(_PREPOSITION.match(lead)))


def _named_day(before: str) -> bool:
    return bool(_NAMED_DAY.search(before)) and not _ON_OCCASION.search(before)


def _on_the_day(before: str, *, dated: bool) -> bool:
    """A day without a preposition is one of the plan's behind "sẽ", "dự kiến", "vào", or what is held or due on it."""
    upper = before[-_OCCASION:]
    if _TO_COME.search(upper) or _ON_OCCASION.search(upper):
        return True
    return dated and bool(_HELD.search(upper) or _HANDED_IN.search(before[-2 * _OCCASION :]))


def _is_years(folded: str, deadline: Deadline) -> bool:
    """A stretch of whole years outside brackets and cells is a period or a phase."""
    words = folded[deadline.begin : deadline.end]
    years = re.fullmatch(r"[^\d/]*\d{4}[^\d/]*(?:\d{4}[^\d/]*)?", words)
    return years is not None and "qu" not in words and deadline.last is not None


def _is_stretch_step(reading: Reading, deadline: Deadline, after: str, *, opens: bool) -> bool:
    """ "Năm 2023 - 2024: sửa chữa các công trình" is a step, a phase ("Giai đoạn …") or the plan's own years none."""
    lead = reading.folded[deadline.begin : deadline.end]
    if not opens or reading.kind == "news" or not lead.startswith(("năm", "từ năm", "trong")):
        return False
    years = (deadline.start.year, deadline.last.year) if deadline.start and deadline.last else None
    own = reading.plan is not None and years == reading.plan.period
    named = re.match(r"\s*[:,]\s*\S{2}", after) and milestone_rule("act").search(after[:60])
    return bool(named) and not own and not milestone_rule("goal").search(after[:120])


def _is_year_step(reading: Reading, deadline: Deadline, before: str, after: str, opens: bool) -> bool:
    if milestone_rule("goal").search(before[-120:] + " " + after[:120]):
        return False
    if deadline.start is not None and deadline.start.year == plan_year(reading):
        return False  # all of the plan falls in its year
    if opens:
        if deadline.limit and re.match(r"[^,;:]{0,80}\b(?:hoàn thành|xong)\b", after):
            return True
        if (
            reading.kind == "news"
            and not re.match(r"\s*:", after)
            and not milestone_rule("news_opening").search(after[:160])
            and not _SCHEDULE.search(before)
        ):
            return False
        named = (
            re.match(r"\s*[:,]\s*(?=\S{2})", after)
            or _SCHEDULE.search(before)
            or milestone_rule("news_opening").match(after.lstrip())
        )
        return bool(named) and len(after) > 20 and not re.match(r"\W*(?:19|20)\d\d", after)
    if reading.kind == "news" and not milestone_rule("news_step").search(before):
        return False
    lead = reading.folded[deadline.begin : deadline.end]
    words = before + re.sub(r"(?:năm\s+)?\d{4}.*$", "", lead)
    return bool(milestone_rule("year_step").search(words))


def _is_own_period(reading: Reading, sentence: Sentence, before: str, after: str, deadline: Deadline) -> bool:
    if _PART.search(before[-60:]) or _PART.match(after.lstrip(" :,")):
        return False
    if _AIM.search(before):
        return True  # "Chỉ tiêu đến ngày 31/12/2025: …"
    if deadline.limit and _LIMIT.match(reading.folded, deadline.begin):
        return False
    if milestone_rule("own_run").search(before) and (deadline.precision == "range" or "kéo dài" in before[-30:]):
        return True
    lead = before + reading.folded[deadline.begin : deadline.end]
    period = milestone_rule("own_period").search(before)
    if period or (milestone_rule("line").match(lead.lstrip()) and not milestone_rule("act").search(after)):
        label = deadline.begin - len(before) + (period.start() if period else 0)
        return not _below_task(reading, sentence, label)
    headings = reading.headings(sentence.block)
    if headings and reading.section_kind(sentence.block) == "schedule":
        heading = reading.folded[reading.blocks[headings[0]].content : reading.blocks[headings[0]].end]
        bare = not milestone_rule("act").search(before + " " + after)
        return bare and "thời gian" in heading
    return False


def _below_task(reading: Reading, sentence: Sentence, label: int) -> bool:
    """ "… cho 100 cán bộ. Thời gian hoàn thành: Quý II/2025": the time of the task in front of its label.

    In the same sentence only in an item of tasks: "1. Khám sàng lọc tại 10 xã; thời gian thực hiện: Quý II/2025".
    """
    block, kind = reading.blocks[sentence.block], reading.section_kind(sentence.block)
    if sentence.begin > block.content + 20 and kind != "schedule":
        return True
    item = reading.kind == "document" and block.marker != "none" and kind in _TASKS[:2]
    return (
        item
        and label > block.content + 8
        and milestone_rule("act").search(reading.folded, block.content, label) is not None
    )


def run_in(reading: Reading, deadline: Deadline, end: int) -> int:
    """In text whose lines ran together the next date with a capital begins something else."""
    match = re.search(r"\s(?:Ngày|Sáng|Chiều|Tối|Năm)\s\d", reading.text[deadline.end : end])
    return deadline.end + match.start() if match else end
