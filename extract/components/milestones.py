"""Milestones (*tiến độ*): dated steps of the plan.

A step is an action with the time by or in which it is to be done: a table row with its time cell, a task with the
line "Thời gian: …" below it, a task that ends in a time in brackets, or a clause of a sentence.
"""

import re

from extract.components.deadlines import Deadline, find_deadlines, milestone_rule, not_before
from extract.components.items import told_once
from extract.components.milestone_rows import is_time, read_lines, read_rows
from extract.layout import Sentence
from extract.reading import Reading
from schema.record import Milestone

_NEVER = ("purpose", "purpose_requirement", "basis", "result", "recipients")
_ONLY_LIMITS = ("objective", "requirement", "funding")
_TASKS = ("task", "organisation", "schedule")
_BRACKET = re.compile(r"\(([^()]{4,60})\)\s*[.;,]?\s*$")
_LABEL = re.compile(r"[^:;,.]{2,60}:\s+")
_OPENING = re.compile(
    r"(?:(?:theo đó|theo kế hoạch|ngoài ra|đồng thời|bên cạnh đó|cụ thể|trong đó|dự kiến|và|sau đó|riêng|sẽ|tiếp theo)"
    r"\b\s*[,:]?\s*)+"
)
_PART = re.compile(r"(?:đợt|bước|giai đoạn|vòng|kỳ|lần)\s+(?:\d|[ivx]+\b|thứ)")
_JOINT = re.compile(r"\s*(?:(?:,|;|\bvà|\bđồng thời|\bsau đó)\s+|\()")
_LISTS = re.compile(r"\b(?:cụ thể|như sau|gồm|sau đây)\s*:\s*")
_WORD = re.compile(r"[a-zđà-ỹ]{2,}")
_PREPOSITION = re.compile(r"(?:trước|từ|đến|trong|vào|hết|chậm|muộn|xong|dự kiến|tháng|quý|bắt đầu|cuối|đầu|lúc|\d)")
_LONGEST_YEARS = 15
_LONGEST_STEP = 600
_NEAR_START = 4


def read_milestones(reading: Reading) -> None:
    """Fill ``milestones``; a post about no plan has none."""
    if reading.kind == "other":
        return
    rows = read_rows(reading)
    lines = read_lines(reading)
    for dated in (*rows, *lines):
        _add(reading, dated.begin, dated.end, dated.deadline, dated.rule, 0.9)
    taken = {(dated.deadline.begin, dated.deadline.end) for dated in (*rows, *lines)}
    for number, sentence in enumerate(reading.sentences):
        block = reading.blocks[sentence.block]
        skipped = reading.furniture[sentence.block] or reading.heading[sentence.block] or block.row >= 0
        if not skipped and reading.section_kind(sentence.block) not in _NEVER:
            _sentence(reading, sentence, _task_before(reading, number), taken)
    reading.milestones[:] = told_once(reading, reading.milestones)
    _drop_repeated(reading)


def _task_before(reading: Reading, number: int) -> int | None:
    """Where the task begins of a sentence that only says when: "… cho cấp xã. Thời gian hoàn thành trước ngày 30/6"."""
    sentence = reading.sentences[number]
    label = milestone_rule("line").match(reading.folded[sentence.begin : sentence.end])
    if label is None or not is_time(reading, sentence.begin + label.end(), sentence.end):
        return None
    if number == 0 or reading.sentences[number - 1].block != sentence.block:
        return None
    block = reading.blocks[sentence.block]
    return block.content if block.marker != "none" else reading.sentences[number - 1].begin


def _sentence(reading: Reading, sentence: Sentence, task: int | None, taken: set[tuple[int, int]]) -> None:
    found = [d for d in find_deadlines(reading, sentence.begin, sentence.end) if (d.begin, d.end) not in taken]
    if not found:
        return
    if task is not None and reading.section_kind(sentence.block) not in ("objective", "schedule"):
        for deadline in found:
            _add(reading, task, _trim(reading.folded, sentence.end), deadline, "milestone.line", 0.85)
        return
    bracket = _BRACKET.search(reading.folded, sentence.begin, sentence.end)
    if bracket and reading.kind == "document" and reading.section_kind(sentence.block) not in _ONLY_LIMITS:
        inside = is_time(reading, bracket.start(1), bracket.end(1))
        if inside and "giai đoạn" not in bracket.group() and "nhiệm kỳ" not in bracket.group():
            for deadline in inside:
                _add(reading, sentence.begin, bracket.end(1) + 1, deadline, "milestone.bracket", 0.9)
            return
    begin, at = sentence.begin, 0
    while at < len(found):
        stop = reading.folded.find(";", found[at].begin, sentence.end)
        end = sentence.end if stop < 0 else stop
        begin = max(begin, reading.folded.rfind(";", begin, found[at].begin) + 1)
        inside = [found[at]]
        while at + len(inside) < len(found) and found[at + len(inside)].end <= end:
            inside.append(found[at + len(inside)])
        _clause(reading, sentence, begin, end, inside)
        at += len(inside)
        begin = end + 1


def _clause(reading: Reading, sentence: Sentence, begin: int, end: int, deadlines: list[Deadline]) -> None:
    """One clause between semicolons: a time that opens it governs what follows, any other closes what goes before."""
    folded = reading.folded
    while begin < end and folded[begin] in " *_\n-+":
        begin += 1
    accepted = [d for d in deadlines if _is_step(reading, sentence, begin, end, d)]
    at = begin
    for number, deadline in enumerate(accepted):
        stop, at_next = (
            _border(folded, deadline, accepted[number + 1], at) if number + 1 < len(accepted) else (end, end)
        )
        start = _after_opening(folded, at, deadline.begin)
        named = bool(_WORD.search(folded, deadline.end, stop))
        heads = deadline.begin - start <= _NEAR_START
        if named and heads:
            _add(reading, deadline.begin, _trim(folded, stop), deadline, "milestone.opening", 0.85)
        elif (
            named or not heads or at_next == end or number
        ):  # else the heading of the next: "Năm 2017: Trước 15/11/2017, …"
            start = at if heads and not number else start  # "Tổng kết: Tháng 12/2026"
            _add(reading, start, _trim(folded, _run_in(reading, deadline, stop)), deadline, "milestone.clause", 0.8)
        at = at_next


def _border(folded: str, upper: Deadline, lower: Deadline, begin: int) -> tuple[int, int]:
    """Between two times of a clause: where the first's step ends and the second's begins."""
    act = milestone_rule("act")
    heads = upper.begin - _after_opening(folded, begin, upper.begin) <= _NEAR_START
    for joint in _JOINT.finditer(folded, max(upper.end, lower.begin - _LONGEST_STEP), lower.begin):
        told = not heads or act.search(folded, upper.end, joint.start())
        if told and act.search(folded, joint.end(), lower.begin):
            return joint.start(), joint.end()
    return (lower.begin, lower.begin) if heads else (upper.end, upper.end)


def _opens(folded: str, deadline: Deadline, begin: int) -> bool:
    return deadline.begin - _after_opening(folded, begin, deadline.begin) <= _NEAR_START


def _after_opening(folded: str, begin: int, limit: int) -> int:
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


def _run_in(reading: Reading, deadline: Deadline, end: int) -> int:
    """In text whose lines ran together the next date with a capital begins something else."""
    match = re.search(r"\s(?:Ngày|Sáng|Chiều|Tối|Năm)\s\d", reading.text[deadline.end : end])
    return deadline.end + match.start() if match else end


def _trim(folded: str, end: int) -> int:
    while end > 0 and folded[end - 1] in " .;,:*_\n/":
        end -= 1
    return end


def _is_step(reading: Reading, sentence: Sentence, begin: int, end: int, deadline: Deadline) -> bool:
    folded = reading.folded
    kind = reading.section_kind(sentence.block)
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
    if kind in _ONLY_LIMITS and not (deadline.precision in ("day", "month", "quarter") and deadline.limit):
        return False
    acts = bool(milestone_rule("act").search(before + " " + after[:160]) or _PART.search(before[-60:]))
    if deadline.precision == "year":
        return acts and _is_year_step(reading, deadline, before, after, opens)
    lead = folded[deadline.begin : deadline.begin + 9]
    if reading.kind == "news":
        here = folded[deadline.end : min(_run_in(reading, deadline, end), deadline.end + 120)]
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


def _drop_repeated(reading: Reading) -> None:
    """A report tells the days of the same event more than once; the first telling stands."""
    if reading.kind != "news":
        return
    seen: set[tuple[str | None, str | None]] = set()
    kept = []
    for milestone in sorted(reading.milestones, key=lambda m: m.span):
        days = (milestone.start, milestone.end)
        if days not in seen:
            kept.append(milestone)
        if None not in days and days[0] != days[1]:
            seen.add(days)
    reading.milestones[:] = kept


def _add(reading: Reading, begin: int, end: int, deadline: Deadline, rule: str, confidence: float) -> None:
    if reading.text[end - 1 : end] == ")" and "(" not in reading.text[begin:end]:
        end -= 1
    if end <= begin:
        return
    reading.milestones.append(
        Milestone(
            quote=reading.text[begin:end],
            span=(begin, end),
            rule=rule,
            confidence=confidence,
            start=deadline.start.isoformat() if deadline.start else None,
            end=deadline.last.isoformat() if deadline.last else None,
        )
    )
