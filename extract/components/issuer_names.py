"""A body as an issuer: the name in full, with UBND for Ủy ban nhân dân and the place it acts for."""

import re
from collections import Counter
from functools import cache

from extract.components.bodies import Body, body_at, find_bodies
from extract.components.places import find_provinces, full_name
from extract.layout import UPPER
from extract.reading import Reading
from extract.text import fold
from schema.vocabulary import Province

_PEOPLES_COMMITTEE = re.compile(
    r"[ỦU][yỷỶY]\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân|Ủy\s+ban\s+nhân\s+dân", re.IGNORECASE
)
CHAIR = re.compile(
    r"^(?:(?:phó )?(?:chủ tịch|chánh văn phòng|giám đốc|bí thư|cục trưởng|trưởng ban|tổng giám đốc)"
    r"|bộ trưởng(?= bộ)|thứ trưởng(?= bộ)|lãnh đạo)\s+",
    re.IGNORECASE,
)
_MINISTER = re.compile(r"^bộ trưởng (?!bộ)", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:tỉnh|thành phố|tp\.?)$")
_OWN_PROVINCE = re.compile(
    r"^(?:ban thường vụ |ban chấp hành |ban thường trực )?(?:tỉnh ủy|thành ủy|tỉnh đoàn|thành đoàn|đảng bộ tỉnh)$"
)
_DEPARTMENT = re.compile(
    r"^(?:giám đốc )?(?:sở|cục thống kê|cục thuế|công an tỉnh|liên đoàn lao động|ban dân tộc|bảo hiểm xã hội)(?!\w)"
)
_PLACED = re.compile(
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã(?!\s+hội)|phường|thị trấn|đặc khu|việt nam"
    r"|trung ương|quốc gia)(?!\w)"
)
_LOCAL = re.compile(r"(?:^|\s)(?P<kind>huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thành phố)$")
_GENERIC = {
    "ban thường trực": "Ban Thường trực", "ban thường vụ": "Ban Thường vụ", "ban chấp hành": "Ban Chấp hành",
    "ban chỉ đạo": "Ban Chỉ đạo", "văn phòng": "Văn phòng", "ban tổ chức": "Ban Tổ chức", "hội đồng": "Hội đồng",
}  # fmt: skip
_OFFICE = re.compile(r"(?:trưởng )?phòng (?!thương mại)")
_BLOC = re.compile(r"(?:đảng ủy|đảng bộ) khối$")
_SEAT = re.compile(r"(?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+\S.*$")
_NATIONAL = r"(?!CỘNG HÒA|Cộng hòa|Cộng Hòa|ĐỘC LẬP|Độc lập|ĐẢNG CỘNG)"  # the right half of a header, on the same line
_ON_LINE = rf"[{UPPER}][\w'’]*(?:[^\S\n]+{_NATIONAL}[{UPPER}][\w'’]*){{0,3}}"
_TWO_NAMES = rf"[{UPPER}][\w'’]*[^\S\n]*\s[{UPPER}][\w'’]*"
_NAMED = rf"[{UPPER}][\w'’]*(?:\s+(?:-\s+)?{_NATIONAL}[{UPPER}][\w'’]*){{0,3}}"


def issuer_name(reading: Reading, body: Body, province: Province | None) -> str:
    """The body as the text names it, on one line, with its place added when the name leaves it open.

    Where the text names the same body with its place elsewhere ("Sở Xây dựng TP.HCM"), those words are taken.
    """
    name = tidy(reading.text[body.begin : body.end])
    folded = fold(name)
    if _BLOC.search(folded):
        return f"{name}{_bloc(reading)}"
    if _OFFICE.match(folded) and not _PLACED.search(folded) and (district := _own_district(reading)) is not None:
        named = folded.endswith(re.sub(r"^(?:huyện|quận|thị xã|thành phố) ", "", fold(district)))
        return name if named else f"{name} {district}"  # "Phòng GD&ĐT Chư Sê" says its district
    if _OFFICE.match(folded) and not _PLACED.search(folded) and (seat := _told_seat(reading, body)) is not None:
        return f"{name} {seat}"
    local = _LOCAL.search(folded)
    if local and not (local["kind"] == "thành phố" and province is not None and province.type == "city"):
        place = local_place(reading, local["kind"])
        if place is not None:
            return f"{name} {place}"
    completed = complete(name, province)
    if completed == name or province is None or _OPEN_END.search(folded):
        return completed
    found = []
    fuller = re.compile(re.escape(reading.folded[body.begin : body.end]) + r"\s+(?=\S)")
    for match in fuller.finditer(reading.folded):
        behind = find_provinces(reading.text, reading.folded, match.end(), min(len(reading.text), match.end() + 40))
        if behind and behind[0].begin == match.end() and behind[0].province is province:
            found.append(tidy(reading.text[match.start() : behind[0].end]))
    if found:
        return max(found, key=len)  # "Sở Xây dựng tỉnh Bắc Ninh" rather than the headline's "Sở Xây dựng Bắc Ninh"
    bare = province.type == "city" and not _prefixed(province).search(reading.folded)
    return f"{name} {province.name}" if bare and _DEPARTMENT.search(folded) else completed


@cache
def _prefixed(province: Province) -> re.Pattern[str]:
    """A city under its kind: a text that writes only "Hà Nội" has no "thành phố Hà Nội"."""
    return re.compile(r"(?:thành\s+phố|tp\s?\.?)\s*" + re.escape(fold(province.name)).replace(r"\ ", r"\s+"))


def _bloc(reading: Reading) -> str:
    """What a Party committee of a bloc is of, where the text says it once: " các cơ quan thành phố Hà Nội"."""
    said = re.search(r"(?:đảng ủy|đảng bộ)\s+khối(?=\s+(?:các\s+)?(?:cơ quan|doanh nghiệp|đảng))", reading.folded)
    body = body_at(reading.folded, said.start(), len(reading.folded), reading.text) if said else None
    return f" {tidy(reading.text[said.end() : body.end])}" if said and body and body.end > said.end() else ""


def _own_district(reading: Reading) -> str | None:
    """The district or town whose committee's text it is: an office without a place ("Phòng Y tế") is of it."""
    pattern = re.compile(
        rf"(?i:UBND|{_PEOPLES_COMMITTEE.pattern})[\s|*]+((?i:huyện|quận|thị\s+xã|thành\s+phố)\s+{_ON_LINE})"
    )
    found = {
        _proper(tidy(match[1])) if match[1].isupper() else tidy(match[1]) for match in pattern.finditer(reading.text)
    }
    named = [name for name in found if not find_provinces(name.title(), fold(name), 0, len(name))]
    return named[0] if len(named) == 1 else None


def _told_seat(reading: Reading, body: Body) -> str | None:
    """The place that a text gives behind the same words elsewhere, "Phòng GD&ĐT Hiệp Hòa", when it is one place."""
    words = re.escape(reading.text[body.begin : body.end])
    found = {tidy(match[1]) for match in re.finditer(rf"(?<!\w){words}\s+({_TWO_NAMES})(?!\w)", reading.text)}
    return next(iter(found)) if len(found) == 1 else None


def without_chair(name: str) -> str:
    """The body for which a chair or minister signs: "Chủ tịch UBND tỉnh …", "Bộ trưởng Y tế"."""
    return _MINISTER.sub("Bộ ", CHAIR.sub("", name))


def local_place(reading: Reading, kind: str) -> str | None:
    """The district, town or commune most often named in a text ("huyện Yên Khánh" → "Yên Khánh"), else None."""
    pattern = re.compile(rf"(?<!\w)(?:{kind}|{kind.capitalize()}|{kind.upper()})\s+({_NAMED})")
    names = Counter(" ".join(match[1].split()) for match in pattern.finditer(reading.text))
    spelled = Counter({name.title() if name.isupper() else name: count for name, count in names.items()})
    return spelled.most_common(1)[0][0] if spelled else None


def tidy(name: str) -> str:
    """One line, UBND for any spelling of Ủy ban nhân dân, no Markdown."""
    name = re.sub(r"[\s*]+", " ", name).strip(" .,;:-–")
    return _PEOPLES_COMMITTEE.sub("UBND", name)


def complete(name: str, province: Province | None) -> str:
    """Add the province to a name that ends in "tỉnh" or names a department or Party committee without a place."""
    if province is None:
        return name
    folded = fold(name)
    if folded in ("ubnd", "hđnd", "ủy ban nhân dân", "hội đồng nhân dân"):
        return f"{name} {full_name(province)}"
    if " và " in folded and find_provinces(name, folded, 0, len(folded)):
        return name  # of two bodies the first says where both are
    if _OPEN_END.search(folded):
        return f"{name} {province.name}"
    if _OWN_PROVINCE.search(folded):
        return f"{name} {full_name(province).capitalize() if province.name == 'Hồ Chí Minh' else province.name}"
    if _DEPARTMENT.search(folded) and not _PLACED.search(folded) and not find_provinces(name, folded, 0, len(name)):
        place = full_name(province)
        return f"{name} {place[0].upper() + place[1:] if province.name == 'Hồ Chí Minh' else place}"
    return name


def header_issuer(lines: list[str]) -> str | None:
    """The issuer named by a document's header lines: the lowest body, with its superior's place.

    ["ỦY BAN NHÂN DÂN", "TỈNH NGHỆ AN"] is "UBND tỉnh Nghệ An"; ["UBND TỈNH HÀ TĨNH", "SỞ Y TẾ"] "Sở Y tế tỉnh Hà Tĩnh".
    """
    names: list[tuple[str, Body]] = []
    pending = ""  # "ỦY" above "BAN NHÂN DÂN": a table cell's name broken over lines
    for number, line in enumerate(lines):
        joined = re.sub(r"\s+", " ", f"{pending} {line}").strip(" *-_.")
        joined = re.sub(r"(?<=[^\W\d_]{3})\s*&\s*(?=[^\W\d_]{3})", " VÀ ", joined)  # "GIÁO DỤC&ĐÀO TẠO"
        joined = re.sub(r"^(?:[ỦU]?[YỶ] )?BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN", joined)  # its first letter lost
        pending = ""
        bodies = find_bodies(fold(joined), 0, len(joined))
        if bodies and bodies[0].begin == 0:
            names += [(joined[body.begin : body.end], body) for body in bodies]
        elif names:  # the name goes on: its place, or the rest of a long name
            whole = f"{names[-1][0]} {joined}"
            again = find_bodies(fold(whole), 0, len(whole))
            names[-1] = (whole[: again[0].end], again[0]) if again else names[-1]
        elif bodies and number == len(lines) - 1:
            names += [(joined[body.begin : body.end], body) for body in bodies]
        else:
            pending = joined
    if not names:
        return None
    name, own = names[-1]
    if len(names) == 1:
        return _cased(name, own)
    above, superior = names[-2]
    if fold(name) in _GENERIC:
        whole = _cased(above, superior)
        place = next(
            iter(find_provinces(" ".join(lines).title(), fold(" ".join(lines)), 0, len(" ".join(lines)))), None
        )
        if place is not None and not find_provinces(whole.title(), fold(whole), 0, len(whole)):
            whole = f"{whole} {full_name(place.province)}"
        return f"{_GENERIC[fold(name)]} {whole}"
    if _PLACED.search(fold(name)) or find_provinces(name.title(), fold(name), 0, len(name)):
        return _cased(name, own)
    seat = _SEAT.search(_proper(above))
    levels = ("department", "front", "party")
    if seat and (own.issuer is None or own.issuer.level in levels) and not fold(above).startswith("bộ "):
        return f"{_cased(name, own)} {seat.group()}"
    return _cased(name, own)


def _cased(name: str, body: Body) -> str:
    """Header capitals to running case: the vocabulary's spelling of the body, the rest as proper names."""
    if not name.isupper():
        return tidy(name)
    folded = fold(name)
    if body.issuer is not None:
        spelled = next((s for s in (body.issuer.name, *body.issuer.aliases) if folded.startswith(fold(s))), None)
        if spelled is not None:
            return tidy(f"{spelled} {_proper(name[len(spelled) :])}".strip())
    return tidy(_proper(name))


_KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "và", "của")


_ACRONYMS = re.compile(
    r"(?<!\w)(?:Thcs|Thpt|Thcs&Thpt|Ptdtnt|Ptdtbt|Tncs|Mttq|Hđnd|Ubnd|Bhxh|Lđlđ|Lhpn|Gd&Đt|Gdđt)(?!\w)"
)


_EDUCATION = re.compile(r"(?<=Giáo )Dục và Đào Tạo(?!\w)")  # no place: its words keep small letters


def _proper(name: str) -> str:
    words = name.title()
    words = _ACRONYMS.sub(lambda match: match.group().upper(), words)
    for kind in _KINDS:
        words = re.sub(rf"(?<!\w){kind.title()}(?!\w)", kind, words)
    return _EDUCATION.sub("dục và Đào tạo", words).strip()
