"""The part a cited document plays: the plan itself, what it is issued under, or merely cited."""

import re
from bisect import bisect_right

from extract.components.document_numbers import Mention
from extract.components.header import Header
from extract.layout import Block, Sentence
from extract.patterns import load_rules
from extract.reading import Reading
from schema.record import Role

STRENGTH: dict[Role, int] = {"subject": 2, "basis": 1, "cited": 0}
_OPENS_TITLE = re.compile(
    r"(?:^|\s)(?:về|v/v|ban hành|phê duyệt|thực hiện|triển khai|quy định|hướng dẫn|sửa đổi|bổ sung"
    r"|thông qua|thay thế|bãi bỏ|công bố|kèm)(?=\s)"
)
_SIBLING = re.compile(
    r"(?:\s(?:và|cùng)|,)\s+(?:(?:kế hoạch|quyết định|nghị quyết|chỉ thị|nghị định|thông tư|luật"
    r"|công văn|văn bản|thông báo|kết luận"
    r"|hướng dẫn|chương trình(?: hành động)?|đề án|công điện)\s*(?:số)?|các\s+\w+\s+\w+\s+số)\s*:?\s*$"
)
_NEXT = re.compile(r";\s+(?:và\s+)?(?:kế hoạch|quyết định|nghị quyết|chỉ thị|kết luận|chương trình)\s+(?:số)?\s*:?\s*$")
_AFTER_BRACKET = re.compile(
    r"\)\s*(?:,|và|cùng)\s+(?:kế hoạch|quyết định|nghị quyết|chỉ thị|nghị định|thông tư|kết luận)"
    r"\s*(?:số)?\s*:?\s*$"
)
_PROVISION = re.compile(r"căn cứ\s+(?:(?:theo|tại|vào|quy định tại)\s+)*(?:tiểu mục|mục|điều|khoản|điểm|phụ lục)\s")
_TYPE = (
    r"(?:kế hoạch|quyết định|nghị quyết|chỉ thị|nghị định|thông tư(?: liên tịch)?|luật|công văn"
    r"|văn bản|thông báo|kết luận|hướng dẫn|chương trình(?: hành động)?|đề án|công điện)"
)
_NEW_CLAUSE = re.compile(r"[;\n|]|\.\s")
_ANNOUNCEMENT = re.compile(
    r"(?<!về )(?<!việc )(?<!được )(?:ban hành|xây dựng|đề ra|lập)\s+(?:bản\s+)?kế hoạch(?!\s+(?:số\s*)?\d)|như sau\s*:"
)


def basis_rule() -> re.Pattern[str]:
    """How a sentence of the legal basis begins."""
    return next(rule.regex for rule in load_rules("plan") if rule.value == "basis")


def is_basis(reading: Reading, block: Block) -> bool:
    """Does the block open as the legal basis does: "Căn cứ …", "Thực hiện …"?"""
    return basis_rule().match(reading.folded[block.content : block.end]) is not None


def preamble_end(reading: Reading, header: Header) -> int:
    """Where the legal basis of a document ends: its first numbered heading or article, or the announcement."""
    for index in range(max(header.end_block, header.type_block + 1, 0), len(reading.blocks)):
        block = reading.blocks[index]
        if block.marker in ("roman", "part", "letter") or (block.marker == "number" and reading.heading[index]):
            return block.begin
    return len(reading.text)


def role_of(
    reading: Reading, mention: Mention, earlier: list[Mention], begin: int, end: int, titles: list[tuple[int, int]]
) -> Role:
    """basis or cited, for a mention that is not the plan itself.

    ``begin`` to ``end`` is where a basis can stand (the preamble of a document, all of a news post); ``titles`` are the
    stretches that name the plan: what is named there is what the plan carries out.
    """
    if any(first <= mention.begin < last for first, last in titles):
        return "cited" if _inside_other_title(reading, mention, earlier, titles) else "basis"
    sentence = reading.sentence_at(mention.begin)
    if sentence is None:
        return "cited"
    if reading.kind == "document" and reading.section_kind(reading.block_at(mention.begin)) == "basis":
        return "cited" if _nested(reading, mention, earlier, sentence.begin) else "basis"
    if not begin <= mention.begin < end:
        return "cited"
    opens = max(sentence.begin, begin)
    lead = reading.folded[opens : mention.begin].lstrip(' *_-("') or _cut_off(reading, sentence)
    if reading.kind == "news" and _PROVISION.match(lead):
        return "cited"  # an article tells which provision says something, not what the plan is issued under
    if not basis_rule().match(lead):
        carried = reading.kind == "news" and _plan_carries_out(reading, mention, earlier, opens)
        return "basis" if carried and not _nested(reading, mention, earlier, opens) else "cited"
    last = max((other.end for other in earlier if opens <= other.begin), default=opens)
    clause = max(last, reading.folded.rfind(";", opens, mention.begin) + 1)
    said = _ANNOUNCEMENT.search(reading.folded, clause, mention.begin)
    if said:
        return "cited"
    return "cited" if _nested(reading, mention, earlier, opens) else "basis"


_ENDS_IN_TYPE = re.compile(rf"{_TYPE}\s*(?:số\s*:?)?\s*$")


def _cut_off(reading: Reading, sentence: Sentence) -> str:
    """The line above a number that begins a line: "Thực hiện Quyết định" / "150/QĐ-TTg ngày …"."""
    at = bisect_right(reading.sentence_begins, sentence.begin) - 1
    above = reading.sentences[at - 1] if at else sentence
    lead = reading.folded[above.begin : above.end]
    return lead if len(lead) < 80 and _ENDS_IN_TYPE.search(lead) else ""


_CARRIES_OUT = re.compile(
    r"(?:kế hoạch|đây là|đây cũng là|hoạt động|phong trào)"
    r"(?:\s(?:(?!\ssau khi\s[^,]{0,120}\stheo\s)[^.;]){0,120}?)?\s(?:nhằm\s|để\s"
    r"|được xây dựng\s)?(?:thực hiện|triển khai(?:\s+thực hiện)?|cụ thể h[oó][aá]|(?:xây dựng )?căn cứ"
    r"|(?:trên )?cơ sở|thi hành|quán triệt|theo)"
    r"\s+(?:các\s+)?(?:tinh thần\s+)?$"
)


def _plan_carries_out(reading: Reading, mention: Mention, earlier: list[Mention], begin: int) -> bool:
    """ "Kế hoạch được xây dựng theo Quyết định số …", "Đây là bước cụ thể hóa Nghị quyết số … và Quyết định số …"."""
    lead = re.sub(rf"{_TYPE}(?:\s+(?:của\s+\S+\s+)?số)?\s*:?\s*$", "", reading.folded[begin : mention.begin])
    if _CARRIES_OUT.search(lead):
        return True
    for other in reversed(earlier):
        if other.begin < begin:
            return False
        between = reading.folded[_after(other) : mention.begin]
        if _SIBLING.search(between) or _NEXT.search(between):
            return _plan_carries_out(reading, other, [m for m in earlier if m.begin < other.begin], begin)
        return False
    return False


def _nested(reading: Reading, mention: Mention, earlier: list[Mention], begin: int) -> bool:
    """Is the mention part of the title of a document named before it in the same clause?"""
    for other in reversed(earlier):
        if other.begin < begin:
            return False
        if _in_brackets(reading, begin, other):
            # "(Nghị quyết số 163/2024/QH15)" is a name for the document before it; what follows is its equal
            if _AFTER_BRACKET.match(reading.folded, other.end, mention.begin):
                return False
            continue
        between = reading.folded[_after(other) : mention.begin]
        if _NEW_CLAUSE.search(between):
            return False
        if _SIBLING.search(between):
            return _nested(reading, other, [m for m in earlier if m.begin < other.begin], begin)
        if _OPENS_TITLE.search(between):
            return True
    return False


def _in_brackets(reading: Reading, begin: int, mention: Mention) -> bool:
    opened = reading.folded.rfind("(", begin, mention.begin)
    return opened >= 0 and reading.folded.find(")", opened, mention.begin) < 0 and mention.begin - opened < 60


def _inside_other_title(
    reading: Reading, mention: Mention, earlier: list[Mention], titles: list[tuple[int, int]]
) -> bool:
    begin = max((first for first, last in titles if first <= mention.begin < last), default=0)
    return _nested(reading, mention, earlier, begin)


def _after(mention: Mention) -> int:
    ends = [mention.end]
    if mention.issued is not None and mention.issued.begin >= mention.end:
        ends.append(mention.issued.end)
    if mention.body is not None and mention.body.begin >= mention.end:
        ends.append(mention.body.end)
    return max(ends)
