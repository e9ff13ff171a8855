"""Quantities named in a text: percentages, fractions, multiples and counts, with bounds, unit and rate.

Numbers are read the Vietnamese way: a full stop before exactly three digits parts thousands, a comma parts decimals.
A reader never adds a bound, a unit or a rate that is not written.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from extract.patterns import load_rules, load_words
from extract.reading import Reading
from extract.scan import matches, stretches

Kind = Literal["percent", "fraction", "multiple", "count"]

_FRACTIONS = {"½": 50.0, "¼": 25.0, "¾": 75.0, "⅓": 33.33, "⅔": 66.67}
_WORDS = {"đôi": 2.0, "rưỡi": 1.5, "ba": 3.0}
_SCALES = ("nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục", "trăm")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_THOUSANDS_BY_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}$")
_LEAST = (
    "tối thiểu",
    "ít nhất",
    "không dưới",
    "không ít hơn",
    "không thấp hơn",
    "trên",
    "hơn",
    "≥",
    ">",
    "lớn",
    "cao",
    "vượt",
)
_MOST = (
    "tối đa",
    "không quá",
    "không vượt",
    "không cao",
    "không lớn",
    "dưới",
    "≤",
    "<",
    "thấp",
    "nhỏ",
    "ít hơn",
    "nhiều nhất",
)
_LATER = (
    re.compile(r"\s(?P<tail>trở lên|trở xuống)(?!\w)"),
    re.compile(r"(?:\s(?!cấp|từ)[^\s,;:.()]+){0,5}?\s(?P<tail>trở lên|trở xuống)(?!\w)"),
)
_ORDINAL = re.compile(
    r"(?<!\w)(?<!mỗi )(?<!hàng )(?<!hằng )(?<!ở )(?:điều|khoản|điểm|chương|mục|phần|phụ lục|biểu|số"
    r"|thứ|lần|quận|phường|đường|tổ|ấp|phố|đợt|năm|tháng|quý|ngày|loại|hạng|nhóm|top|mức|mức độ|cấp độ"
    r"|đối tượng|giai đoạn|mục tiêu|nhiệm vụ|dự án|hợp phần|chuyên đề|tiêu chí|chỉ tiêu|bước|kỳ|khối"
    r"|tuyến|phương án|nghị quyết|chỉ thị|kết luận|khóa|khu vực|vùng|đội|trường|luật|bảng|hình)\s*$"
)
# Every quantity has one of these; before it stand words of bound at most, behind it a range, a unit and a rate.
_NUMBER = re.compile(r"\d+|[½¼¾⅓⅔]|một nửa|gấp\s+(?:đôi|rưỡi|ba)")
_BEFORE, _AFTER = 40, 90
# What is measured in years, days, hours or times; elsewhere these words say when or how often.
_MEASURED = re.compile(
    r"(?:tuổi thọ|số năm (?:sống|đi học)|số ngày|số giờ|(?:rút ngắn|cắt giảm|giảm)[^,;:.]{0,40}(?:thời gian|thời hạn)"
    r"|(?:thời gian|thời hạn)[^,;:.]{0,80}(?:xuống|còn|không quá|dưới))[^;:.\d]{0,120}(?:\d[^;:.]{0,40})?$"
)
_PER_SO_MANY = re.compile(r"(?:1 vạn|1|1\.000|10\.000|100\.000|100)\s(?:vạn\s)?(?:dân|người|trẻ|phụ nữ|hộ|đầu)(?!\w)")
_BARE_REPEAT = re.compile(
    r"(?:19|20)\d\d\)?(?:\s+và|,|;)\s+(?:đạt\s+)?(?P<n>\d{1,3}(?:\.\d{3})+|\d+)\s+(?:vào|trong|đến)\s+(?:cuối\s+|hết\s+)?năm\s"
)
_SYLLABLE = re.compile(r"[^\W\d]+")
_PER_YEAR = re.compile(r"\s?/\s?(?:1\s)?năm(?!\w)|\s(?:mỗi|hàng|hằng)\snăm(?!\w)")
_DENOMINATOR = re.compile(
    r"\s?/\s?(?!năm(?!\w))(?:\d[\d.]*\s?)?[^\s,.;:()/]+(?:\s(?:nữ|dân|năm|bé|gái|trẻ|đẻ|sống|ra|sinh|đêm|vuông)(?!\w))*"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``folded[begin:end]`` names an amount; ``number`` is where its digits begin.

    ``minimum``/``maximum`` are its bounds (None: open), ``unit`` the unit as written on one line, ``per_year`` whether
    the rate is written with it, ``has_bound`` whether a word of bound stands with it.
    """

    begin: int
    number: int
    end: int
    kind: Kind
    minimum: float | None
    maximum: float | None
    unit: str
    per_year: bool
    has_bound: bool
    hedged: bool
    rule: str


def read_number(written: str) -> float:
    """A number as officials write it: "1.200" is one thousand two hundred, "1,5" one and a half."""
    if written in _FRACTIONS:
        return _FRACTIONS[written]
    if _GROUPED.match(written):
        return float(written.replace(".", "").replace(",", "."))
    return float(written.replace(",", "."))


def find_quantities(reading: Reading, begin: int, end: int) -> list[Quantity]:
    """All quantities in ``folded[begin:end]``, in order; none overlap, percentages win over counts."""
    found: list[Quantity] = []
    taken = bytearray(end - begin)
    marks = (match.start() for match in _NUMBER.finditer(reading.folded, begin, end))
    places = stretches(marks, _BEFORE, _AFTER, begin, end) if reading.gated else [(begin, end)]
    for rule in load_rules("quantities"):
        for match in matches(rule.regex, reading.folded, places, end):
            number = match.start("n") if match["n"] else match.start("word")
            if taken[number - begin]:
                continue
            quantity = _read(reading, match, rule.value or "count", rule.id, end)
            if quantity is not None:
                found.append(quantity)
                taken[quantity.begin - begin : quantity.end - begin] = b"\1" * (quantity.end - quantity.begin)
    found.sort(key=lambda quantity: quantity.begin)
    return _with_bare_repeats(reading, found, end)


def _with_bare_repeats(reading: Reading, found: list[Quantity], end: int) -> list[Quantity]:
    """ "70.000 ngôi nhà … vào năm 2025 và 80.000 vào năm 2030": the second amount leaves out what it counts."""
    told: list[Quantity] = []
    for number, quantity in enumerate(found):
        told.append(quantity)
        limit = found[number + 1].begin if number + 1 < len(found) else end
        bare = _BARE_REPEAT.search(reading.folded, quantity.end, limit) if quantity.kind == "count" else None
        if bare:
            value = read_number(bare["n"])
            begin, stop = bare.span("n")
            again = replace(quantity, begin=begin, number=begin, end=stop, minimum=value, maximum=value)
            told.append(replace(again, has_bound=False, hedged=False, rule="quantity.repeated"))
    return told


def _read(reading: Reading, match: re.Match[str], kind: str, rule: str, limit: int) -> Quantity | None:
    parts = match.groupdict()
    end = match.end()
    if kind == "fraction":
        value = _fraction(parts["n"])
        low, high = value, value
        unit, per_year = "%", False
    else:
        low = read_number(parts["n"]) if parts["n"] else _WORDS[parts["word"]]
        high = read_number(parts["m"]) if parts.get("m") else low
        if high < low:
            return None
        if kind == "rate":
            unit, kind, per_year = " ".join(parts["u"].split()), "count", False
        elif kind == "count":
            if parts.get("lead") == "trên" and _PER_SO_MANY.match(reading.folded, match.start("n"), limit):
                return None
            if not parts.get("lead") and _ORDINAL.search(reading.folded, max(0, match.start() - 16), match.start()):
                return None
            counted = _unit(reading, match, limit)
            if counted is None:
                return None
            unit, end, per_year = counted
            if _THOUSANDS_BY_COMMA.match(parts["n"]) and not parts.get("m") and not parts.get("scale"):
                low = high = float(parts["n"].replace(",", ""))
        else:
            unit = "lần" if kind == "multiple" else ("‰" if parts["u"] in ("‰", "%0") else "%")
            per_year = bool(parts.get("per") or parts.get("per2"))
    lead, tail = (parts.get("lead") or "").strip(), (parts.get("tail") or parts.get("tail0") or "").strip()
    if not tail and kind != "multiple":
        tail, end = _later_tail(reading, lead, end, limit)
    number = match.start("n") if parts["n"] else match.start("word")
    minimum, maximum, has_bound = _bounds(low, high, lead, tail)
    first = match.start() if kind == "multiple" else match.start("lead") if parts.get("lead") else number
    return Quantity(
        first,
        number,
        end,
        kind,  # type: ignore[arg-type]  # the rule file's values are the kinds
        minimum,
        maximum,
        unit,
        per_year,
        has_bound,
        bool(lead),
        rule,
    )


def _later_tail(reading: Reading, lead: str, end: int, limit: int) -> tuple[str, int]:
    """ "từ 95% nhà trường trở lên", "40 xã trở lên": the bound may stand behind the counted noun."""
    reach = 4 if lead == "từ" else 0 if not lead else -1
    if reach < 0:
        return "", end
    later = _LATER[reach > 0].match(reading.folded, end, limit)
    if later is None:
        return "", end
    return later.group("tail"), later.end() if later.end() - end < 12 else end


def _fraction(written: str) -> float:
    if written in _FRACTIONS:
        return _FRACTIONS[written]
    if "/" in written:
        upper, lower = written.split("/")
        return round(100 * int(upper) / int(lower), 2)
    return 50.0  # một nửa


def _bounds(low: float, high: float, lead: str, tail: str) -> tuple[float | None, float | None, bool]:
    if low != high:
        return low, high, False
    if tail == "trở lên" or lead.startswith(_LEAST):
        return low, None, True
    if tail == "trở xuống" or lead.startswith(_MOST):
        return None, high, True
    return low, high, False


@cache
def _compounds() -> re.Pattern[str]:
    """Counted nouns of several words; the longest first."""
    names = sorted(load_words("units", "compounds"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names) + r")(?!\w)")


@cache
def _never() -> frozenset[str]:
    """Words after a number that make it no amount of anything aimed at: times, places in an order, technical units."""
    return frozenset(load_words("units", "never"))


def _unit(reading: Reading, match: re.Match[str], limit: int) -> tuple[str, int, bool] | None:
    """(unit, end, per year) of a counted amount; None when what follows is no counted noun."""
    begin = match.end()
    compound = _compounds().match(reading.folded, begin, limit)
    if compound:
        end = compound.end()
    else:
        words = reading.words(begin, min(limit, begin + 60))
        syllable = _SYLLABLE.match(reading.folded, begin, limit)
        if syllable is None:
            return None
        # The segmentation may take the number for a part of the noun ("74,5 tuổi").
        end = words[0][1] if words and words[0][0] == begin else syllable.end()
    noun = " ".join(reading.folded[begin:end].split())
    denominator = _DENOMINATOR.match(reading.folded, end, limit)
    while denominator:
        end = denominator.end()
        denominator = _DENOMINATOR.match(reading.folded, end, limit)
    first = noun.split()[0] if noun else ""
    rated = (
        "/" in reading.folded[begin:end] and first != "lần"
    )  # "1,9 ngày/khách" measures something, "3 ngày" does not
    if end == begin or ((noun in _never() or first in _never()) and not rated):
        if first not in ("tuổi", "năm", "tháng", "ngày", "giờ", "phút", "lần"):
            return None
        if not _MEASURED.search(reading.folded, max(0, match.start("n") - 200), match.start("n")):
            return None
    start = match.start("scale") if match["scale"] else begin
    unit = " ".join(reading.text[start:end].replace("*", " ").split())
    per_year = _PER_YEAR.match(reading.folded, end, limit)
    return unit, per_year.end() if per_year else end, per_year is not None
