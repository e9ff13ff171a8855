"""Issuers said once for several documents, or far behind the number.

"các Quyết định của Thủ tướng Chính phủ …: Quyết định số …; Quyết định số …", "UBND tỉnh ban hành nhiều văn bản" over a
list of them, "… ban hành Kế hoạch số … và Công điện số …", "(được sửa đổi tại …) của Chính phủ", "Kế hoạch số … do
Tổng Liên đoàn Lao động Việt Nam ban hành".
"""

import re
from typing import TYPE_CHECKING

from extract.components.bodies import Body, body_at, find_bodies
from extract.reading import Reading

if TYPE_CHECKING:
    from extract.components.document_numbers import Mention

_TYPE = r"(?:kế hoạch|quyết định|nghị quyết|chỉ thị|nghị định|thông tư|công văn|văn bản|thông báo|công điện|báo cáo)"
_OF_SEVERAL = re.compile(rf"các\s+{_TYPE}\s+của\s+(?=\w)")
_ISSUED_SEVERAL = re.compile(r"ban hành\s+(?:nhiều|các|một số|những|\d+)\s+(?:văn bản|kế hoạch|quyết định)")
_OPENS_ITEM = re.compile(rf"\W*{_TYPE}\s*(?:số)?\s*:?\s*$")
_AND_ANOTHER = re.compile(rf"(?:\sva|\svà|,|;)\s+{_TYPE}\s*(?:số)?\s*:?\s*$")
_AMENDED = re.compile(r"[\s,]*\((?:đã\s+)?(?:được\s+)?(?:sửa đổi|bổ sung|thay thế)[^()]*$")
_BY = re.compile(r"\sdo\s+(?=\w)")
_ISSUED = re.compile(r"\s+(?:ký\s+)?ban hành(?!\w)")


def share_issuers(reading: Reading, mentions: "list[Mention]") -> None:
    """Give each mention that has no body of its own the one said for several, or behind its title."""
    for index, mention in enumerate(mentions):
        if mention.body is not None:
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        mention.body = (
            _amended(reading, mention, following)
            or _issued_by(reading, mention, following)
            or _carried_on(reading, mentions[index - 1] if index else None, mention)
            or _of_several(reading, mention)
            or _listed(reading, mention)
        )


def _series(mention: "Mention") -> str:
    """The issuer's part of a number: "ubnd" of 12/KH-UBND."""
    return re.split(r"[-/]", mention.number.casefold())[-1]


def _amended(reading: Reading, mention: "Mention", following: "Mention | None") -> Body | None:
    if following is None or following.body is None or _series(mention) != _series(following):
        return None
    after = mention.issued.end if mention.issued and mention.issued.begin >= mention.end else mention.end
    return following.body if _AMENDED.match(reading.folded[after : following.begin]) else None


def _issued_by(reading: Reading, mention: "Mention", following: "Mention | None") -> Body | None:
    sentence = reading.sentence_at(mention.begin)
    end = min(sentence.end if sentence else mention.end, following.begin if following else len(reading.text))
    for by in _BY.finditer(reading.folded, mention.end, end):
        body = body_at(reading.folded, by.end(), end, reading.text)
        named = body is not None and any(char.isupper() for char in reading.text[body.begin : body.end])
        if (
            body is not None
            and named
            and mention.symbol not in ("tt", "nđ")
            and _ISSUED.match(reading.folded, body.end)
        ):
            return body
    return None


def _carried_on(reading: Reading, before: "Mention | None", mention: "Mention") -> Body | None:
    """ "UBND tỉnh ban hành Kế hoạch số … và Công điện số …": who issued the one issued the other."""
    if before is None or before.body is None or before.body.begin > before.begin:
        return None
    sentence = reading.sentence_at(mention.begin)
    same = sentence is not None and sentence.begin <= before.begin and _series(before) == _series(mention)
    return before.body if same and _AND_ANOTHER.search(reading.folded, before.end, mention.begin) else None


def _of_several(reading: Reading, mention: "Mention") -> Body | None:
    sentence = reading.sentence_at(mention.begin)
    if sentence is None:
        return None
    of = _OF_SEVERAL.search(reading.folded, sentence.begin, mention.begin)
    if of is None or ":" not in reading.folded[of.end() : mention.begin]:
        return None
    return body_at(reading.folded, of.end(), mention.begin, reading.text)


def _listed(reading: Reading, mention: "Mention") -> Body | None:
    """An item that opens with its number, under a sentence that tells who issued the list."""
    block = reading.blocks[reading.block_at(mention.begin)]
    if not _OPENS_ITEM.fullmatch(reading.folded, block.content, mention.begin) or block.marker == "none":
        return None
    lead = max(0, reading.blocks[max(0, reading.block_at(mention.begin) - 12)].begin)
    said = max(_ISSUED_SEVERAL.finditer(reading.folded, lead, block.begin), key=lambda m: m.start(), default=None)
    sentence = reading.sentence_at(said.start()) if said else None
    if said is None or sentence is None:
        return None
    bodies = find_bodies(reading.folded, sentence.begin, said.start(), reading.text)
    return bodies[-1] if bodies else None
