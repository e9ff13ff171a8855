"""The year or day by which a target shall be reached: in its clause, its sentence or the headings above it."""

import re

from extract.components.clauses import Clause
from extract.components.dates import TimeExpression, find_times
from extract.components.quantities import Quantity
from extract.layout import Sentence
from extract.reading import Reading

_BASELINE = re.compile(
    r"(?:so(?: với)?|bằng|của|cùng kỳ|từ|thực hiện)(?: (?:trung bình|bình quân))?(?: (?:đầu|cuối|cả"
    r"|giai đoạn|thời kỳ|năm học|cùng kỳ|hè|tết))*\s+$"
)
# Where a change starts from: "từ 51% (năm 2020) lên 54,5%", "từ 4.500 hộ (đầu năm 2022) xuống còn 3.000 hộ".
_STARTS = re.compile(r"từ\s[\d.,]+[^(),;]{0,14}?[\s(]+(?:(?:vào|trong|cuối|đầu|năm)\s)*$")
_RISES = re.compile(r"\s*\)?\s*(?:lên|xuống|còn|đến|tới|thành|tăng|giảm|đạt)(?!\w)")
# A time that leads in what follows it stands at the opening of its part.
_OPENS = re.compile(
    r"(?:[,;:.()\-*]|(?<!\w)(?:và|phấn đấu|đồng thời|trong đó|mục tiêu|riêng|cụ thể|là))"
    r"\s*(?:(?:vào|trong|đến|tới|trước|hết|cuối|từ nay)\s+)*$"
)
_BRACKET = re.compile(r"\s*\(\s*(?:(?:cuối|hết|đầu|vào|đến)\s+)*")
# … and one that closes what stands in front of it is followed by a mark.
_CLOSES = re.compile(r"\s*(?:$|[.,;)]|(?:và|hoặc|so với|đồng thời|trong đó)(?!\w))")
_ADVANCE = re.compile(r"(?:tầm nhìn|định hướng)\s+(?:đến\s+)?$")
_VISION = re.compile(r"tầm nhìn\s+(?:đến\s+)?$")
_TIME_LINE = re.compile(
    r"(?:(?:mục tiêu|chỉ tiêu|định hướng|phấn đấu|cụ thể|về)[\s:,]+(?:cụ thể\s+)?)*(?:đến|tới"
    r"|giai đoạn|trong|năm|từ|cuối|hết)\s.{0,24}(?:19|20)\d\d.{0,16}$"
)


def times_of(reading: Reading, sentence: Sentence) -> list[TimeExpression]:
    """The times of a sentence by which something may be reached."""
    found = find_times(reading.folded, sentence.begin, sentence.end)
    return [time for time in found if _counts(reading, time, _ADVANCE)]


def read_horizon(
    reading: Reading,
    sentence: Sentence,
    times: list[TimeExpression],
    clause: Clause,
    quantity: Quantity,
    before: Quantity | None,
    after: Quantity | None,
) -> str | None:
    """Year ("2030") or ISO date; None when neither clause nor sentence nor headings name one.

    ``times`` are those of the sentence (`times_of`).

    Nearest first: between the amount before and this one, behind it in its clause, earlier in the sentence, above it.
    """
    floor = before.end if before else sentence.begin
    own = [time for time in times if floor <= time.begin and time.end <= quantity.begin]
    if (
        before is not None
        and own
        and (_belongs_before(reading, before, own[0]) or _closes(reading, sentence, before, own[0]))
    ):
        own = own[1:]
    limit = after.begin if after else sentence.end
    behind = [
        time
        for time in times
        if quantity.end <= time.begin < limit
        and (time.begin < max(clause.end, quantity.end + 12) or _closes(reading, sentence, quantity, time))
        and not (after and _opens(reading.folded[quantity.end : time.begin]))
    ]
    earlier = [time for time in times if time.end <= floor]
    for group in (own[-1:], behind[:1], earlier[-1:]):
        if group:
            return _year(group[0])
    for lead in lead_ins(reading, sentence.block):
        block = reading.blocks[lead]
        named = [
            time for time in find_times(reading.folded, block.content, block.end) if _counts(reading, time, _VISION)
        ]
        if named:
            return _year(named[0])
    return None


def _belongs_before(reading: Reading, before: Quantity, time: TimeExpression) -> bool:
    """ "đạt 33% vào năm 2025 và đạt 43% vào năm 2030": a time right behind an amount is that amount's."""
    between = reading.folded[before.end : time.begin]
    return re.match(r"\s*(?:vào|trong|đến|trước)?\s*(?:cuối |hết )?$", between) is not None


def _opens(lead: str) -> bool:
    """Does a time behind these words lead in what follows it? One in brackets right behind an amount does not."""
    return _BRACKET.fullmatch(lead) is None and _OPENS.search(lead) is not None


def _closes(reading: Reading, sentence: Sentence, before: Quantity, time: TimeExpression) -> bool:
    """ "70% nạn nhân được hỗ trợ vào năm 2025 và 90% …": a time that ends the part of the amount in front of it."""
    lead = reading.folded[before.end : time.begin]
    return ";" not in lead and not _opens(lead) and _CLOSES.match(reading.folded, time.end, sentence.end) is not None


def lead_ins(reading: Reading, block: int) -> list[int]:
    """What stands above a block and may say by when, nearest first; never the plan's title.

    A lead-in ("Đến hết năm 2030, phấn đấu:"), a line that is but a time ("2.1. Đến năm 2030"), the headings.
    """
    leads: list[int] = []
    headings = reading.headings(block)
    top = headings[-1] if headings else 0
    for at in range(block - 1, max(top, block - 60), -1):
        other = reading.blocks[at]
        words = reading.folded[other.content : other.end].strip()
        leads_in = words.endswith(":") and (other.level < reading.blocks[block].level or other.marker == "none")
        if (leads_in and not leads) or (len(words) < 90 and _TIME_LINE.match(words)):
            leads.append(at)
        if _TIME_LINE.match(words) and len(words) < 90:
            break
    return leads + [heading for heading in headings if heading not in leads]


def _counts(reading: Reading, time: TimeExpression, outlook: re.Pattern[str]) -> bool:
    lead = reading.folded[max(0, time.begin - 40) : time.begin]
    if not time.year_given or time.last is None:
        return False
    if _STARTS.search(lead) and _RISES.match(reading.folded, time.end):
        return False
    return not _BASELINE.search(lead) and not outlook.search(lead)


def _year(time: TimeExpression) -> str | None:
    if time.last is None:
        return None
    return time.last.isoformat() if time.precision == "day" else str(time.last.year)
