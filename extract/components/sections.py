"""Sections: which heading a block stands under, and which blocks are page furniture.

A number under *Căn cứ* is cited, under *Mục tiêu* a target, under *Kết quả đạt được* history: sections come first.
"""

import re

from extract.layout import Block
from extract.patterns import Rule, load_rules
from extract.reading import Reading, Section

_HEADING_LENGTH = 160
_ENDS_OPEN = re.compile(r"[,;.]['\"”)*_\s]*$")
_RUN_IN = re.compile(r"[^:.]{3,80}?\s*[:.](?=\s)")


def read_sections(reading: Reading) -> None:
    """Fill ``sections``, ``section_of``, ``heading`` and ``furniture``."""
    reading.furniture = _furniture(reading)
    reading.heading = [False] * len(reading.blocks)
    reading.section_of = [-1] * len(reading.blocks)
    rules = load_rules("sections")
    stack: list[int] = []
    for index, block in enumerate(reading.blocks):
        if reading.furniture[index] or block.row >= 0:
            reading.section_of[index] = stack[-1] if stack else -1
            continue
        kind = _kind(reading, block, rules)
        heading = _looks_like_heading(reading, index, block, kind) and not _holds_item(reading, block, kind)
        run_in = kind is not None and not heading and _runs_in(reading, block, kind)
        level = _level(reading, block, stack, heading or run_in)
        while stack and reading.sections[stack[-1]].level >= level:
            reading.sections[stack.pop()].last = index
        if heading or run_in:
            parent = stack[-1] if stack else -1
            first = index if run_in else index + 1
            reading.sections.append(Section(kind or "other", index, first, len(reading.blocks), level, parent))
            stack.append(len(reading.sections) - 1)
            reading.heading[index] = heading
        reading.section_of[index] = (reading.sections[stack[-1]].parent if heading else stack[-1]) if stack else -1


def _kind(reading: Reading, block: Block, rules: tuple[Rule, ...]) -> str | None:
    stretch = reading.folded[block.content : min(block.end, block.content + _HEADING_LENGTH)].strip()
    for rule in rules:
        if rule.regex.match(stretch):
            return rule.value
    return None


def _looks_like_heading(reading: Reading, index: int, block: Block, kind: str | None) -> bool:
    words = reading.text[block.content : block.end]
    length = len(words)
    if length > _HEADING_LENGTH or length < 3 or (_ENDS_OPEN.search(words) and not (kind and length < 40)):
        return False
    upper = words.isupper()
    if block.marker in ("part", "roman", "letter"):
        return True
    if block.marker in ("number", "decimal", "paren"):
        emphasised = reading.text[max(0, block.begin - 2) : block.begin] == "**"
        return kind is not None or upper or emphasised or (words.rstrip().endswith(":") and length < 100)
    if block.marker in ("dash", "plus"):
        return kind in ("purpose", "requirement", "purpose_requirement", "objective") and length < 60
    emphasised = (
        reading.text[max(0, block.begin - 2) : block.begin] == "**" and reading.text[block.end : block.end + 2] == "**"
    )
    emphasised = emphasised or reading.text[max(0, block.begin - 2) : block.begin] == "# "  # Markdown
    return index > 0 and ((kind is not None and length < 70) or (emphasised and length < 100 and not upper))


def _holds_item(reading: Reading, block: Block, kind: str | None) -> bool:
    """ "1. Mục đích: Nâng cao nhận thức." is short as a heading and yet holds an item."""
    if kind not in ("purpose", "requirement", "purpose_requirement"):
        return False
    match = _RUN_IN.match(reading.folded, block.content, block.end)
    return match is not None and block.end - match.end() > 8 and match.group().rstrip().endswith(":")


def _runs_in(reading: Reading, block: Block, kind: str) -> bool:
    """A heading with its first item on the same line: "1. Mục đích: Nâng cao nhận thức …"."""
    if kind == "schedule" and block.marker not in ("roman", "letter", "number", "decimal"):
        return False  # "- Thời gian: tháng 5/2024" is a line of the task above it
    match = _RUN_IN.match(reading.folded, block.content, block.end)
    return match is not None and kind in ("purpose", "requirement", "purpose_requirement", "objective", "schedule")


def _level(reading: Reading, block: Block, stack: list[int], heading: bool) -> float:
    if block.marker == "decimal":  # "1.1.1" stands inside "1.1"
        return block.level + 0.1 * (block.label.count(".") - 1)
    if block.marker != "none":
        return float(block.level)
    if not heading:
        return 9.0
    # A heading without a marker stands inside the numbered one above it, beside other unmarked ones.
    numbered = [
        reading.sections[index].level
        for index in stack
        if reading.blocks[reading.sections[index].heading].marker != "none"
    ]
    if reading.text[block.content : block.end].isupper():
        return 0.5
    return max(numbered, default=0.0) + 0.5


def _furniture(reading: Reading) -> list[bool]:
    rules = load_rules("furniture")
    found = [False] * len(reading.blocks)
    tail = len(reading.blocks)
    for index, block in enumerate(reading.blocks):
        if block.end - block.begin > 300:
            continue
        words = reading.folded[block.content : block.end].strip()
        for rule in rules:
            if rule.regex.match(words):
                found[index] = True
                if rule.value == "tail" and index > 0 and tail > index:
                    tail = index
                break
    # A pager or "Tin liên quan" closes the post; the same words in its first half are a menu's.
    if tail < len(reading.blocks) and sum(b.end - b.begin for b in reading.blocks[:tail]) > 0.3 * len(reading.text):
        for index in range(tail, len(reading.blocks)):
            found[index] = True
    return found
