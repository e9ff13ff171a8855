"""What makes two mentions the same: keys of posts, issuers and documents."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from schema.folding import has_marks, with_marks
from schema.vocabulary import Issuer, document_types, issuers, name_key, province_at, provinces

_CITY = re.compile(r"(?<!\w)t\.? ?p\.? ?(?=\w)")
_COMMITTEE = re.compile(r"(?<!\w)ủy ban nhân dân(?!\w)")
_COUNCIL = re.compile(r"(?<!\w)hội đồng nhân dân(?!\w)")
_DISTRICT = re.compile(r"(?<!\w)(?:huyện|quận|thị xã|thành phố)(?!\w)")
_COMMUNE = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu)(?!\w)")
_OFFICE = re.compile(
    r"^(?:(?:phó )?(?:chủ tịch|bí thư|giám đốc|bộ trưởng|thứ trưởng|chánh văn phòng|trưởng ban)"
    r"|ban (?:thường trực|thường vụ|chấp hành)|đoàn chủ tịch|lãnh đạo|văn phòng) (?=\w)"
)
_PARTS = re.compile(r"^(\d{1,9})(?:/((?:19|20)\d{2})(?=/))?[/-]?(.*)$")
_SYMBOL_PART = re.compile(r"[^\W\d]+")


def digest(*parts: str | int | None) -> str:
    """A row's key: 16 hexadecimal digits over what identifies it."""
    content = "\n".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def post_id(portal: str, url: str, body: str | None) -> str:
    """A post is what stands at one address of one portal, whatever its content."""
    return digest("post", portal, url, body)


@cache
def _bodies() -> tuple[tuple[str, Issuer], ...]:
    found = {_plain(name): issuer for issuer in issuers() for name in (issuer.name, *issuer.aliases)}
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def _plain(name: str) -> str:
    folded = re.sub(r"\s+", " ", with_marks(name)).strip(" .,;:-")
    folded = re.sub(r" ?([-&]) ?", r"\1", folded)
    folded = _CITY.sub("thành phố ", folded)
    return _COUNCIL.sub("hđnd", _COMMITTEE.sub("ubnd", folded))


def vocabulary_body(name: str) -> Issuer | None:
    """The vocabulary entry an issuer's name begins with ("Sở TT&TT tỉnh Nghệ An" → Sở Thông tin và Truyền thông).

    An office of a body is its body here ("Chủ tịch UBND tỉnh Nghệ An" → Ủy ban nhân dân).
    """
    found = _begins(_plain(name)) or _begins(_OFFICE.sub("", _plain(name)))
    return found[1] if found else None


def _begins(folded: str) -> tuple[str, Issuer] | None:
    for spelling, issuer in _bodies():
        if folded == spelling or (folded.startswith(spelling) and not folded[len(spelling)].isalnum()):
            return spelling, issuer
    return None


@cache
def issuer_key(name: str) -> str:
    """One key for all spellings of an issuer: letter case, tones, abbreviations of the vocabulary."""
    folded = _plain(name)
    found = _begins(folded)
    return _plain(found[1].name) + folded[len(found[0]) :] if found else folded


@cache
def body_key(name: str) -> str:
    """One key for a body and its offices: *Chủ tịch UBND tỉnh X* is *UBND tỉnh X*."""
    return issuer_key(_OFFICE.sub("", _plain(name)))


@cache
def issuer_level(name: str) -> str:
    """central, province, department, district, commune, party, front, or other for a body of no known kind."""
    body = vocabulary_body(name)
    if body is None:
        return "other"
    if body.level == "province":
        rest = issuer_key(name).partition(_plain(body.name))[2]
        if _COMMUNE.search(rest):
            return "commune"
        place = _DISTRICT.search(rest)
        if place and not (place[0] == "thành phố" and province_at(rest[place.end() :].strip(), None)):
            return "district"
    return body.level


@cache
def issuer_province(name: str) -> str | None:
    """The province an issuer's name ends with ("UBND huyện Krông Nô, tỉnh Đắk Nông"), as the vocabulary spells it.

    Communes carry names of provinces too ("UBND xã Hòa Bình"): below the province the word tỉnh must stand before it.
    """
    if issuer_level(name) == "central":
        return None
    below = issuer_level(name) in ("district", "commune")
    folded = _plain(name)
    for spelling, province in _province_names():
        before = folded[: -len(spelling)]
        if folded.endswith(spelling) and not before[-1:].isalnum():
            told = before.endswith(("tỉnh ", "thành phố "))
            return province if told or not (below or before.endswith("tncs ")) else None
    return None


@cache
def _province_names() -> tuple[tuple[str, str], ...]:
    names = {_plain(name): row.name for row in provinces() for name in (row.name, *row.aliases)}
    return tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))


@lru_cache(maxsize=100_000)
def number_key(number: str) -> str:
    """One key for the spellings of a document's number: letter case, blanks, dashes, leading zeros."""
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", with_marks(number)))


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A number's parts: place in its series, the series, and the year that numbers of normative documents hold."""

    sequence: int | None
    series: str
    year: int | None


@lru_cache(maxsize=100_000)
def number_parts(number: str) -> NumberParts:
    """The parts of a number: 59/2015/QĐ-TTg is the 59th of qđ-ttg in 2015."""
    match = _PARTS.match(number_key(number))
    if match is None:
        return NumberParts(None, number_key(number), None)
    return NumberParts(int(match[1]), match[3], int(match[2]) if match[2] else None)


_MARKED = {"d": "đ", "u": "ư"}
_MOST_SPELLINGS = 256


def number_spellings(typed: str | None) -> list[str]:
    """The keys (see `number_key`) of all numbers that a reader who typed this may mean.

    Spelling aside it is one; when no marks are typed, also those with marks: in numbers only đ and ư bear them.
    """
    key = number_key(typed or "")
    if has_marks(key):
        return [key]
    found = [""]
    for letter in key:
        marked = _MARKED.get(letter) if len(found) < _MOST_SPELLINGS else None
        found = [one + other for other in (letter, marked) if other for one in found]
    return found


@cache
def _national_symbols() -> frozenset[str]:
    """Symbols that only bodies of the whole country use; BHXH and MTTQ stand in the numbers of provinces too."""
    national, local = set[str](), set[str]()
    for row in issuers():
        whole = row.level == "central" or re.search(r"Trung ương|^Bộ Chính trị|^Ban Bí thư|Việt Nam$", row.name)
        (national if whole else local).update(map(with_marks, row.symbols))
    return frozenset(national - local - {"mttq"})


@cache
def _type_symbols() -> dict[str, str]:
    return {with_marks(row.symbol): row.symbol for row in document_types()}


@lru_cache(maxsize=100_000)
def document_type(number: str) -> str | None:
    """The document type whose abbreviation the number carries ("446/KH-CTK" → KH), if it is a known one."""
    for part in _SYMBOL_PART.findall(number_key(number)):
        if part in _type_symbols():
            return _type_symbols()[part]
    return None


@lru_cache(maxsize=100_000)
def is_national(number: str) -> bool:
    """Whether a central body issued the document, as its number's symbol says (QĐ-TTg, NQ-CP, QH14, TT-BNV, NQ/TW)."""
    return any(part in _national_symbols() for part in _SYMBOL_PART.findall(number_key(number)))


def document_scope(number: str, issuer: str | None, province: str | None) -> str:
    """Within what a number is unique in its year: the whole country, a province, or one body below the province.

    Numbers such as 12/KH-UBND are used by every province and district. The province is the one the issuer's name
    gives, otherwise the one the citing text is about or whose portal it stands on; "" when none is known.
    """
    if is_national(number):
        return ""
    place = (issuer_province(issuer) if issuer else None) or province
    scope = name_key(place) if place else ""
    if issuer and issuer_level(issuer) in ("district", "commune"):
        return f"{scope}/{issuer_key(issuer)}"
    return scope


def document_id(number: str, scope: str, issued: str | None) -> str:
    """Key of a document: its number, where the number is unique, and its date."""
    return digest("document", number_key(number), scope, issued)
