"""Which indicator of the vocabulary a target's words name: the longest alias that occurs, or none.

Words alone do not decide: a share is told in %, a count in its noun, so *số hộ nghèo* and *tỷ lệ hộ nghèo* stay two
indicators. A change in % (and a multiple) can be told of any indicator. What the words do not settle stays null.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from schema.folding import with_marks
from schema.units import MULTIPLE, PERCENT, POINTS, unit_of
from schema.vocabulary.indicators import Indicator, indicators

_WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)?")
_GAP = 10  # words that a … may stand for
_FIRST = 9  # words that may stand before an alias: Vietnamese names the head first
_ABBREVIATIONS = {
    "bhyt": "bảo hiểm y tế",
    "bhxh": "bảo hiểm xã hội",
    "tthc": "thủ tục hành chính",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "ntm": "nông thôn mới",
    "tngt": "tai nạn giao thông",
    "atgt": "an toàn giao thông",
    "dtts": "dân tộc thiểu số",
    "thpt": "trung học phổ thông",
    "thcs": "trung học cơ sở",
    "htx": "hợp tác xã",
    "nct": "người cao tuổi",
    "ctrsh": "chất thải rắn sinh hoạt",
    "tỉ": "tỷ",
}
_LEADING = frozenset(
    word
    for phrase in (
        "phấn đấu đạt nâng tăng giảm duy trì ổn định số tổng có ít nhất tối thiểu trên dưới khoảng",
        "đón thu hút xây dựng toàn tỉnh cả kéo bình quân mỗi năm hàng hằng hạ từng bước",
    )
    for word in phrase.split()
)
_EMPTY = frozenset(["ở", "em", "bị", "trong", "của", "và", "là", "các"])  # say nothing beside words of the name
_NARROWING = frozenset(["thuộc", "vùng", "tại", "ở", "khu", "miền", "huyện", "xã", "trường"])
_YEARS = re.compile(r"(?:(?:trong|đến|vào|cuối|tới) )*(?:năm|giai đoạn) \d{4}(?: (?:đến )?\d{4})?|(?:trong )?năm nay")
_NEUTRAL = tuple(
    tuple(phrase.split())
    for phrase in (
        "theo chuẩn nghèo đa chiều của quốc gia",
        "theo chuẩn nghèo đa chiều",
        "theo tiêu chí mới",
        "theo chuẩn mới",
        "trên địa bàn toàn tỉnh",
        "trên địa bàn tỉnh",
        "trên địa bàn huyện",
        "trên địa bàn thành phố",
        "trên địa bàn xã",
        "trên địa bàn",
        "so với đầu kỳ",
        "ở hình thức",
        "đủ điều kiện",
        "cung cấp",
        "cấp thẻ",
        "toàn thành phố",
        "toàn tỉnh",
        "toàn huyện",
        "toàn xã",
        "cả tỉnh",
        "của tỉnh",
        "của huyện",
        "của thành phố",
        "bình quân",
        "trung bình",
        "hàng năm",
        "hằng năm",
        "mỗi năm",
        "đa chiều",
        "tỷ lệ",
        "trở lên",
        "phấn đấu",
        "ổn định",
        "duy trì",
        "lũy kế",
        "tỷ trọng",
        "khối lượng",
        "giá trị",
        "vận động",
        "ủng hộ",
        *("số", "tổng", "nâng", "tăng", "gấp", "giảm", "đạt", "có", "của", "chung", "được", "lên", "lượng", "mức"),
        *("cho", "mới", "vụ", "ha", "km", "người", "hộ", "xã", "thôn", "trên", "các"),
    )
)


@dataclass(frozen=True, slots=True)
class Linked:
    """An indicator's code, and the words that narrow it (*vùng miền núi*); null when they say nothing more."""

    code: str
    qualifier: str | None


@dataclass(frozen=True, slots=True)
class _Alias:
    runs: tuple[tuple[str, ...], ...]
    anchored: bool
    follows: bool
    indicator: Indicator
    excludes: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def length(self) -> int:
        return sum(map(len, self.runs))


@lru_cache(maxsize=200_000)
def link_indicator(words: str | None, unit: str | None, direction: str, after: str | None = None) -> Linked | None:
    """The indicator that a target's words name under its unit and direction; None when they name none for certain.

    ``after`` is the code of the target before it in the plan's text: *số vụ tai nạn giao thông, số người chết*.
    """
    if not words or not unit:
        return None
    told = tuple(_words(words))
    held = set(told)
    found: list[tuple[int, int, str, tuple[int, ...], _Alias]] = []
    for alias in {alias for word in held for alias in _by_first_word().get(word, ())}:
        if not _fits(alias.indicator, unit, direction) or (alias.follows and not _same_field(alias.indicator, after)):
            continue
        place = _place(told, alias)
        if place is None or any(_find(told, runs, 0, len(told)) for runs in alias.excludes):
            continue
        found.append((-alias.length, place[0], alias.indicator.code, place, alias))
    if not found:
        return None
    # the longest, then the first; what follows settles ties the same way in every run
    *_, place, best = min(found, key=lambda one: one[:4])
    return Linked(best.indicator.code, _qualifier(told, place, best))


def _same_field(indicator: Indicator, after: str | None) -> bool:
    return after is not None and after.partition(".")[0] == indicator.code.partition(".")[0]


def _words(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(with_marks(text)):
        found += _ABBREVIATIONS.get(word, word).split()
    return found


@cache
def _by_first_word() -> dict[str, tuple[_Alias, ...]]:
    """Aliases by the first of their words."""
    table: dict[str, list[_Alias]] = {}
    for indicator in indicators():
        excludes = tuple(_runs(phrase) for phrase in indicator.excludes)
        for written in indicator.aliases:
            runs = _runs(written.lstrip("^~"))
            alias = _Alias(runs, written.startswith(("^", "~")), written.startswith("~"), indicator, excludes)
            table.setdefault(runs[0][0], []).append(alias)
    return {word: tuple(aliases) for word, aliases in table.items()}


def _runs(phrase: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_words(run)) for run in phrase.split("…"))


def _fits(indicator: Indicator, unit: str, direction: str) -> bool:
    base = unit_of(unit).base
    if base == MULTIPLE or (base == PERCENT and direction in ("decrease", "increase")):
        return True
    if base == POINTS:
        return PERCENT in indicator.unit
    return any(base == own or base.startswith(f"{own} ") for own in indicator.unit)


def _place(told: tuple[str, ...], alias: _Alias) -> tuple[int, ...] | None:
    """Where the alias stands: the first word of each of its runs."""
    if not alias.anchored:
        return _find(told, alias.runs, 0, _FIRST)
    for start, word in enumerate(told):
        if told[start : start + len(alias.runs[0])] == alias.runs[0]:
            return _find(told, alias.runs, start, start)
        if word not in _LEADING:
            break
    return None


def _find(told: tuple[str, ...], runs: tuple[tuple[str, ...], ...], first: int, last: int) -> tuple[int, ...] | None:
    """The first place between ``first`` and ``last`` where the runs follow each other, gaps of `_GAP` words between."""
    for begin in range(first, min(last, len(told) - len(runs[0])) + 1):
        if told[begin : begin + len(runs[0])] != runs[0]:
            continue
        if len(runs) == 1:
            return (begin,)
        end = begin + len(runs[0])
        rest = _find(told, runs[1:], end, end + _GAP)
        if rest is not None:
            return (begin, *rest)
    return None


def _qualifier(told: tuple[str, ...], place: tuple[int, ...], alias: _Alias) -> str | None:
    """The words that say more than the indicator's own name: around the alias, and those in its gaps that narrow it."""
    ends = [begin + len(run) for begin, run in zip(place, alias.runs, strict=True)]
    gaps = [told[end:begin] for end, begin in zip(ends, place[1:], strict=False)]
    parts = [told[: place[0]], *(gap for gap in gaps if _NARROWING.intersection(gap)), told[ends[-1] :]]
    name = _EMPTY.union(_words(alias.indicator.name))
    said = [words for part in parts if not name.issuperset(words := _significant(part))]
    return " … ".join(" ".join(words) for words in said) or None


def _significant(around: tuple[str, ...]) -> list[str]:
    words = tuple(_YEARS.sub(" ", " ".join(around)).split())
    found: list[str] = []
    at = 0
    while at < len(words):
        neutral = next((phrase for phrase in _NEUTRAL if words[at : at + len(phrase)] == phrase), None)
        if neutral is None:
            found.append(words[at])
            at += 1
        else:
            at += len(neutral)
    return found
