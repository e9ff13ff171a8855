"""The head of a document: issuer, number, place and date, type and title (the first of the nine components)."""

import re
from dataclasses import dataclass, field

from extract.components.dates import TimeExpression, find_times
from extract.components.document_numbers import Mention
from extract.components.issuer_names import header_issuer
from extract.components.places import province_of_place_line
from extract.reading import Reading
from extract.text import fold
from schema.vocabulary import Province

_SMALL = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđăơưĩũ"
_REACH = 60  # blocks; law sites put a table of particulars above the header
_MOTTO = re.compile(
    r"cộng h(?:òa|oà)\s+(?:x|hội)|h(?:òa|oà)\s+xã hội chủ|x[ãà]\s?hội\s+chủ nghĩa"
    r"|^(?:hội )?chủ nghĩa việt nam|đảng cộng sản việt nam|độc lập\s*-?\s+tự do"
    r"|đoàn (?:tncs|thanh niên cộng sản) hồ chí minh"
)
_MOTTO_CUES = ("cộng ", "hội chủ", "chủ nghĩa", "độc lập", "đoàn tncs")  # one of them stands in every match
_TYPES = (
    "kế hoạch|quyết định|nghị quyết|chỉ thị|thông báo|báo cáo|công điện|chương trình|hướng dẫn|tờ trình|đề án|phương án"
    "|quy chế|quy định|kết luận|thông tư|nghị định|luật|công văn|giấy mời|quy chuẩn|thông tri|chương trình hành động"
    "|k hoạch"
)
_TYPE_LINE = re.compile(rf"({_TYPES})(?:\s+(?:liên tịch|phối hợp|liên ngành))?\s*[.:]?$")
_TYPE_AND_TITLE = re.compile(r"(kế hoạch)(?:\s+(?:liên tịch|phối hợp|liên ngành|hành động))?\s+(?=\w)")
_NUMBER_LINE = re.compile(r"(?:^|\||\s{2,})\s*số\s*:?\s*(?:[\d.…/-]|/)|(?:^|\s)số\s*:\s*(?:[\d.…/-]|/)")
_NUMBER_BELOW = re.compile(r"(?:^|[\s|])số\s*:?$")  # the number itself stands in a block of its own below
_PARTICULAR = re.compile(r"\d+/[\w-]+$")  # a law site's table repeats the number
_PLACE_DATE = re.compile(r"(?:^|[\s|])(?P<place>[^\n|,:;.\d]{2,48}?)\s*,\s*ngày(?:\s|\.|…)")
_AFTER_TITLE = re.compile(
    r"(?:căn cứ|thực hiện|triển khai thực hiện|triển khai|theo|để|nhằm|trên cơ sở|xét|sau|trong"
    r"|kính gửi|chủ tịch|ủy ban|ubnd|năm|hiện nay|điều|\(|i\.|phần|ngày|tiếp tục|hưởng ứng"
    r"|chấp hành)\b|\("
)
_CAPITALS = re.compile(rf"(?:[^a-zà-ý\n{_SMALL}]+\n)+")
_DECIDES = re.compile(  # who decides, on a line of its own below a decision's title
    r"(?:chủ tịch\s+)?(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd)"
    r"(?:\s+(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?:\s+\S+){0,4})?$"
    r"|(?:giám đốc|bộ trưởng|thủ tướng|chính phủ|cục trưởng)(?:\s|$)"
)
_LONGEST_TITLE = 400
_BARE_TITLE = re.compile(
    r"(?P<type>kế hoạch|quyết định|chỉ thị|công điện|nghị quyết|thông tư)\s+"
    r"(?:(?:v/v|về việc|về)\s+(?=\w)|(?=ban hành|phê duyệt)|(?<=kế hoạch )(?=\w))"
)
_PREAMBLE = re.compile(r"(?:căn cứ|thực hiện|triển khai thực hiện|xét đề nghị|theo đề nghị)\s")
_SET_OUT = re.compile(r"kế hoạch[^.;]*như sau\s*:?$")
_RUN_ON_DATE = re.compile(r"\s+(?P<place>[^\d,:;.]{2,40}),\s*ngày")
_RUN_ON_TYPE = re.compile(r"\sKẾ HOẠCH\s+(?=\S)")
_RUN_ON_BASIS = re.compile(r"\s(?=(?:Căn cứ|Thực hiện|Triển khai thực hiện|Theo|Nhằm|Để)\s)")
_ATTACHED = re.compile(r"(?:^|\()\W*(?:được\s+)?(?:ban hành\s+)?kèm theo|phụ lục[^.]*kèm theo")
_ATTACHED_INSIDE = re.compile(r"\s\((?:được\s+)?(?:ban hành\s+)?kèm theo (?:quyết định|kế hoạch)[^()]*\)")
_ATTACHED_TO_PLAN = re.compile(r"kèm theo\s+kế hoạch\s+(?:số\s*)?:?[\s.…]*/\s*kh")
_DECIDES_PLAN = re.compile(r"(?P<lead>(?:về việc|v/v|về)\s+)(?:ban hành|phê duyệt)\s+(?:\S+\s+){0,3}?kế hoạch\s")
_BODY = re.compile(r"như sau|(?:ban hành|xây dựng)\s+(?:bản\s+)?kế hoạch|căn cứ\s|kính gửi|điều\s+1|\(")


@dataclass(slots=True)
class Header:
    """What a document's head says; block numbers are indices into ``reading.blocks``; ``bare``: it is but a title."""

    is_state: bool = False
    is_youth: bool = False
    type: str | None = None
    title: tuple[int, int] | None = None
    type_block: int = -1
    end_block: int = 0
    issuer: str | None = None
    issuer_span: tuple[int, int] | None = None
    number: Mention | None = None
    number_left_blank: bool = False
    issued: TimeExpression | None = None
    place: Province | None = None
    attached_to: Mention | None = None
    attached_to_plan: bool = False
    bare: bool = False
    lines: list[str] = field(default_factory=list)


def read_header(reading: Reading) -> Header:
    """Read the head of a text; a text without one gives an empty header."""
    header = Header()
    blocks = reading.blocks[:_REACH]
    folded = [reading.folded[block.content : block.end].strip() for block in blocks]
    _type_and_title(reading, header, folded)
    if header.type is None:
        _bare_title(reading, header, folded)
    limit = header.type_block if header.type_block >= 0 else _end_of_head(folded)
    first_issuer = last_issuer = -1
    for index in range(limit):
        block = blocks[index]
        if reading.furniture[index]:
            continue
        words = folded[index]
        place = _PLACE_DATE.search(words) if "ngày" in words else None
        motto = _MOTTO.search(words) if any(cue in words for cue in _MOTTO_CUES) else None
        if motto:
            header.is_state = True
            header.is_youth = header.is_youth or motto.group().startswith("đoàn")
        if place and header.issued is None and len(words) < 160:
            times = find_times(reading.folded, block.content + place.start(), block.end)
            header.issued = next((time for time in times if time.precision == "day" and time.year_given), None)
            name = re.sub(r".*\b(?:ubnd|ubtvqh\d*|hđnd|[a-zđ]{2,8}-[a-zđ&-]+)\s+", "", place["place"])
            header.place = province_of_place_line(name.split("|")[-1])
        if header.number is None and "số" in words and _NUMBER_LINE.search(words):
            header.number = next((m for m in reading.mentions if block.begin <= m.begin < block.end), None)
            header.number_left_blank = header.number is None and "/" in words
            continue
        above = folded[index - 1] if index > 0 else ""
        if header.number is None and words[:1].isdigit() and "/" in words and _NUMBER_BELOW.search(above):
            header.number = next((m for m in reading.mentions if block.begin <= m.begin < block.end), None)
            continue
        in_head = header.is_state or header.type_block >= 0 or index < 6 or _above_motto(folded, index)
        if header.number is None and not place and in_head:
            line = reading.text[block.content : block.content + motto.start() if motto else block.end]
            if motto:  # a head of two columns read across: the motto stands between the bodies
                line = _beside_motto(reading.text[block.content : block.end]) or line
            line = line.strip(" -–_*|.\n")
            if line.isupper() and len(line) < 160 and not _PARTICULAR.match(line):
                header.lines += line.split("\n")
                first_issuer = block.content if first_issuer < 0 else first_issuer
                last_issuer = block.content + len(line)
    if header.is_state or header.number:
        header.issuer = header_issuer(header.lines)
        if header.issuer:
            header.issuer_span = (first_issuer, last_issuer)
    _run_together(reading, header)
    _attached(reading, header)
    return header


def _above_motto(folded: list[str], index: int) -> bool:
    """Does the motto's first line stand one or two blocks below, as on a law site with particulars above the head?"""
    return any("cộng " in words and _MOTTO.match(words) for words in folded[index + 1 : index + 3])


def _beside_motto(written: str) -> str:
    """The lines in capitals among which the motto's lines stand; none when the motto comes first."""
    lines = [line.strip(" -–_*|.") for line in written.split("\n")]
    if _MOTTO.search(fold(lines[0])):
        return ""
    return "\n".join(line for line in lines if line.isupper() and not _MOTTO.search(fold(line)))


def _run_together(reading: Reading, header: Header) -> None:
    """A head whose lines were run together: "Số: 77/KH-SKHCN An Giang, ngày … KẾ HOẠCH Cải cách … Thực hiện …"."""
    if header.type is not None or header.number is None or not header.is_state:
        return
    index = reading.block_at(header.number.begin)
    end = reading.blocks[index].end
    place = _RUN_ON_DATE.match(reading.folded, header.number.end, end)
    if place and header.issued is None:
        times = find_times(reading.folded, place.end() - len("ngày"), min(end, place.end() + 40))
        header.issued = next((time for time in times if time.precision == "day" and time.year_given), None)
        header.place = province_of_place_line(place["place"])
    begins = _RUN_ON_TYPE.search(reading.text, header.issued.end if header.issued else header.number.end, end)
    stop = _RUN_ON_BASIS.search(reading.text, begins.end(), end) if begins else None
    if begins and stop:
        header.type, header.type_block, header.end_block = "kế hoạch", index, index
        header.title = (begins.end(), stop.start())


def _end_of_head(folded: list[str]) -> int:
    """Where a head without a type line may end: some blocks below its motto, which a law site's particulars precede."""
    motto = next((i for i, w in enumerate(folded) if any(cue in w for cue in _MOTTO_CUES) and _MOTTO.search(w)), 0)
    return min(len(folded), max(12, motto + 6))


def _type_and_title(reading: Reading, header: Header, folded: list[str]) -> None:
    for index, words in enumerate(folded):
        block = reading.blocks[index]
        written = reading.text[block.content : block.end]
        if reading.furniture[index] or not written[:3].isupper():
            continue
        line = _TYPE_LINE.match(words)
        if line and written.upper() == written:
            header.type, header.type_block = line.group(1).replace("k hoạch", "kế hoạch"), index  # a letter lost
            _title(reading, header, index + 1, folded)
            return
        decides = _DECIDES_PLAN.match(words)
        if decides and written.isupper():  # the line "QUYẾT ĐỊNH" above it is lost
            header.type, header.type_block = "quyết định", index
            header.title, header.end_block = (block.content + decides.end("lead"), block.end), index + 1
            return
        inline = _TYPE_AND_TITLE.match(words)
        if inline and written.isupper() and (block.marker == "none") and len(words) < 500:
            header.type, header.type_block = "kế hoạch", index
            end = _further_capitals(reading, index + 1, folded)
            header.title, header.end_block = (block.content + inline.end(), reading.blocks[end - 1].end), end
            return


def _further_capitals(reading: Reading, index: int, folded: list[str]) -> int:
    """Behind the lines of capitals that go on with a title: "KẾ HOẠCH HOẠT ĐỘNG" / "THÁNG 11 NĂM 2020"."""
    first = index
    while index < min(len(folded), first + 2):
        block = reading.blocks[index]
        written = reading.text[block.content : block.end]
        if block.marker != "none" or reading.furniture[index] or not written.isupper() or len(written) > 200:
            break
        if _AFTER_TITLE.match(folded[index]) and not folded[index].startswith("năm "):
            break
        index += 1
    return index


def _bare_title(reading: Reading, header: Header, folded: list[str]) -> None:
    """A law site's text without its head: "Quyết định ban hành kế hoạch …" in small letters over the preamble.

    A plan so titled says "như sau" before its items; what else begins like one is a report under its headline.
    """
    first = next((index for index in range(len(folded)) if not reading.furniture[index]), len(folded))
    if len(folded) < first + 3 or len(folded[first]) > _LONGEST_TITLE:
        return
    titled = _BARE_TITLE.match(folded[first])
    below = folded[first + 1 : first + 4]
    if titled is None or not any(_PREAMBLE.match(words) for words in below):
        return
    if titled["type"] == "kế hoạch" and not any(_SET_OUT.search(words) for words in folded[first + 1 : first + 6]):
        return
    block = reading.blocks[first]
    header.type, header.type_block, header.end_block, header.bare = titled["type"], first, first + 1, True
    header.title = (block.content + titled.end(), block.end)


def _is_body(words: str, type_: str) -> bool:
    """Below the type line stands the title, unless it is a sentence of the preamble."""
    if type_ in ("quyết định", "nghị quyết") and words.startswith(("ban hành", "phê duyệt")):
        return False  # "Ban hành Kế hoạch …" is what a decision is titled
    return words[-1:] in ".;:," or _BODY.match(words) is not None or "như sau" in words


def _goes_on(reading: Reading, end: int, index: int, folded: list[str]) -> bool:
    """A second line of a title in small letters: short, no sentence of its own, the preamble right below it."""
    words = folded[index]
    if reading.text[:end].rstrip(" *_")[-1:] in ".;:" or len(words) > 120 or _AFTER_TITLE.match(words):
        return words[:1] != "" and reading.text[reading.blocks[index].content].islower() and len(words) < 120
    below = folded[index + 1] if index + 1 < len(folded) else ""
    return words[-1:].isalnum() and _AFTER_TITLE.match(below) is not None


def _title(reading: Reading, header: Header, index: int, folded: list[str]) -> None:
    begin = end = -1
    first = index
    while index < len(folded) and index < first + 4:
        block = reading.blocks[index]
        written = reading.text[block.content : block.end]
        if block.marker in ("part", "roman"):
            break
        if begin >= 0 and _DECIDES.match(folded[index]):
            break
        capitals = _CAPITALS.match(written)
        if not written.isupper() and capitals and len(capitals.group().strip()) > 20:
            begin, end = (block.content if begin < 0 else begin), block.content + len(capitals.group().rstrip())
            index += 1
            break  # "… NĂM 2019 -" / "2020" / "Thực hiện Chỉ thị …": the preamble was drawn to the title
        if len(written) > 600:
            break
        if not written.isupper() and (
            _is_body(folded[index], header.type or "") or (begin >= 0 and not _goes_on(reading, end, index, folded))
        ):
            break
        begin, end = (block.content if begin < 0 else begin), block.end
        index += 1
    header.end_block = index
    last = reading.text.rfind("\n", begin, end) if begin >= 0 else -1
    if last > begin and _DECIDES.match(reading.folded[last + 1 : end].strip()):
        end = last  # who decides, drawn to the title
    if begin >= 0:
        lead = re.match(r"(?:v/v|về\s+việc|về)\s+", reading.folded[begin:end])
        header.title = (begin + (lead.end() if lead else 0), end)


def _attached(reading: Reading, header: Header) -> None:
    """ "(Kèm theo Quyết định số … của …)" under a title or an appendix names the document the text belongs to."""
    for index, block in enumerate(reading.blocks[:_REACH]):
        inside = _ATTACHED_INSIDE.search(reading.folded, block.content, block.end)
        if inside and header.title is not None and header.title[0] <= inside.start() < header.title[1]:
            header.title = (header.title[0], inside.start())  # run into the title it stands below
        elif block.end - block.begin > 400 or not _ATTACHED.search(
            reading.folded, block.content, min(block.end, block.content + 60)
        ):
            continue
        begin = inside.start() if inside else block.begin
        mention = next((m for m in reading.mentions if begin <= m.begin < block.end), None)
        if mention is None and _ATTACHED_TO_PLAN.search(reading.folded, block.content, block.end):
            header.attached_to_plan = True  # its number is left blank
            header.end_block = max(header.end_block, index + 1)
        if mention is not None:
            header.attached_to = mention
            above = reading.blocks[index - 1] if index else block
            titled = "KẾ HOẠCH" in reading.text[above.content : above.end]
            header.attached_to_plan = (
                titled or mention.symbol.startswith("kh") or "kế hoạch" in reading.folded[block.content : block.end]
            )
            header.end_block = max(header.end_block, index + 1)
        return
