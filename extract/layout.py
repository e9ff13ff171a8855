"""Lines to blocks to sentences.

Posts come as one paragraph a line, as text hard-wrapped at some seventy columns, as PDF text without blank lines, as
Markdown with ``**`` and table pipes. A block is one paragraph, list item, heading or table cell; a sentence is a
stretch of a block. Both are offsets into the canonical text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.flattened import parts

# The order of list markers from the outside in: Phần I > I. > A. > 1. > 1.1. > a) > - > +
LEVELS = {"part": 0, "roman": 1, "letter": 2, "number": 3, "decimal": 4, "paren": 5, "dash": 6, "plus": 7, "none": 9}

LONGEST = 5000
"""Characters of the longest sentence: among 400,000 sentences of laws and news one is longer."""

# One by one: in Unicode the capitals from Ạ to Ỹ alternate with their small letters.
UPPER = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_MARKER = re.compile(
    rf"""(?:[ \t\u00a0_>\#]|\*(?![ ]+[^*\s])|(?<=\*)\*)*+(?:
      (?P<part>(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều)[ ](?:(?:thứ|THỨ)[ ]\w+|[IVXLC]+|\d+)
               (?:[ ]?[.:)–-]|(?=[ *]*$)))
    | (?P<roman>[IVX]{{1,5}}[ ]?(?:[.)](?:[ ]?[-–])?|[-–:/](?=\s)))(?=[\s*]|[{UPPER}])
    | (?P<letter>[A-EĐ][ ]?[.)])(?=[\s*])
    | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.):]?)(?=[\s*]|[{UPPER}"“])(?![ ]?(?:%|tỷ|tỉ|triệu|nghìn))
    | (?P<number>\(?\d{{1,2}}(?:[ ]?[.)](?!\d)|[ ]?[-–:/](?=\s)))(?![ ]?%)
    | (?P<paren>\(?[a-zđ][ ]?[).])(?=[\s*]|[{UPPER}])
    | (?P<plus>[+○](?![\s+]*$)|o(?=[ ]+[{UPPER}])|\uf02b)
    | (?P<dash>[-–—•●▪■♦➢✓·❖](?=[\s*\w“"(])|\*(?=[ ])|[\uf0b7\uf0fc\uf0a7\uf02d])
    )[\s*_]*(?=\S)""",
    re.VERBOSE | re.MULTILINE,
)
_TERMINAL = re.compile(r"[.;:!?…][\]'\"”’)*_\s]*$")
_RULE = re.compile(r"[\s|*_\-–—=.…]*$")  # a line of dashes, dots or pipes
_LONE_MARKER = re.compile(r"[*_ ]*(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]\)|[-–+•])[*_ ]*$")
_TYPE_LINE = re.compile(
    r"[*_ ]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|THÔNG BÁO|CHƯƠNG TRÌNH|HƯỚNG DẪN|BÁO CÁO"
    r"|TỜ TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|QUY CHẾ|CÔNG ĐIỆN|PHỤ LỤC)[*_ :.]*$"
)
# A heading that stands alone on its line, however the lines below it are wrapped; and the lines that open a paragraph.
_HEAD_LINE = re.compile(
    r"[*_ ]*(?:[IVX\d]{1,4}(?:\.\d)?\s?[.)–-]\s*|[a-c]\)\s*)?"
    r"[*_ ]*(?:mục đích|yêu cầu|mục đích(?:,| -| và)? yêu cầu)\s*:?[*_ ]*$",
    re.IGNORECASE,
)
_MOTTO = re.compile(r"hạnh phúc[*_ ]*$", re.IGNORECASE)
_CLOSING = re.compile(
    r"[*_ ]*(?:Trên đây là|Nơi nhận|Nhận được (?:Kế|kế) hoạch|(?:Trong q|Q)uá trình (?:tổ|triển|thực) )"
)
_PREAMBLE = re.compile(
    r"[*_ ]*(?:Căn cứ|Thực hiện|Triển khai|Theo đề nghị|Xét đề nghị|Xét|Trên cơ sở)\s+(?:đề nghị\s+"
    r"|các\s+|nội dung\s+)?"
    r"(?:Luật|Bộ luật|Nghị|Quyết|Kế|Chỉ thị|Thông|Công|Văn bản|Kết luận|Chương trình|Hướng dẫn"
    r"|Tờ trình|Đề án|Hiến pháp|Pháp lệnh|của)"
)
_NUMBER_INSIDE = re.compile(r"\n\s*\d{1,3}\s*\n")  # a page number inside a sentence
_HEADER = re.compile(
    r"[*_ ]*(?:CỘNG HÒA|ĐỘC LẬP|ĐẢNG|ỦY BAN|UỶ BAN|UBND|HĐND|HỘI ĐỒNG|SỞ|BỘ|PHÒNG|CHI CỤC|CỤC|TỔNG CỤC"
    r"|BAN (?!HÀNH)|CÔNG AN|CHỦ TỊCH|SỐ|LIÊN ĐOÀN|TỈNH ỦY|THÀNH ỦY"
    r"|HUYỆN ỦY|TRƯỜNG|TRUNG TÂM|VĂN PHÒNG|ĐOÀN|HỘI|KẾ HOẠCH|QUYẾT ĐỊNH|[IVX]+\.|PHẦN)"
)
# Words that end no paragraph: a name or a number follows.
_HANGING = re.compile(
    r"(?:(?:UBND|HĐND|[Nn]hân dân) (?:tỉnh|huyện|quận|xã|phường|[Tt]hành phố|[Tt]hị xã)|(?:^"
    r"|\s)(?:UBND|HĐND|Sở|Bộ|Ban|Cục|Phòng|tỉnh|thành phố|TP\.?|của|và|các|số|với|tại|về|do|ngày|Hồ"
    r"|Hồ Chí))$"
)
_PAGE_NUMBER = re.compile(r"[\s\f]*(?:[-–]\s*)?(?:Trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–])?\s*$", re.IGNORECASE)
_ATTACHED = re.compile(r"[*_ ]*\((?:[*_ ]*)(?:Ban hành k|K)èm\s+theo")
_YEARS = re.compile(r"[ *]*[-–][ ]?(?:19|20)\d\d")
# What no table cell holds: the title of a document, a heading with a Roman number.
_NOT_CELL = re.compile(
    r"[ *_#]*(?:(?:KẾ HOẠCH|QUYẾT ĐỊNH|PHỤ LỤC|ĐỀ ÁN|CHƯƠNG TRÌNH)\b[^|a-zà-ỹ]{0,60}|[IVX]{1,5}[.][ ].{3,120})$"
)
_NEAR_MARGIN = 0.7  # of the text's width
_NEIGHBOURS = 20  # lines on either side that tell whether paragraphs are set apart here
_BLANK = " \t\u00a0\r"
# "… các tổ chức chính trị" / "- xã hội tỉnh": a hyphen inside a word that begins a line is no bullet.
_HYPHENATED = re.compile(
    r"[-–]\s*(?:xã hội|an ninh|kỹ thuật|văn hóa|thể thao|gia đình|trật tự|thương binh|nghề nghiệp|kế hoạch hóa)\b"
)
_DATE_OPEN = re.compile(r"\b(?:[Nn]gày|[Tt]háng|[Nn]ăm|[Tt]rước|[Ss]ố)$")  # "Trước ngày" / "30/11/2025"
_HEADING_MARK = re.compile(r"#{1,6} +(?=\S)")  # Markdown
_EMPHASIS = "*_" + _BLANK

# A full stop ends a sentence before a capital, also when the space was lost ("nghèo.Đẩy mạnh").
_STOP = re.compile(
    rf"(?:(?<![.!?…])[.!?…]+[”\"’)\]*]*|\./\.)(?:\s+(?=[\s*_\"“‘'(\[-]*[{UPPER}\d])|(?=[{UPPER}][^{UPPER}.]))"
)
_NO_STOP = re.compile(
    r"(?:\b(?:tp|tx|tt|p|q|gs|pgs|ts|ths|bs|cn|ks|st|đ/c|mr|ms|dr|kt|tm|tl|tuq|v\.v|vv|nxb|no|art"
    r"|[a-zđ])|^\W*\d{1,2}|^\W*[ivx]+)\.$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """One paragraph, item, heading or table cell: ``text[begin:end]``; its words begin at ``content``.

    ``row`` numbers the table row the block is a cell of, -1 outside tables.
    """

    begin: int
    content: int
    end: int
    marker: str
    label: str
    row: int

    @property
    def level(self) -> int:
        """Depth of the list marker: 0 outermost, 9 without a marker."""
        return LEVELS[self.marker]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[begin:end]``, inside block number ``block``."""

    begin: int
    end: int
    block: int


@dataclass(slots=True)
class _Piece:
    begin: int
    end: int
    row: int = -1
    after_gap: bool = True


def _cells(lines: list[str]) -> set[int]:
    """The numbers of the lines that stand in a cell of a table written with one pipe a line.

    Such a table has no closing mark: its last pipe looks like one between two cells. So what follows a pipe is a cell
    only when another pipe ends it, no wide gap parts it from the first, and it holds no title and no heading.
    """
    bars = [number for number, line in enumerate(lines) if line.strip(_BLANK) == "|"]
    inside: set[int] = set()
    for upper, lower in pairwise(bars):
        cell = [number for number in range(upper + 1, lower) if lines[number].strip(_BLANK)]
        if not cell:
            continue
        wide = cell[0] - upper > 2
        if not wide and not (len(cell) > 1 and any(_NOT_CELL.match(lines[number].strip(_BLANK)) for number in cell)):
            inside.update(cell)
    return inside


def _pieces(text: str) -> list[_Piece]:
    """Lines and table cells without their pipes; empty ones left out."""
    found: list[_Piece] = []
    at, row, bar, gap = 0, -1, False, True
    rows = 0
    lines = text.split("\n")
    inside = _cells(lines)
    for number, line in enumerate(lines):
        end = at + len(line)
        begin = end - len(line.lstrip("\f"))  # a page break before a line is no part of it
        at = end + 1
        bare = line.strip(_BLANK)
        if not bare:
            gap = True
            if row >= 0 and not bar:
                row = -1
            continue
        if row >= 0 and bare != "|" and number not in inside:
            row, bar = -1, False
        if row >= 0 and len(bare) > 3 and not bare.strip(".…"):  # rows left out of a stretch
            row, rows, bar, gap = rows, rows + 1, True, True
            continue
        if bare == "|":  # one cell a paragraph: a pipe alone parts two cells, two pipes part two rows
            if row < 0 or bar:
                row, rows = rows, rows + 1
            bar, gap = True, True
            continue
        if bare[0] == "|" or (row < 0 and bare.count("|") >= 2):  # one row a line
            cells = [cell for cell in re.finditer(r"[^|]+", text[begin:end]) if cell.group().strip(_EMPHASIS)]
            found += [_Piece(begin + cell.start(), begin + cell.end(), rows) for cell in cells]
            row, rows, bar, gap = -1, rows + 1, False, True
            continue
        if row >= 0 and not bar and gap:
            row = -1
        found.append(_Piece(begin, end, row, gap))
        gap, bar = False, False
    return _without_page_numbers(text, found)


def _without_page_numbers(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Leave out lines that hold a page number; a sentence that runs over the page runs on over it."""
    kept: list[_Piece] = []
    after_number = False
    for index, piece in enumerate(pieces):
        if piece.row < 0 and 0 < index < len(pieces) - 1 and _is_page_number(text, pieces, index):
            after_number = True
            continue
        if after_number and kept and not _TERMINAL.search(text, kept[-1].begin, kept[-1].end):
            piece.after_gap = False
        after_number = False
        kept.append(piece)
    return kept


def _is_page_number(text: str, pieces: list[_Piece], index: int) -> bool:
    """Digits alone on a line, set apart from the text above or below it, that are no table cell."""
    piece = pieces[index]
    if piece.end - piece.begin > 14 or not _PAGE_NUMBER.match(text, piece.begin, piece.end):
        return False
    below = pieces[index + 1]
    parted = piece.after_gap or below.after_gap or "\f" in text[piece.begin : below.begin + 1]
    upper = pieces[index - 1]
    neighbours_are_text = min(upper.end - upper.begin, below.end - below.begin) > 14
    return parted and neighbours_are_text


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """Is the text hard-wrapped (at ``width`` columns), and are the paragraphs around a piece set apart by blank lines?

    ``spaced`` is local: a page's head may be spaced out and the plan below it not. ``gapped`` says that some
    paragraphs near a piece end at a blank line, so that all may: they are long, or only sections are set apart.
    """

    wrapped: bool
    width: int
    spaced: list[bool]
    gapped: list[bool]


def _wrapping(text: str, pieces: list[_Piece]) -> _Wrapping:
    joints = runs_on = 0
    gaps, closed = [0], [0]
    for upper, lower in pairwise(pieces):
        gaps.append(gaps[-1] + lower.after_gap)
        apart = lower.after_gap and lower.row < 0 and upper.row < 0
        closed.append(closed[-1] + bool(apart and _TERMINAL.search(text, upper.begin, upper.end)))
        if lower.after_gap:
            continue
        joints += 1
        first = text[lower.begin : lower.end].lstrip("*_([\"“'‘ \t\u00a0")[:1]
        hangs = _HANGING.search(text, max(upper.begin, upper.end - 24), upper.end)
        if (first.islower() or hangs) and not _TERMINAL.search(text, upper.begin, upper.end):
            runs_on += 1
    spaced, gapped = [], []
    for index in range(len(pieces)):
        low, high = max(0, index - _NEIGHBOURS), min(len(pieces) - 1, index + _NEIGHBOURS)
        near = gaps[high] - gaps[low]
        spaced.append(near >= 0.15 * max(1, high - low - near))
        gapped.append(closed[high] - closed[low] >= 2)
    lengths = sorted(piece.end - piece.begin for piece in pieces)
    width = lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0
    return _Wrapping(runs_on >= 3 and runs_on >= 0.25 * joints, width, spaced, gapped)


def _joins(text: str, upper: _Piece, lower: _Piece, wrapping: _Wrapping, index: int) -> bool:
    """Does the lower line, piece number ``index``, go on with the upper line's sentence?"""
    spaced = wrapping.spaced[index]
    if lower.after_gap and not _crosses_page(text, upper, lower, wrapping):
        return False
    head, tail = text[lower.begin : lower.end].strip(" \t\u00a0"), text[upper.begin : upper.end].strip(" \t\u00a0\r")
    if _RULE.match(head) or _RULE.match(tail):
        return False
    if _LONE_MARKER.match(tail):
        return lower.row < 0 and not _MARKER.match(text, lower.begin, lower.end)
    if (_YEARS.match(head) and tail[-1].isdigit()) or (_DATE_OPEN.search(tail) and head[0].isdigit()):
        return True
    if _HYPHENATED.match(head) and tail[-1].isalpha():
        return True
    if _MARKER.match(text, lower.begin, lower.end) or _ATTACHED.match(head):
        return False
    first = head.lstrip("*_([\"“'‘ ")[:1]
    if _TYPE_LINE.match(tail) or (_PREAMBLE.match(head) and tail[-1:] != ","):
        return False
    if _MOTTO.search(tail) or (_HEAD_LINE.match(tail) and not first.islower()):
        return False
    if wrapping.wrapped and not spaced and tail.isupper() and head.upper() == head:
        return not _HEADER.match(head)
    if tail.isupper() and len(tail) < 60 and not head.isupper() and "/" not in tail:
        return False  # "KẾ HOẠCH" above its title in small letters
    if tail.endswith("**") and len(tail) > 2 and not first.islower():
        return False
    ended = bool(_TERMINAL.search(tail))
    if ended and _CLOSING.match(head):
        return False
    if first.islower():
        return wrapping.wrapped or not ended
    if tail.strip(_EMPHASIS)[-1:] in ",(/" and len(tail) > 20:
        return True
    if wrapping.wrapped and not ended and _HANGING.search(tail):
        return True
    if not wrapping.wrapped or lower.row >= 0:
        return wrapping.wrapped
    if spaced:  # a line that ends a sentence long before the margin ends a paragraph too
        return not ended or len(tail) + 1 + len(head.split(" ", 1)[0]) >= _NEAR_MARGIN * wrapping.width
    if head.isupper() != tail.isupper():
        return False
    # Without blank lines between paragraphs a line runs on when the next word would not have fitted.
    full = len(tail) + 1 + len(head.split(" ", 1)[0]) >= 0.9 * wrapping.width
    return full and (not ended or wrapping.gapped[index])


def _crosses_page(text: str, upper: _Piece, lower: _Piece, wrapping: _Wrapping) -> bool:
    """In hard-wrapped text a full line without an end, a blank line, then small letters: a page ended in between."""
    if (
        not wrapping.wrapped
        or upper.end - upper.begin < 0.7 * wrapping.width
        or _TERMINAL.search(text, upper.begin, upper.end)
    ):
        return False
    head = text[lower.begin : lower.end].strip(" \t\u00a0\f")
    return head[:1].islower() and not _MARKER.match(text, lower.begin, lower.end)


def _unflattened(text: str, piece: _Piece) -> list[_Piece]:
    if piece.row >= 0:
        return [piece]
    found = parts(text, piece.begin, piece.end)
    return [piece] if len(found) == 1 else [_Piece(begin, end) for begin, end in found]


def find_blocks(text: str) -> list[Block]:
    """The blocks of a canonical text, in order, without overlap."""
    pieces = [part for piece in _pieces(text) for part in _unflattened(text, piece)]
    wrapping = _wrapping(text, pieces)
    stretches: list[_Piece] = []
    for index, piece in enumerate(pieces):
        upper = pieces[index - 1] if index else None
        if upper is not None and upper.row == piece.row and _joins(text, upper, piece, wrapping, index):
            stretches[-1].end = piece.end
        else:
            stretches.append(_Piece(piece.begin, piece.end, piece.row))
    found = [_block(text, stretch) for stretch in stretches]
    for block in found:
        while block.end > block.content and text[block.end - 1] in _EMPHASIS + "\n|":
            block.end -= 1
    return [block for block in found if block.end > block.content and not _RULE.match(text, block.begin, block.end)]


def _block(text: str, piece: _Piece) -> Block:
    match = _MARKER.match(text, piece.begin, piece.end)
    if match is None or match.lastgroup is None:
        mark = _HEADING_MARK.match(text, piece.begin, piece.end)
        content = mark.end() if mark else piece.begin
        while content < piece.end and text[content] in _EMPHASIS:
            content += 1
        return Block(content, content, piece.end, "none", "", piece.row)
    begin = match.start(match.lastgroup)
    return Block(
        begin, match.end(), piece.end, match.lastgroup, match.group(match.lastgroup).strip(" .):-–/("), piece.row
    )


def find_sentences(text: str, blocks: list[Block]) -> list[Sentence]:
    """The sentences of each block, first word to last mark, in order."""
    found: list[Sentence] = []
    for index, block in enumerate(blocks):
        begin = block.content
        for stop in _STOP.finditer(text, block.content, block.end):
            end = stop.start() + len(stop.group().rstrip())
            if _NO_STOP.search(text, max(begin, end - 8), end) or stop.end() >= block.end:
                continue
            found += _of_bearable_length(text, begin, end, index)
            begin = stop.end()
        while begin < block.end and text[begin] in " *_\t\u00a0\n":
            begin += 1
        if begin < block.end:
            found += _of_bearable_length(text, begin, block.end, index)
    return found


def _of_bearable_length(text: str, begin: int, end: int, block: int) -> Iterator[Sentence]:
    """The sentence; one that nobody wrote as a sentence is cut at blanks, as readers look back over all of theirs."""
    while end - begin > LONGEST:
        blank = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
        stop = blank if blank >= 0 else begin + LONGEST
        yield Sentence(begin, stop, block)
        begin = stop + (blank >= 0)
    if begin < end:
        yield Sentence(begin, end, block)


def unwrap(folded: str, blocks: list[Block]) -> str:
    """The folded text with the line breaks inside blocks as spaces; those between blocks stay. Same length."""
    parts, at = [], 0
    for block in blocks:
        parts.append(folded[at : block.begin])
        stretch = folded[block.begin : block.end]
        if "\n" in stretch:
            stretch = _NUMBER_INSIDE.sub(lambda match: " " * len(match.group()), stretch).replace("\n", " ")
        parts.append(stretch.replace("\f", " "))
        at = block.end
    parts.append(folded[at:])
    return "".join(parts)
