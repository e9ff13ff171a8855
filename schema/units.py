"""Units as written ("triệu lượt khách", "tỷ đồng") as a factor and a base unit ("lượt khách", "đồng")."""

import re
from dataclasses import dataclass
from functools import lru_cache

from schema.folding import with_marks

_SCALES = {
    "chục": 10.0,
    "trăm": 100.0,
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "triệu": 1e6,
    "tỷ": 1e9,
    "tỉ": 1e9,
}
_POINTS = re.compile(r"^(?:điểm ?(?:%|phần trăm)|điểm phần trăm)$")
_SPELLINGS = {
    "phần trăm": "%",
    "đô la mỹ": "usd",
    "đô la": "usd",
    "m²": "m2",
    "hecta": "ha",
    "héc ta": "ha",
    "htx": "hợp tác xã",
}

MULTIPLE = "lần"
PERCENT = "%"
POINTS = "điểm %"


@dataclass(frozen=True, slots=True)
class Unit:
    """``factor`` times ``base``: triệu đồng is 1,000,000 times đồng."""

    factor: float
    base: str


@lru_cache(maxsize=50_000)
def unit_of(written: str) -> Unit:
    """The unit behind a spelling; a spelling that is only a number word (triệu) keeps it as its factor."""
    words = " ".join(with_marks(written).split())
    factor = 1.0
    while True:
        first, _, rest = words.partition(" ")
        if first not in _SCALES:
            break
        factor *= _SCALES[first]
        words = rest
    if _POINTS.match(words):
        words = POINTS
    return Unit(factor, _SPELLINGS.get(words, words))
