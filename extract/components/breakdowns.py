"""Parts of an amount that are written as bare numbers: "1.250 công dân, trong đó quân sự 1.000, công an 250"."""

import re
from dataclasses import dataclass

from extract.components.quantities import Quantity, read_number

_OPENS = re.compile(
    r"[^\d;:.()]{0,120}?(?:\(\s*|,?\s*(?=trong đó|gồm|bao gồm))(?:(?:trong đó|gồm|bao gồm)(?: có)?\s*:?\s*)?"
)
_ITEM = re.compile(
    r"(?P<name>[^\d,;:()]{2,60}?)\s*:?\s*(?P<n>\d{1,3}(?:\.\d{3})+|\d+)(?P<close>\s*[,;]\s*(?:và\s+)?|\s+và\s+|\s*(?:\)|[.]?$))"
)


@dataclass(frozen=True, slots=True)
class Part:
    """``folded[begin:end]`` names a part and its amount, ``folded[begin:name_end]`` the part."""

    begin: int
    name_end: int
    end: int
    value: float


def read_breakdown(folded: str, whole: Quantity, limit: int) -> list[Part]:
    """The parts of a counted amount that follow it without units; none unless two or more add up to it."""
    opened = _OPENS.match(folded, whole.end, limit) if whole.kind == "count" else None
    parts: list[Part] = []
    at = opened.end() if opened else limit
    while at < limit and (item := _ITEM.match(folded, at, limit)):
        parts.append(Part(item.start("name"), item.end("name"), item.end("n"), read_number(item["n"])))
        at = item.end()
        if item["close"].strip() in (")", ".", ""):
            break
    adds_up = len(parts) > 1 and sum(part.value for part in parts) == whole.maximum == whole.minimum
    return parts if adds_up else []
