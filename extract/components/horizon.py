"""The year or day by which a target shall be reached: in its clause, its sentence or the headings above it."""

import re

from extract.components.clauses import Clause
from extract.components.dates import TimeExpression, find_times
from extract.components.quantities import Quantity
from extract.layout import Sentence
from extract.reading import Reading

_BASELINE = re.compile(r"(?:so(?: với)?|bằng|của|cùng kỳ|từ|thực hiện)(?: (?:đầu|cuối|cả))?\s+$")
_ADVANCE = re.compile(r"(?:tầm nhìn|định hướng)\s+(?:đến\s+)?$")
_TO_YEAR = re.compile(r"(?:đến|hết|cuối|trước|tới)(?: (?:hết|cuối|trước))*\s+$")


def read_horizon(reading: Reading, sentence: Sentence, clause: Clause, quantity: Quantity) -> str | None:
    """Year ("2030") or ISO date; None when neither clause nor sentence nor headings name one."""
    times = [time for time in find_times(reading.folded, sentence.begin, sentence.end) if _counts(reading, time)]
    inside = [time for time in times if clause.begin <= time.begin < clause.end]
    if inside:
        after = [time for time in inside if time.begin >= quantity.end]
        before = [time for time in inside if time.end <= quantity.begin]
        return _year((before or after)[-1 if before else 0])
    earlier = [time for time in times if time.end <= quantity.begin]
    if earlier:
        return _year(earlier[-1])
    for heading in _leads(reading, sentence.block):
        block = reading.blocks[heading]
        named = [time for time in find_times(reading.folded, block.content, block.end) if _counts(reading, time)]
        if named:
            return _year(named[-1] if len(named) == 1 else named[0])
    return None


def _leads(reading: Reading, block: int) -> list[int]:
    """Lead-in paragraph ("Đến hết năm 2030, phấn đấu:") and headings above a block, nearest first; no plan title."""
    leads: list[int] = []
    at = block - 1
    while at >= 0 and not reading.heading[at] and block - at < 40:
        other = reading.blocks[at]
        if reading.text[other.end - 1] == ":" and other.level <= 9 and (
            reading.blocks[block].level > other.level or other.marker == "none"
        ):
            leads.append(at)
            break
        at -= 1
    return leads + reading.headings(block)


def _counts(reading: Reading, time: TimeExpression) -> bool:
    lead = reading.folded[max(0, time.begin - 24) : time.begin]
    return time.year_given and time.last is not None and not _BASELINE.search(lead) and not _ADVANCE.search(lead)


def _year(time: TimeExpression) -> str | None:
    if time.last is None:
        return None
    return time.last.isoformat() if time.precision == "day" else str(time.last.year)
