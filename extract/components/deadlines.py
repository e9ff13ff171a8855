"""Times by or in which something is to be done: a time with the words before it that make it a limit or a beginning.

"Trước 15/11/2017" has an end only, "từ tháng 6/2025" a beginning only; "tháng 12 hằng năm" comes back every year and
is none; a date without a year has the plan's when that leaves no doubt.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from extract.components.dates import NO_YEAR, Precision, TimeExpression, find_times
from extract.patterns import load_rules
from extract.reading import Reading

_LEAD = re.compile(
    r"(?:\b(?:\d{1,2}(?:(?:h|g|giờ)\d{0,2}(?:’|')?|:\d\d)|lúc|trước|đến|tới|từ|kể từ|trong|vào|hết|cuối|đầu|giữa|nay"
    r"|cho|là|khoảng|dự kiến|chậm nhất|muộn nhất|không quá|không muộn hơn|xong|bắt đầu|kết thúc|thời điểm|sau|ngày"
    r"|tháng|năm|các ngày)[\s:]+)+$"
)
_LEAD_LENGTH = 60
_HOUR = r"(?:\d{1,2}\s?(?:h|g|giờ|:)\s?\d{0,2}(?:\s?(?:’|'|phút))?\s*,?\s*)?"
_JOINT = re.compile(rf"\s*(?:-|đến|tới|cho đến)\s*(?:hết\s+)?{_HOUR}(?:ngày\s+|tháng\s+|năm\s+)?")
_NUMBERED = re.compile(r"\d|qu[ýí] [iv]")
_AND = re.compile(r"\s*(?:,|và|-|đến(?: đến)?)\s*")  # "đến đến": a slip of the pen
_LIMIT = re.compile(r"(?:hoàn thành |xong )?(?:trước|chậm nhất|muộn nhất)")
_RETURNED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]1[0-9]{3}\s?-\s?$")
_CLOCK = re.compile(r"\s*[-|,]?\s*\d{1,2}:\d\d")
_FEWEST_YEARS = 5
_SCHOOL_YEAR = re.compile(r"\bnăm học (?:19|20)\d\d")
_TERM_BEGINS, _TERM_ENDS = 8, 5
_HEAD = 3000  # where a post says which school year it is about
_NEW_CLAUSE = re.compile(r"[;.]\s")


@dataclass(frozen=True, slots=True)
class Deadline:
    """``folded[begin:end]`` says when, its lead words included; ``start`` and ``last`` are its first and last day."""

    begin: int
    end: int
    start: date | None
    last: date | None
    precision: Precision
    limit: bool


@cache
def milestone_rule(value: str) -> re.Pattern[str]:
    """The pattern of ``patterns/milestones.toml`` for one question (its ``value``)."""
    return next(rule.regex for rule in load_rules("milestones") if rule.value == value)


def find_deadlines(reading: Reading, begin: int, end: int) -> list[Deadline]:
    """The times in ``folded[begin:end]`` at which something may be due, in order.

    Left out: dates of documents, recurring dates, dates without a year that none can be given for.
    """
    folded = reading.folded
    if not _NUMBERED.search(folded, begin, end):
        return []
    cited = {mention.issued.begin for mention in reading.mentions if mention.issued is not None}
    found: list[Deadline] = []
    floor = begin
    for time in _joined(folded, find_times(folded, begin, end)):
        lead = _lead(folded, floor, time)
        clause = _clause(folded, floor, lead)
        floor = time.end
        if time.begin in cited or _is_none(folded, begin, lead, time):
            continue
        if milestone_rule("recurring_after").match(folded[time.end : time.end + 40]):
            continue
        dated = time if time.year_given else _with_year(reading, time, folded[clause:lead])
        if dated is not None:
            found.append(_deadline(folded, lead, dated))
    return found


def _is_none(folded: str, begin: int, lead: int, time: TimeExpression) -> bool:
    """The words before say that the time is a document's, a title's, an anniversary's."""
    before = folded[max(begin, lead - 110) : lead]
    if milestone_rule("cited").search(folded[max(begin, time.begin - 110) : time.begin]):
        return True
    if milestone_rule("marked").search(before) and not (time.precision == "day" and _LIMIT.match(folded, lead)):
        return True
    if _RETURNED.search(folded[max(begin, time.begin - 16) : time.begin]) or _is_return(time):
        return True
    if folded[time.begin - 1 : time.begin] == "(" and _CLOCK.match(folded, time.end):
        return True  # "(17/08/2022 7:34 SA)" behind the headline of another post
    bare = not re.search(r"trước|trong|vào|từ|hết|nhất|xong|dự kiến", folded[lead : time.begin + 5])
    if bare and time.precision == "day" and "vào dịp" not in before and milestone_rule("feast").search(before):
        return True
    return (
        time.precision in ("year", "range")
        and bool(milestone_rule("titled").search(before))
        and _is_years(folded, time)
    )


def _is_return(time: TimeExpression) -> bool:
    """ "(3/2/1930 - 3/2/2020)": from the day to its return."""
    first, last = time.first, time.last
    if first is None or last is None or last.year - first.year < _FEWEST_YEARS:
        return False
    return (first.day, first.month) == (last.day, last.month)


def _is_years(folded: str, time: TimeExpression) -> bool:
    return bool(re.fullmatch(r"[^\d/]*\d{4}[^\d/]*(?:\d{4})?[^\d/]*", folded[time.begin : time.end]))


def _joined(folded: str, times: Iterable[TimeExpression]) -> list[TimeExpression]:
    """ "từ ngày 20/11/2025 đến hết tháng 3/2026": two times with a joint between them are one stretch of time."""
    found: list[TimeExpression] = []
    for time in times:
        if found and _follows(folded, found[-1], time):
            found[-1] = replace(found[-1], end=time.end, last=time.last, precision="range")
            continue
        if found and _shares_year(folded, found[-1], time):
            dated = found[-1].in_year(time.first.year) if time.first else found[-1]
            if dated.year_given and dated.first and time.first and dated.first < time.first:
                found[-1] = replace(dated, end=time.end, last=time.last, precision="range")
                continue
        upper = found[-1] if found else None
        if upper and upper.year_given and time.year_given and upper.first and time.last:
            joint = _JOINT.fullmatch(folded, upper.end, time.begin)
            before = folded[max(0, upper.begin - 24) : upper.begin + 3]
            if joint and upper.first <= time.last and ("từ" in before or "-" in joint.group()):
                found[-1] = replace(upper, end=time.end, last=time.last, precision="range")
                continue
        found.append(time)
    return found


def _follows(folded: str, upper: TimeExpression, lower: TimeExpression) -> bool:
    """ "tháng 5 và tháng 6": two months or quarters in a row, no year with either."""
    alike = upper.precision == lower.precision and upper.precision in ("month", "quarter")
    if not alike or upper.year_given or lower.year_given or upper.last is None or lower.first is None:
        return False
    return lower.first.month == upper.last.month + 1 and bool(_AND.fullmatch(folded, upper.end, lower.begin))


def _shares_year(folded: str, upper: TimeExpression, lower: TimeExpression) -> bool:
    """ "tháng 5 và tháng 6/2014": the year is written once, behind the second."""
    alike = upper.precision == lower.precision and upper.precision in ("month", "quarter")
    return alike and not upper.year_given and lower.year_given and bool(_AND.fullmatch(folded, upper.end, lower.begin))


def _lead(folded: str, floor: int, time: TimeExpression) -> int:
    low = max(floor, time.begin - _LEAD_LENGTH)
    match = _LEAD.search(folded[low : time.begin])
    return low + match.start() if match else time.begin


def _clause(folded: str, floor: int, at: int) -> int:
    """Where the clause that ends at ``at`` begins, at most 200 characters before."""
    low = max(floor, at - 200)
    stops = [match.end() for match in _NEW_CLAUSE.finditer(folded, low, at)]
    return stops[-1] if stops else low


def _deadline(folded: str, lead: int, time: TimeExpression) -> Deadline:
    words = folded[lead : time.begin] + folded[time.begin : time.end].split("/")[0][:9]
    start, last = time.first, time.last
    limit = bool(milestone_rule("by").search(words))
    if time.precision == "range" and time.first and time.last:
        limit = False
    elif milestone_rule("from").search(words) and not limit:
        last = None
    elif limit:
        start = None
        if "trước" in words and time.precision != "day" and time.first is not None:
            last = date.fromordinal(time.first.toordinal() - 1) if time.first.toordinal() > 1 else None
    return Deadline(lead, time.end, start, last, time.precision, limit)


def plan_year(reading: Reading) -> int | None:
    """The one year the plan is for, when it is for one."""
    plan = reading.plan
    if plan is not None and plan.period is not None and plan.period[0] == plan.period[1]:
        return plan.period[0]
    return None


def issue_date(reading: Reading) -> date | None:
    """When the plan was issued, or the post published."""
    if reading.plan is not None and reading.plan.issued:
        return date.fromisoformat(reading.plan.issued)
    published = reading.meta.published if reading.meta else None
    if published and re.match(r"\d{4}-\d{2}-\d{2}", published):
        try:
            return date.fromisoformat(published[:10])
        except ValueError:
            return None
    return None


def not_before(reading: Reading) -> date | None:
    """The day before which nothing is a step of the plan: its issue, else its last basis, else its first year."""
    issued = issue_date(reading)
    if issued is not None:
        return issued
    bases = [document.issued for document in reading.documents if document.role == "basis" and document.issued]
    if bases:
        return date.fromisoformat(max(bases))
    if reading.plan is not None and reading.plan.period is not None:
        return date(reading.plan.period[0], 1, 1)
    return None


def _with_year(reading: Reading, time: TimeExpression, before: str) -> TimeExpression | None:
    """A date without a year is the plan's year's; one that may come back every year is left out."""
    if milestone_rule("recurring_before").search(before):
        return None
    year = plan_year(reading) or _school_year(reading, time)
    issued = issue_date(reading)
    if year is not None:
        return _settled(time.in_year(year))
    if issued is None or (reading.plan and reading.plan.period and "báo cáo" in before):
        return None
    dated = _settled(time.in_year(issued.year))
    if dated is not None and (last := dated.last or dated.first) is not None and last < issued:
        return None
    return dated


def _school_year(reading: Reading, time: TimeExpression) -> int | None:
    """Of a school year's plan: from August on its first year, up to May its second; June and July may be either."""
    plan, first, last = reading.plan, time.first or time.last, time.last or time.first
    if plan is None or plan.period is None or plan.period[1] != plan.period[0] + 1 or first is None or last is None:
        return None
    if not _SCHOOL_YEAR.search(reading.folded, 0, _HEAD) or first.month > last.month:
        return None
    if first.month >= _TERM_BEGINS:
        return plan.period[0]
    return plan.period[1] if last.month <= _TERM_ENDS else None


def _settled(time: TimeExpression) -> TimeExpression | None:
    """None when the year could not be set (29 February): the year 4 must not get out."""
    return None if any(day is not None and day.year == NO_YEAR for day in (time.first, time.last)) else time
