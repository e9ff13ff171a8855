"""The province a plan applies to: by its issuer, its place line, its title, or what the text speaks of most."""

import re
from collections import Counter

from extract.components.bodies import Body, find_bodies
from extract.components.document_numbers import Mention
from extract.components.evidence import evidence_at
from extract.components.header import Header
from extract.components.places import Place, find_provinces
from extract.reading import Reading
from extract.text import fold
from schema.record import Evidence
from schema.vocabulary import Province

_NATIONAL = re.compile(
    r"(?:việt nam|trung ương(?: đảng| đoàn)?|toàn quốc)$|^(?:chính phủ|quốc hội|bộ (?!chỉ huy|đội|tư lệnh))"
)
_OF_NATION = re.compile(r"(?<!\w)(?:trung ương|quốc gia|toàn quốc|tổng cục)(?!\w)")
_OF_PLACE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường)(?!\w)")
_HERE = re.compile(r"địa\s+bàn\s+(?:toàn\s+)?$|của\s+$|toàn\s+$")
_COMMUNE = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu)(?!\w)")
_VENUE = re.compile(r"(?:tại|ở|về|đến|từ|thăm|di tích(?: [^,.;]{0,16})?|atk|với|quê)\s+$")
_VISITED = re.compile(r"(?:thăm|di tích(?: [^,.;]{0,16})?|atk|quê)\s+$")


def place_written_from(reading: Reading) -> Province | None:
    """The province a post about no plan is written from: "UBND tỉnh" means its. None when several are as likely."""
    counts: Counter[str] = Counter()
    found: dict[str, Province] = {}
    for index, block in enumerate(reading.blocks):
        for place in find_provinces(reading.text, reading.folded, block.content, block.end):
            counts[place.province.name] += 3 if index < 2 else 1
            found[place.province.name] = place.province
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return found[ranked[0][0]]


def report_province(reading: Reading, body: Body | None, begin: int) -> tuple[Province | None, Evidence | None]:
    """The province of the issuer's name; else the one named beside the plan; else the one the post speaks of most."""
    if body is not None:
        named = [
            place
            for place in find_provinces(reading.text, reading.folded, body.begin, body.end + 1)
            if not _is_town(reading, place)
        ]
        if named:
            return named[-1].province, evidence_at(reading, named[-1].begin, named[-1].end, "province.issuer", 0.97)
        if body.issuer is not None and body.issuer.level == "central":
            return None, None
    sentence = reading.sentence_at(begin)
    reach = 6 if body is not None else 2  # without an issuer only what stands beside the plan says where it holds
    stretches = [(sentence.begin, sentence.end)] if sentence else []
    stretches += [
        (b.content, min(b.end, b.content + 600))
        for i, b in enumerate(reading.blocks[:reach])
        if not reading.furniture[i]
    ]
    for first, last in stretches:
        here = [p for p in _places(reading, first, last, _VENUE) if _says_where(reading, p)]
        if here and (body is not None or len({place.province.name for place in here}) == 1):
            return here[0].province, evidence_at(reading, here[0].begin, here[0].end, "province.named", 0.85)
    everywhere = [
        p
        for i, b in enumerate(reading.blocks)
        if not reading.furniture[i]
        for p in _places(reading, b.content, b.end, _VISITED)
    ]
    weights: Counter[str] = Counter()
    for place in everywhere:
        weights[place.province.name] += 2 if _says_where(reading, place) else 1
    if "Hà Nội" in weights:
        weights["Hà Nội"] += 2 * len(re.findall(r"thủ đô", reading.folded))
    ranked = weights.most_common(2)
    if not ranked or (body is None and len(ranked) > 1):
        return None, None
    chosen = next(place for place in everywhere if place.province.name == ranked[0][0])
    return chosen.province, evidence_at(reading, chosen.begin, chosen.end, "province.frequent", 0.7)


def _places(reading: Reading, begin: int, end: int, elsewhere: re.Pattern[str]) -> list[Place]:
    """Provinces named in a stretch, but for those named as being elsewhere ("thăm khu di tích … Thái Nguyên")."""
    found = find_provinces(reading.text, reading.folded, begin, end)
    return [
        place
        for place in found
        if not elsewhere.search(reading.folded[max(0, place.begin - 24) : place.begin]) and not _is_town(reading, place)
    ]


def _is_town(reading: Reading, place: Place) -> bool:
    """Until 2025 the city of Huế was a town of the province Thừa Thiên Huế."""
    written = reading.folded[place.begin : place.end]
    return place.province.name == "Huế" and "thừa" not in written and _latest_year(reading) < 2025


def _says_where(reading: Reading, place: Place) -> bool:
    return bool(place.prefix or _HERE.search(reading.folded[max(0, place.begin - 20) : place.begin]))


def _latest_year(reading: Reading) -> int:
    return max((int(year) for year in re.findall(r"(?<!\d)20[0-4]\d(?!\d)", reading.folded)), default=9999)


def document_province(
    reading: Reading, header: Header, subject: Mention | None
) -> tuple[Province | None, Evidence | None]:
    """The province by the surest sign there is: issuer, place line, title, attachment line, "trên địa bàn tỉnh …"."""
    if header.issuer_span is not None:
        begin, end = header.issuer_span
        for place in find_provinces(_titled(reading, begin, end), reading.folded[begin:end], 0, end - begin):
            return place.province, evidence_at(reading, begin + place.begin, begin + place.end, "province.issuer", 0.98)
    if header.issuer is not None and is_central(header.issuer):
        return None, None  # a national body's plan, wherever it was signed
    begin = reading.blocks[reading.block_at(header.issued.begin)].content if header.issued else 0
    if header.place is not None and header.issued is not None and not _is_commune(reading, header, begin):
        return header.place, evidence_at(reading, begin, header.issued.end, "province.place_line", 0.97)
    stretches: list[tuple[int, int]] = []
    if header.title is not None:
        stretches.append(header.title)
    if header.attached_to is not None:
        block = reading.blocks[reading.block_at(header.attached_to.begin)]
        stretches.append((block.content, block.end))
    for begin, end in stretches:
        for place in find_provinces(_titled(reading, begin, end), reading.folded[begin:end], 0, end - begin):
            return place.province, evidence_at(reading, begin + place.begin, begin + place.end, "province.title", 0.95)
    counts: dict[str, list[tuple[int, int]]] = {}
    found: dict[str, Province] = {}
    for index, block in enumerate(reading.blocks):
        if reading.furniture[index]:
            continue
        for place in find_provinces(reading.text, reading.folded, block.content, block.end):
            weight = 3 if place.prefix else 1
            counts.setdefault(place.province.name, []).extend([(place.begin, place.end)] * weight)
            found[place.province.name] = place.province
    if not counts:
        return None, None
    most = max(counts, key=lambda name: len(counts[name]))
    begin, end = counts[most][0]
    return found[most], evidence_at(reading, begin, end, "province.frequent", 0.8)


def _is_commune(reading: Reading, header: Header, begin: int) -> bool:
    """A ward that bears the name of a former seat writes its own name in the place line: "Tân An, ngày …"."""
    if header.issuer is None or header.issued is None or header.place is None:
        return False
    place_line = reading.folded[begin : header.issued.begin]
    return bool(_COMMUNE.search(fold(header.issuer))) and fold(header.place.name) not in place_line


def is_central(name: str) -> bool:
    """Is a body, by its name, one of the whole country?"""
    folded = fold(name)
    bodies = find_bodies(folded, 0, len(folded))
    issuer = bodies[0].issuer if bodies else None
    if issuer is not None and issuer.level == "central":
        return True
    return bool(_NATIONAL.search(folded) or (_OF_NATION.search(folded) and not _OF_PLACE.search(folded)))


def _titled(reading: Reading, begin: int, end: int) -> str:
    stretch = reading.text[begin:end]
    titled = stretch.title()
    return titled if stretch.isupper() and len(titled) == len(stretch) else stretch
