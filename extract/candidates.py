"""Refuse at first sight what holds no plan: most posts of a portal.

A scan by RE2 over the bytes, some hundred times faster than reading, looks for anything a reading could find something
by. A text without any of it gives an empty record of kind ``other``, as reading it would (a test compares the two over
all texts at hand).
"""

from functools import cache
from typing import Any

# Each line is a cue without which one part of a record cannot come about.
_CUES = "|".join(
    (
        r"hoạch",  # a plan, or a decision on one
        # a document number, with a slash after digits and before letters; or "Nghị định số 100/2019"
        r"\d[\s\p{Z}\p{L}\d*.\-–&\x{2010}-\x{2015}\x{AD}]{0,16}[/／⁄∕][\s\p{Z}*]{0,4}[\p{L}]",
        r"(?:định|tư|thị|quyết|lệnh|luật|điện)[\s\p{Z}*]+(?:số)?[\s\p{Z}*]?[:：]?[\s\p{Z}*]?\d{1,4}[/／⁄∕]",
        r"lượt[\s\p{Z}*]+(?:xem|đọc)|đã[\s\p{Z}*]+xem|tác[\s\p{Z}*]+giả|người[\s\p{Z}*]+(?:viết|đăng)|biên[\s\p{Z}*]+tập",
        r"(?:nguồn|tin|theo|kèm)[\s\p{Z}*]*[:：]",
        r"[|]",  # a table may be one of tasks
        # headings run together on one line
        r"\s(?-i:[IVX]{1,4})\s?[.\-–)][\s*]+\p{Lu}",
        r"\s(?:\d{1,2}(?:\.\d)?|[a-c])\s?[.)]\s+(?:mục (?:đích|tiêu)|yêu cầu)",
    )
)
_ITEM = (
    r"(?m)^[\s\p{Z}>#*_]*(?:[(\d\-–—•●▪■♦➢✓·❖+○\x{F000}-\x{F0FF}]|[IVXA-Ea-zđĐ]{1,5}[ ]?[.):/–-]|o "
    r"|(?i:phần|chương|mục|điều) )"
)
_END = '.!?…:;,"”»)'
_LAST_LINES, _FIRST_LINES = 12, 3


@cache
def _scan(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20  # room for the automaton, which is built as it is needed; less makes it start anew
    return re2.compile(pattern.encode(), options)


def may_hold_plan(text: str) -> bool:
    """False when reading a canonical text would find nothing at all."""
    written = text.encode("utf-8", "surrogatepass")
    if _scan("(?i)" + _CUES).search(written):
        return True
    if _scan(_ITEM).search(written):
        return True
    return _signed(text)


def _signed(text: str) -> bool:
    """A short line near the end, which may name the author or the site."""
    lines = [line for line in text.split("\n") if line.strip()]
    return any(
        len(line) < 60 and line.rstrip(" *_\r\u00a0")[-1:] not in _END
        for line in lines[max(_FIRST_LINES, len(lines) - _LAST_LINES) :]
    )
