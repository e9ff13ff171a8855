"""Which of the times in a clause date a step of the plan, and where the step's own words begin."""

import re

from extract.components.deadlines import Deadline, milestone_rule, not_before
from extract.layout import Sentence
from extract.reading import Reading

ONLY_LIMITS = ("objective", "requirement", "funding")
_TASKS = ("task", "organisation", "schedule")
_LABEL = re.compile(r"[^:;,.]{2,60}:\s+")
_OPENING = re.compile(
    r"(?:(?:theo đó|theo kế hoạch|ngoài ra|đồng thời|bên cạnh đó|cụ thể|trong đó|dự kiến|và|sau đó|riêng|sẽ|tiếp theo)"
    r"\b\s*[,:]?\s*)+"
)
_PART = re.compile(r"(?:đợt|bước|giai đoạn|vòng|kỳ|lần)\s+(?:\d|[ivx]+\b|thứ)")
_LISTS = re.compile(r"\b(?:cụ thể|như sau|gồm|sau đây)\s*:\s*")
_PREPOSITION = re.compile(r"(?:trước|từ|đến|trong|vào|hết|chậm|muộn|xong|dự kiến|tháng|quý|bắt đầu|cuối|đầu|lúc|\d)")
_LONGEST_YEARS = 15
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
    if deadline.precision == "range" and (_is_years(folded, deadline) or _is_anniversary(deadline)):
        return False
    if (
        re.search(r"\($", before.rstrip())
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
    if milestone_rule("told").search(after) or (opens and milestone_rule("past").search(after[:90])):
        return False
    if _is_own_period(reading, sentence, before, after, deadline):
        return False
    if any(t.span[0] <= deadline.begin < t.span[1] for t in reading.targets) and not deadline.limit:
        return False
    if kind in ONLY_LIMITS and not (deadline.precision in ("day", "month", "quarter") and deadline.limit):
        return False
    acts = bool(milestone_rule("act").search(before + " " + after[:160]) or _PART.search(before[-60:]))
    if deadline.precision == "year":
        return acts and _is_year_step(reading, deadline, before, after, opens)
    lead = folded[deadline.begin : deadline.begin + 9]
    if reading.kind == "news":
        here = folded[deadline.end : min(run_in(reading, deadline, end), deadline.end + 120)]
        told = milestone_rule("past").search(here) is not None
        return acts and not told and bool(_PREPOSITION.match(lead))
    return acts or deadline.limit or (kind in _TASKS and bool(_PREPOSITION.match(lead)))


def _named_day(before: str) -> bool:
    return bool(re.search(r"\b(?:ngày|tháng hành động|tuần lễ|tết|lễ)\s[^,;.()]{2,70}\(\s*$", before))


def _is_anniversary(deadline: Deadline) -> bool:
    """ "(19/8/1945 - 19/8/2025)": from the day to its return."""
    return bool(deadline.start and deadline.last and deadline.last.year - deadline.start.year > _LONGEST_YEARS)


def _is_years(folded: str, deadline: Deadline) -> bool:
    """A stretch of whole years outside brackets and cells is a period or a phase."""
    return (
        bool(re.fullmatch(r"[^\d/]*\d{4}[^\d/]*(?:\d{4}[^\d/]*)?", folded[deadline.begin : deadline.end]))
        and deadline.last is not None
    )


def _is_year_step(reading: Reading, deadline: Deadline, before: str, after: str, opens: bool) -> bool:
    if milestone_rule("goal").search(before[-120:] + " " + after[:120]):
        return False
    if opens:
        if deadline.limit and re.match(r"[^,;:]{0,80}\b(?:hoàn thành|xong)\b", after):
            return True
        if (
            reading.kind == "news"
            and not re.match(r"\s*:", after)
            and not milestone_rule("news_opening").search(after[:160])
        ):
            return False
        named = re.match(r"\s*[:,]\s*(?=\S{2})", after)
        return bool(named) and len(after) > 20 and not re.match(r"\W*(?:19|20)\d\d", after)
    if reading.kind == "news" and not milestone_rule("news_step").search(before):
        return False
    lead = reading.folded[deadline.begin : deadline.end]
    words = before + re.sub(r"(?:năm\s+)?\d{4}.*$", "", lead)
    return bool(milestone_rule("year_step").search(words))


def _is_own_period(reading: Reading, sentence: Sentence, before: str, after: str, deadline: Deadline) -> bool:
    if _PART.search(before[-60:]) or _PART.match(after.lstrip(" :,")):
        return False
    lead = before + reading.folded[deadline.begin : deadline.end]
    if milestone_rule("own_period").search(before) or (
        milestone_rule("line").match(lead.lstrip()) and not milestone_rule("act").search(after)
    ):
        return not _below_task(reading, sentence)
    headings = reading.headings(sentence.block)
    if headings and reading.section_kind(sentence.block) == "schedule":
        heading = reading.folded[reading.blocks[headings[0]].content : reading.blocks[headings[0]].end]
        bare = not milestone_rule("act").search(before + " " + after)
        return bare and "thời gian" in heading
    return False


def _below_task(reading: Reading, sentence: Sentence) -> bool:
    """ "… cho 100 cán bộ. Thời gian hoàn thành: Quý II/2025": the time of the task in the same paragraph."""
    return (
        sentence.begin > reading.blocks[sentence.block].content + 20
        and reading.section_kind(sentence.block) != "schedule"
    )


def run_in(reading: Reading, deadline: Deadline, end: int) -> int:
    """In text whose lines ran together the next date with a capital begins something else."""
    match = re.search(r"\s(?:Ngày|Sáng|Chiều|Tối|Năm)\s\d", reading.text[deadline.end : end])
    return deadline.end + match.start() if match else end
