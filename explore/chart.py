"""A chart of values over years, as numbers a template draws: one mark for each province and year."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

WIDTH, HEIGHT = 720, 320  # of the drawing, in its units
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 12, 34
_TICKS = 5  # about so many on the axis of values


@dataclass(frozen=True, slots=True)
class Value:
    """A target's number: ``low`` and ``high`` are equal for a point value, and both are set."""

    province: str | None
    year: int
    low: float
    high: float
    plan: str
    target: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The values of a province in a year: a dot at their median, a line from the lowest to the highest."""

    province: str | None
    year: int
    x: float
    y: float
    y_low: float
    y_high: float
    value: float
    low: float
    high: float
    count: int
    plan: str | None
    target: str | None
    """Plan and target when it is a single one."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw, all in the drawing's units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    marks: tuple[Mark, ...]


def chart(values: Iterable[Value]) -> Chart | None:
    """The chart of some values, or None where there are none."""
    groups: dict[tuple[str | None, int], list[Value]] = {}
    for value in values:
        groups.setdefault((value.province, value.year), []).append(value)
    if not groups:
        return None
    years = sorted({year for _, year in groups})
    ends = [end for group in groups.values() for value in group for end in (value.low, value.high)]
    ticks = nice_ticks(min(0.0, *ends), max(0.0, *ends))
    across = _scale(years[0] - 0.5, years[-1] + 0.5, _LEFT, WIDTH - _RIGHT)
    up = _scale(ticks[0], ticks[-1], HEIGHT - _BOTTOM, _TOP)
    step = max(1, math.ceil((years[-1] - years[0] + 1) / 12))
    marks = [_mark(province, year, group, across(year), up) for (province, year), group in groups.items()]
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        top=_TOP,
        bottom=HEIGHT - _BOTTOM,
        years=tuple(Tick(across(year), year) for year in range(years[0], years[-1] + 1, step)),
        values=tuple(Tick(up(tick), tick) for tick in ticks),
        marks=tuple(sorted(marks, key=lambda mark: (mark.year, mark.province or "", mark.y))),
    )


def _mark(province: str | None, year: int, group: Sequence[Value], x: float, up: "_Scale") -> Mark:
    low, high = min(value.low for value in group), max(value.high for value in group)
    middle = median((value.low + value.high) / 2 for value in group)
    one = group[0] if len(group) == 1 else None
    return Mark(
        province=province,
        year=year,
        x=x,
        y=up(middle),
        y_low=up(low),
        y_high=up(high),
        value=middle,
        low=low,
        high=high,
        count=len(group),
        plan=one.plan if one else None,
        target=one.target if one else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    begin: float
    factor: float
    start: float

    def __call__(self, value: float) -> float:
        return round(self.start + (value - self.begin) * self.factor, 1)


def _scale(begin: float, end: float, first: float, last: float) -> _Scale:
    return _Scale(begin, (last - first) / ((end - begin) or 1), first)


def nice_ticks(low: float, high: float) -> list[float]:
    """Round numbers that reach from ``low`` or below to ``high`` or above, about `_TICKS` of them."""
    spread = (high - low) or abs(high) or 1.0
    rough = spread / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 12) for place in range(first, max(last, first + 1) + 1)]
