"""Provinces named in a text, and the place a body acts for when its name leaves it out ("UBND tỉnh")."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from extract.text import fold
from schema.vocabulary import Province, name_key, province_at, provinces

_PREFIX = r"(?P<prefix>tỉnh|thành\s+phố|tp\s?\.?|t\.p\.?|thủ\s+đô)"
# These names are also common words or parts of other names: only with a prefix, or in capitals as written.
_PLAIN_WORDS = frozenset(
    fold(name) for name in ("Hòa Bình", "Thái Bình", "Bình Dương", "An Giang", "Long An", "Huế", "Quảng Nam")
)


# Of these the name is a district's, a street's or a school's; "thành phố" before it is a province's after all.
_LESSER = re.compile(r"(?:huyện|thị xã|xã|phường|quận|đường|(?<!thành )phố|thị trấn|cầu|sông|ngã tư|trường)\s+$")
_PERSON = re.compile(r"hồ\s+chí\s+minh$")


@dataclass(frozen=True, slots=True)
class Place:
    """A province named at ``folded[begin:end]``; ``name_begin`` is where the name itself begins."""

    begin: int
    name_begin: int
    end: int
    province: Province
    prefix: str


@cache
def _pattern() -> re.Pattern[str]:
    names = {
        fold(name) for row in provinces() for name in (row.name, *row.aliases) if not name.isascii() or len(name) > 3
    }
    ordered = sorted(sorted(names, key=len, reverse=True), key=lambda name: name[0])
    union = "|".join(
        initial + "(?:" + "|".join(_loose(name[1:]) for name in group) + ")"
        for initial, group in groupby(ordered, key=lambda name: name[0])  # twice as fast as one list of all names
    )
    return re.compile(rf"(?<![\w-])(?:{_PREFIX}\s*)?(?P<name>{union})(?!\w)(?!\s+dương\b)")


def _loose(name: str) -> str:
    """A name with any white space in its gaps and round its hyphens."""
    return re.sub(r"(?:\\ )*\\?-(?:\\ )*", r"\\s*-\\s*", re.escape(name)).replace(r"\ ", r"\s+")


@cache
def _province(name: str) -> Province | None:
    return province_at(name, None)


def find_provinces(text: str, folded: str, begin: int, end: int) -> list[Place]:
    """Provinces named in ``folded[begin:end]``, in order. Names must be capitalised in ``text``."""
    found = []
    for match in _pattern().finditer(folded, begin, end):
        at, stop = match.span("name")
        written = text[at:stop]
        if not written[0].isupper():
            continue
        if (
            match["prefix"] is None
            and re.sub(r"\s+", " ", match["name"]) in _PLAIN_WORDS
            and not _stands_alone(text, at, stop)
        ):
            continue
        if _LESSER.search(folded, max(0, at - 12), at):
            continue
        if match["prefix"] is None and _PERSON.match(match["name"]):
            continue  # phong cách Hồ Chí Minh, Đoàn TNCS Hồ Chí Minh: the man, not the city
        province = _province(re.sub(r"\s+", " ", match["name"]))
        if province is not None:
            found.append(Place(match.start(), at, stop, province, match["prefix"] or ""))
    return found


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Every syllable capitalised ("Thái Bình"), and not the middle of a longer name."""
    syllables = text[begin:end].split()
    after = text[end : end + 2]
    return (
        len(syllables) > 1 and all(s[0].isupper() for s in syllables) and not (after[:1] == " " and after[1:].isupper())
    )


def province_of_place_line(name: str) -> Province | None:
    """The province of a place line ("Nghệ An, ngày …"), which names the province or, before 2011, its capital."""
    province = province_at(name, None)
    if province is not None:
        return province
    key = name_key(name)
    return next((row for row in provinces() if name_key(row.seat) == key), None)


def full_name(province: Province) -> str:
    """The province with its kind: "tỉnh Nghệ An", "thành phố Cần Thơ"."""
    return f"{'thành phố' if province.type == 'city' else 'tỉnh'} {province.name}"
