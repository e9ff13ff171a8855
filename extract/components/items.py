"""Top-level items under a heading: bullets, numbered items or paragraphs, each with what hangs below it."""

from typing import TypeVar

from extract.reading import Reading
from schema.record import Evidence

_Item = TypeVar("_Item", bound=Evidence)

_CLOSING = ("đính kèm", "nơi nhận", "tác giả", "nguồn:", "lưu:", "tm.", "kt.", "(kèm theo", "trân trọng")
# What a report goes on with after the list it quotes.
_AFTER_LIST = (
    "xem ",
    "toàn văn",
    "tải về",
    ">>",
    "như vậy",
    "trên đây",
    "chi tiết",
    "ảnh",
    "(hình",
    "căn cứ",
    "theo đó",
    "bên cạnh đó",
)


def told_once(reading: Reading, items: list[_Item]) -> list[_Item]:
    """The items in the order of the text, without those a page tells again word for word (in its summary or title).

    Items of one passage that differ in a value (two times in one table cell) are two.
    """
    seen: dict[str, tuple[int, int]] = {}
    kept: list[_Item] = []
    for item in sorted(items, key=lambda item: item.span):
        words = " ".join(reading.folded[slice(*item.span)].split()).strip(' .,;:"')
        if seen.setdefault(words, item.span) == item.span:
            kept.append(item)
    return kept


def section_items(reading: Reading, kind: str) -> list[tuple[int, int]]:
    """The items of all sections of a kind, as (begin, end) from first word to last."""
    found: list[tuple[int, int]] = []
    for number, section in enumerate(reading.sections):
        if section.kind == kind:
            found += _items(reading, number)
    return found


def speaking_kinds(reading: Reading) -> list[str]:
    """The kind of section each block stands in, but ``body`` where a report speaks again below a heading's items.

    A report has no heading for what it goes on with: after a list, or after a paragraph that began with "Mục tiêu: …",
    the next unmarked paragraph is the report's own.
    """
    kinds = [reading.section_kind(index) for index in range(len(reading.blocks))]
    if reading.kind != "news":
        return kinds
    for number, section in enumerate(reading.sections):
        if section.kind == "other":
            continue
        runs_in = not reading.heading[section.heading]
        blocks = [i for i in range(section.first, section.last) if _belongs(reading, i, number)]
        for index in blocks[_speaks_again(reading, blocks, section.heading, marked=runs_in) :]:
            kinds[index] = "body"
    return kinds


def _speaks_again(reading: Reading, blocks: list[int], heading: int, *, marked: bool) -> int:
    for place, index in enumerate(blocks):
        if reading.blocks[index].marker != "none" or reading.blocks[index].row >= 0:
            marked = True
        elif marked and index != heading and not reading.heading[index] and not _goes_on(reading, index):
            return place
    return len(blocks)


def _items(reading: Reading, number: int) -> list[tuple[int, int]]:
    section = reading.sections[number]
    first = section.first
    blocks = [
        index
        for index in range(first, section.last)
        if not reading.furniture[index] and not reading.heading[index] and _belongs(reading, index, number)
    ]
    if reading.kind == "news":
        blocks = _until_list_ends(reading, blocks)
    while blocks and _is_trailing(reading, blocks[-1], blocks):
        blocks.pop()
    if not blocks:
        return []
    # A heading that runs into its first item ("1. Mục đích: …") lends it no mark.
    marks = {index: "none" if index == section.heading else reading.blocks[index].marker for index in blocks}
    levels = [reading.blocks[index].level for index in blocks if marks[index] != "none"]
    top = min(levels, default=9)
    found: list[tuple[int, int]] = []
    for index in blocks:
        block = reading.blocks[index]
        begin = _content(reading, index, section.heading)
        if begin >= block.end:
            continue
        below = block.level > top if marks[index] != "none" else levels and _goes_on(reading, index)
        if found and below:
            found[-1] = (found[-1][0], block.end)
        elif not (marks[index] == "none" and levels and _introduces(reading, index)):
            found.append((begin, block.end))
    return found


def _until_list_ends(reading: Reading, blocks: list[int]) -> list[int]:
    """In a report a list under a heading ends with its last mark, a run of paragraphs where the report speaks again."""
    marked = False
    for place, index in enumerate(blocks):
        block = reading.blocks[index]
        words = reading.folded[block.content : block.end].lstrip(" *_>")
        if block.marker == "none" and (words.startswith(_AFTER_LIST) or (marked and not _goes_on(reading, index))):
            return blocks[:place]
        marked = marked or block.marker != "none"
    return blocks


def _belongs(reading: Reading, index: int, number: int) -> bool:
    """The block's nearest telling section is this one: an item under "Yêu cầu" inside a joint heading is not joint."""
    at = reading.section_of[index]
    while at >= 0 and at != number:
        if reading.sections[at].kind != "other":
            return False
        at = reading.sections[at].parent
    return at == number


def _content(reading: Reading, index: int, heading: int) -> int:
    """Where the item's words begin; behind the colon when the heading runs into its first item."""
    block = reading.blocks[index]
    if index != heading:
        return block.content
    for stop in range(block.content, min(block.end, block.content + 90)):
        if reading.folded[stop] in ":.":
            stop += 1
            while stop < block.end and reading.text[stop] in " *_-\n\u00a0":
                stop += 1
            return stop
    return block.content


def _goes_on(reading: Reading, index: int) -> bool:
    """A paragraph without a mark goes on with the item above it when that one stopped in the middle.

    So does one right below a hard-wrapped item (there a sentence ended with its line) or below one without an end.
    """
    upper, block = reading.blocks[max(0, index - 1)], reading.blocks[index]
    last = reading.text[upper.end - 1]
    if reading.text[block.begin].islower() or last in ",-(":
        return True
    wrapped = "\n" in reading.text[upper.content : upper.end] or last not in '.;:!?”"'
    return wrapped and upper.marker != "none" and "\n\n" not in reading.text[upper.end : block.begin].replace(" ", "")


def _introduces(reading: Reading, index: int) -> bool:
    return reading.text[reading.blocks[index].end - 1] == ":"


def _is_trailing(reading: Reading, index: int, blocks: list[int]) -> bool:
    """Author lines, attachments and places of signature below the last item are none."""
    block = reading.blocks[index]
    stretch = reading.folded[block.content : block.end].strip()
    if stretch.startswith(_CLOSING):
        return True
    marked = any(reading.blocks[other].marker != "none" for other in blocks)
    ends = stretch[-1:] in '.;:!”"'
    return block.marker == "none" and (len(stretch) < 25 or (marked and len(stretch) < 60)) and not ends
