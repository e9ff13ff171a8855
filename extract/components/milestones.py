"""Milestones (*tiến độ*): dated steps of the plan.

A step is an action with the time by or in which it is to be done: a table row with its time cell, a task with the
line "Thời gian: …" below it, a task that ends in a time in brackets, or a clause of a sentence.
"""

import re

from extract.components.deadlines import Deadline, find_deadlines, milestone_rule
from extract.components.items import speaking_kinds, told_once
from extract.components.milestone_rows import is_time, read_lines, read_rows
from extract.components.milestone_steps import NEAR_START, ONLY_LIMITS, after_opening, is_step, run_in
from extract.layout import Sentence
from extract.reading import Reading
from schema.record import Milestone

_NEVER = ("purpose", "purpose_requirement", "basis", "result", "recipients")
_BRACKET = re.compile(r"\(([^()]{4,60})\)\s*[.;,]?\s*$")
_JOINT = re.compile(r"\s*(?:(?:,|;|\bvà|\bđồng thời|\bsau đó)\s+|\()")
_WORD = re.compile(r"[a-zđà-ỹ]{2,}")
_FINISHED = re.compile(r"(?:thời gian|thời hạn) hoàn thành")  # elsewhere in a schedule it is when the plan runs
_JUST_DUE = re.compile(r"(?:và |phải |báo cáo |thời gian )*(?:hoàn thành|xong)(?: xong)? (?:trước|trong|vào|chậm nhất)")
_WHEN = re.compile(r", (?=thời gian [^.;:,]{8,80}$)")
_LONG_SENTENCE = 400
_LONGEST_STEP = 600
_MOST_LISTED = 9
_LONG_ACCOUNT = 150


def read_milestones(reading: Reading) -> None:
    """Fill ``milestones``; a post about no plan has none."""
    if reading.kind == "other":
        return
    head = _head_end(reading)
    rows = read_rows(reading)
    lines = [dated for dated in read_lines(reading) if dated.deadline.begin >= head]
    for dated in (*rows, *lines):
        _add(reading, dated.begin, dated.end, dated.deadline, dated.rule, 0.9)
    taken = {(dated.deadline.begin, dated.deadline.end) for dated in (*rows, *lines)}
    kinds = speaking_kinds(reading)
    for number, sentence in enumerate(reading.sentences):
        block = reading.blocks[sentence.block]
        skipped = reading.furniture[sentence.block] or reading.heading[sentence.block] or block.row >= 0
        skipped = skipped or sentence.begin < head or reading.folded.startswith("căn cứ ", block.content)
        if not skipped and kinds[sentence.block] not in _NEVER:
            _sentence(reading, sentence, kinds[sentence.block], _task_before(reading, number), taken)
    reading.milestones[:] = told_once(reading, reading.milestones)
    _drop_repeated(reading)


def _head_end(reading: Reading) -> int:
    """Where the title ends at the head of the plan itself; its dates are the plan's."""
    title = reading.plan.evidence.title_quote if reading.plan is not None else None
    return title.span[1] if title is not None and reading.kind == "document" and title.rule == "plan.title" else 0


def _task_before(reading: Reading, number: int) -> int | None:
    """Where the task begins of a sentence that only says when: "… cho cấp xã. Thời gian hoàn thành trước ngày 30/6"."""
    sentence = reading.sentences[number]
    label = milestone_rule("line").match(reading.folded[sentence.begin : sentence.end])
    if label is None or not is_time(reading, sentence.begin + label.end(), _first_clause(reading, sentence)):
        return None
    if number == 0 or reading.sentences[number - 1].block != sentence.block:
        return None
    block = reading.blocks[sentence.block]
    return block.content if block.marker != "none" else reading.sentences[number - 1].begin


def _first_clause(reading: Reading, sentence: Sentence) -> int:
    stop = reading.folded.find(";", sentence.begin, sentence.end)
    return sentence.end if stop < 0 else stop


def _sentence(reading: Reading, sentence: Sentence, kind: str, task: int | None, taken: set[tuple[int, int]]) -> None:
    found = [d for d in find_deadlines(reading, sentence.begin, sentence.end) if (d.begin, d.end) not in taken]
    if not found:
        return
    if task is not None and (
        kind not in ("objective", "schedule")
        or (kind == "schedule" and _FINISHED.match(reading.folded, sentence.begin))
    ):
        stop = _first_clause(reading, sentence)
        for deadline in found:
            if deadline.end <= stop:
                _add(reading, task, _trim(reading.folded, stop), deadline, "milestone.line", 0.85)
        found = [deadline for deadline in found if deadline.begin > stop]
    bracket = _BRACKET.search(reading.folded, sentence.begin, sentence.end)
    if bracket and reading.kind == "document" and kind not in ONLY_LIMITS:
        inside = is_time(reading, bracket.start(1), bracket.end(1))
        if inside and "giai đoạn" not in bracket.group() and "nhiệm kỳ" not in bracket.group():
            for deadline in inside:
                _add(reading, sentence.begin, bracket.end(1) + 1, deadline, "milestone.bracket", 0.9)
            return
    begin, at = sentence.begin, 0
    while at < len(found):
        stop = reading.folded.find(";", found[at].begin, sentence.end)
        end = sentence.end if stop < 0 else stop
        parted = reading.folded.rfind(";", begin, found[at].begin) + 1
        rest = reading.folded[parted : sentence.end].lstrip()
        if parted > begin and not milestone_rule("line").match(rest) and not _JUST_DUE.match(rest):
            begin = parted  # "…; thời gian thực hiện: Quý II" goes with the task in front of it
        inside = [found[at]]
        while at + len(inside) < len(found) and found[at + len(inside)].end <= end:
            inside.append(found[at + len(inside)])
        _clause(reading, sentence, kind, begin, end, inside)
        at += len(inside)
        begin = end + 1


def _clause(reading: Reading, sentence: Sentence, kind: str, begin: int, end: int, deadlines: list[Deadline]) -> None:
    """One clause between semicolons: a time that opens it governs what follows, any other closes what goes before."""
    folded = reading.folded
    while begin < end and folded[begin] in " *_\n-+":
        begin += 1
    accepted = [d for d in deadlines if is_step(reading, sentence, kind, begin, end, d)]
    at = begin
    for number, deadline in enumerate(accepted):
        stop, at_next = (
            _border(folded, deadline, accepted[number + 1], at) if number + 1 < len(accepted) else (end, end)
        )
        start = after_opening(folded, at, deadline.begin)
        named = bool(_WORD.search(folded, deadline.end, stop))
        heads = deadline.begin - start <= NEAR_START
        if named and heads:
            last = _list_end(reading, sentence) if stop == sentence.end else stop
            _add(reading, deadline.begin, _trim(folded, last), deadline, "milestone.opening", 0.85)
        elif (
            named or not heads or at_next == end or number
        ):  # else the heading of the next: "Năm 2017: Trước 15/11/2017, …"
            start = at if heads and not number else start  # "Tổng kết: Tháng 12/2026"
            if deadline.begin - start > _LONG_SENTENCE and (when := _WHEN.search(folded, start, deadline.begin)):
                start = when.end()
            last = run_in(reading, deadline, stop)
            if reading.kind == "news":
                last = _without_company(folded, deadline.end, last)
            _add(reading, start, _trim(folded, last), deadline, "milestone.clause", 0.8)
        at = at_next


def _list_end(reading: Reading, sentence: Sentence) -> int:
    """A marked line "- Tháng 10/2025, gồm:" goes on with the unmarked lines below it, up to the next mark."""
    block = reading.blocks[sentence.block]
    end = sentence.end
    if block.marker == "none" or sentence.begin != block.content or reading.text[block.end - 1] != ":":
        return end
    for index in range(sentence.block + 1, min(len(reading.blocks), sentence.block + _MOST_LISTED)):
        below = reading.blocks[index]
        skipped = reading.furniture[index] or reading.heading[index] or below.row >= 0
        if skipped or below.marker != "none" or below.end - block.content > _LONGEST_STEP:
            break
        end = below.end
    return end


def _border(folded: str, upper: Deadline, lower: Deadline, begin: int) -> tuple[int, int]:
    """Between two times of a clause: where the first's step ends and the second's begins."""
    act = milestone_rule("act")
    heads = upper.begin - after_opening(folded, begin, upper.begin) <= NEAR_START
    for joint in _JOINT.finditer(folded, max(upper.end, lower.begin - _LONGEST_STEP), lower.begin):
        told = not heads or act.search(folded, upper.end, joint.start())
        if told and act.search(folded, joint.end(), lower.begin):
            return joint.start(), joint.end()
    return (lower.begin, lower.begin) if heads else (upper.end, upper.end)


def _without_company(folded: str, time_end: int, end: int) -> int:
    """A long account of who comes and where, behind the time and a comma, is no part of the step."""
    return time_end if end - time_end > _LONG_ACCOUNT and folded.startswith(",", time_end) else end


def _trim(folded: str, end: int) -> int:
    while end > 0 and folded[end - 1] in " .;,:*_\n/":
        end -= 1
    return end


def _unmatched(folded: str, begin: int, after: int, end: int) -> int:
    """Where a bracket closes behind the time that was opened before the step: "(Đợt 1 trước 15/4; Đợt 2 …) để"."""
    depth = folded.count("(", begin, after) - folded.count(")", begin, after)
    for at in range(after, end):
        depth += {"(": 1, ")": -1}.get(folded[at], 0)
        if depth < 0:
            return at
    return end


def _drop_repeated(reading: Reading) -> None:
    """A report tells the days of the same event more than once; the first telling stands."""
    if reading.kind != "news":
        return
    seen: set[tuple[str | None, str | None]] = set()
    kept = []
    for milestone in sorted(reading.milestones, key=lambda m: m.span):
        days = (milestone.start, milestone.end)
        if days not in seen or milestone.rule == "milestone.line":  # each task with a time of its own is another
            kept.append(milestone)
        if None not in days and days[0] != days[1]:
            seen.add(days)
    reading.milestones[:] = kept


def _add(reading: Reading, begin: int, end: int, deadline: Deadline, rule: str, confidence: float) -> None:
    end = _unmatched(reading.folded, begin, max(deadline.end, begin), end)
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
