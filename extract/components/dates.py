"""Times named in a text: days, months, quarters, years and ranges of them.

A reader never adds a part that is not written: "tháng 8 năm 2024" is a month, "năm 2030" a year. Days without a year
are given with ``year_given=False`` and the year 4 (a leap year), for the caller to set or to drop.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from extract.patterns import load_rules

Precision = Literal["day", "month", "quarter", "half", "year", "range"]
NO_YEAR = 4

_TOLD = re.compile(r"\d|qu[ýíy]")  # in every time: a number, or a quarter in Roman ones


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """``folded[begin:end]`` names the days ``first`` to ``last``; a None bound is open (``2026 trở đi``)."""

    begin: int
    end: int
    first: date | None
    last: date | None
    precision: Precision
    year_given: bool
    rule: str

    def in_year(self, year: int) -> "TimeExpression":
        """The same days in a year known from elsewhere; unchanged when the text itself gives the year."""
        if self.year_given:
            return self
        try:
            first = self.first and self.first.replace(year=year)
            last = self.last and self.last.replace(year=year)
        except ValueError:  # 29 February of a common year
            return self
        return replace(self, first=first, last=last, year_given=True)


def find_times(folded: str, begin: int = 0, end: int | None = None) -> list[TimeExpression]:
    """All times in ``folded[begin:end]``, in order, the longest reading where two begin together; none overlap."""
    end = len(folded) if end is None else end
    if not _TOLD.search(folded, begin, end):
        return []
    found: list[TimeExpression] = []
    for rule in load_rules("dates"):
        for match in rule.regex.finditer(folded, begin, end):
            time = _read(rule.value or "", match, rule.id)
            if time is not None:
                found.append(time)
    found.sort(key=lambda time: (time.begin, -time.end))
    kept: list[TimeExpression] = []
    for time in found:
        if not kept or time.begin >= kept[-1].end:
            kept.append(time)
    return kept


def _read(kind: str, match: re.Match[str], rule: str) -> TimeExpression | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    days = _DAYS[kind](parts)
    if days is None:
        return None
    first, last, precision = days
    year_given = bool({"y", "y1", "y2"} & parts.keys())
    return TimeExpression(match.start(), match.end(), first, last, precision, year_given, rule)


_Days = tuple[date | None, date | None, Precision]


def _number(text: str) -> int:
    return _ROMAN[text] if text in _ROMAN else int(text)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    return _date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _year(parts: dict[str, str], name: str = "y") -> int:
    return int("".join((parts.get(name) or str(NO_YEAR)).split()))


def _day(parts: dict[str, str]) -> _Days | None:
    day = _date(_year(parts), int(parts["m"]), int(parts["d"]))
    return (day, day, "day") if day else None


def _day_range(parts: dict[str, str]) -> _Days | None:
    year2 = int(parts.get("y2") or parts.get("y1") or NO_YEAR)
    year1 = int(parts.get("y1") or year2)
    first = _date(year1, int(parts.get("m1") or parts["m2"]), int(parts["d1"]))
    last = _date(year2, int(parts["m2"]), int(parts["d2"]))
    return (first, last, "range") if first and last and first <= last else None


def _month(parts: dict[str, str]) -> _Days | None:
    first, last = _date(_year(parts), int(parts["m"]), 1), _month_end(_year(parts), int(parts["m"]))
    return (first, last, "month") if first and last else None


def _month_range(parts: dict[str, str]) -> _Days | None:
    year2 = _year(parts, "y2")
    first = _date(int(parts.get("y1") or year2), int(parts["m1"]), 1)
    last = _month_end(year2, int(parts["m2"]))
    return (first, last, "range") if first and last and first <= last else None


def _quarter(parts: dict[str, str]) -> _Days | None:
    quarter = _number(parts["q"])
    if not 1 <= quarter <= 4:
        return None
    first, last = _date(_year(parts), 3 * quarter - 2, 1), _month_end(_year(parts), 3 * quarter)
    return (first, last, "quarter") if first and last else None


def _quarter_range(parts: dict[str, str]) -> _Days | None:
    one, two = _number(parts["q1"]), _number(parts["q2"])
    if not (1 <= one <= 4 and 1 <= two <= 4):
        return None
    year2 = _year(parts, "y2")
    first, last = _date(int(parts.get("y1") or year2), 3 * one - 2, 1), _month_end(year2, 3 * two)
    return (first, last, "range") if first and last and first <= last else None


def _half(parts: dict[str, str]) -> _Days | None:
    year = _year(parts)
    months = int(parts.get("n") or 6)
    if not 1 <= months <= 12:
        return None
    if "tail" in parts:
        return _date(year, 13 - months, 1), date(year, 12, 31), "half"
    return date(year, 1, 1), _month_end(year, months), "half"


def _whole_year(parts: dict[str, str]) -> _Days | None:
    year = _year(parts)
    return date(year, 1, 1), date(year, 12, 31), "year"


def _year_range(parts: dict[str, str]) -> _Days | None:
    one, two = int(parts["y1"]), int(parts["y2"])
    return (date(one, 1, 1), date(two, 12, 31), "range") if one <= two <= one + 60 else None


def _from_year(parts: dict[str, str]) -> _Days | None:
    return date(_year(parts), 1, 1), None, "range"


_DAYS = {
    "day": _day,
    "day_range": _day_range,
    "month": _month,
    "month_range": _month_range,
    "quarter": _quarter,
    "quarter_range": _quarter_range,
    "half": _half,
    "year": _whole_year,
    "year_range": _year_range,
    "from_year": _from_year,
}
