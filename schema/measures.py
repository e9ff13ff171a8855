"""Targets told in many ways as numbers that compare: a level, a rate a year, a change, or a multiple.

A cut counts below zero, so *giảm 1,5 - 2%/năm* is a rate from -2 to -1.5; a change of a share is in points (điểm %);
number words go into the value (*2,5 triệu cây* is 2,500,000 cây).
"""

import re
from dataclasses import dataclass
from typing import Literal

from schema.folding import with_marks
from schema.units import MULTIPLE, PERCENT, POINTS, unit_of
from schema.vocabulary.indicators import Indicator

Measure = Literal["level", "rate", "change", "multiple"]
# "giảm … xuống dưới 5%", "còn 20%", "lên 64%": the number is where the change ends
_END = r"(?: còn| dưới| trên| mức| khoảng| tối đa| tối thiểu| không quá| bằng| đến| ≤| ≥| <| >)*\W{0,4}\d"
_DOWN_TO = re.compile(r"(?<!\w)(?:xuống|còn)" + _END)
_UP_TO = re.compile(r"(?<!\w)lên" + _END)
_AMOUNT = re.compile(r"^(?:tổng )?(?:số|khối lượng|lượng|giá trị|diện tích|doanh thu)(?!\w)")


@dataclass(frozen=True, slots=True)
class Measured:
    """Bounds in ``unit``; a bound that is None is open. ``unit`` is null when the target has none."""

    measure: Measure
    low: float | None
    high: float | None
    unit: str | None


def measured(
    direction: str,
    low: float | None,
    high: float | None,
    unit: str | None,
    per: str | None,
    quote: str,
    words: str | None,
    indicator: Indicator | None,
) -> Measured:
    """What a target's number says; its arguments are the fields of the record's target (``words``: its indicator)."""
    told = unit_of(unit) if unit else None
    base = told.base if told else None
    if told:
        low, high = _times(low, told.factor), _times(high, told.factor)
    falls = direction == "decrease"
    if base == MULTIPLE:
        return Measured("multiple", *(_inverse(low, high) if falls else (low, high)), MULTIPLE)
    if direction in ("reach", "maintain") or _is_level(direction, low, high, quote):
        return Measured("rate" if indicator and indicator.kind == "rate" else "level", low, high, base)
    if falls:
        low, high = _times(high, -1.0), _times(low, -1.0)
    yearly = per == "year" or (indicator is not None and indicator.kind == "rate")
    share = base == PERCENT and indicator is not None and indicator.kind == "level" and indicator.unit[0] == PERCENT
    share = share and not _AMOUNT.match(with_marks(words or ""))
    return Measured("rate" if yearly else "change", low, high, POINTS if share else base)


def _is_level(direction: str, low: float | None, high: float | None, quote: str) -> bool:
    """Whether a change is told by the level it ends at."""
    folded = " ".join(with_marks(quote).split())
    if direction == "decrease":
        return (low is None and high is not None) or _DOWN_TO.search(folded) is not None
    return _UP_TO.search(folded) is not None


def _times(value: float | None, factor: float) -> float | None:
    """The product without the noise of binary fractions: 2.2 × 1e9 is 2,200,000,000."""
    return None if value is None else float(f"{value * factor:.12g}")


def _inverse(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Bounds of the multiple that a cut by a factor leaves: giảm 2 lần leaves a half."""
    return (1 / high if high else None, 1 / low if low else None)
