"""Purposes (*mục đích*): the items under their heading or, in prose, the sentences that state them."""

import re

from extract.components.items import section_items, speaking_kinds, told_once
from extract.patterns import Rule, load_rules
from extract.reading import Reading
from schema.record import Purpose

_HEADINGS = (("purpose", "purpose.item"), ("purpose_requirement", "purpose.joint_item"))

_LEADS = ("purpose.lead",)
_AMOUNT = re.compile(  # "Mục tiêu của kế hoạch là giảm ít nhất 5% số vụ": a target tells no purpose
    r"(?:(?:theo|cụ thể|trong)[^,.;:]{0,40},\s)?mục tiêu[^.;:]{0,120}?\slà\s[^.;:,]{0,60}\d[\d.,]*\s?(?:%|[a-zđà-ỹ])"
    r"|(?:đồng thời|bên cạnh đó),?\s(?:có\s|ít nhất\s|tối thiểu\s)*\d"
)
_SHARE = re.compile(r"\d\s?%")
_CUES = re.compile(r"nhằm|mục\s?(?:đích|tiêu)|để|hướng")


def read_purposes(reading: Reading) -> None:
    """Fill ``purposes``; a post about no plan has none."""
    if reading.kind == "other":
        return
    for kind, rule in _HEADINGS:
        for begin, end in section_items(reading, kind):
            _add(reading, begin, end, rule, 0.95)
    _prose(reading, leads_only=bool(reading.purposes))
    reading.purposes[:] = told_once(reading, reading.purposes)


def _prose(reading: Reading, *, leads_only: bool) -> None:
    """Sentences that state a purpose; beside items under their heading only the lead of the whole plan."""
    rules = load_rules("purposes")
    kinds = speaking_kinds(reading)
    goes_on = next(rule for rule in rules if rule.value == "continues").regex
    goes_over = next(rule for rule in rules if rule.value == "next").regex
    block, is_open = -1, False
    for sentence in reading.sentences:
        if reading.furniture[sentence.block] or reading.blocks[sentence.block].row >= 0:
            continue
        stretch = reading.folded[sentence.begin : sentence.end]
        new_block, block = sentence.block != block and not _runs_on(reading, sentence.block), sentence.block
        if kinds[sentence.block] not in ("body", "purpose"):
            is_open = False
            continue
        rule = _stated(stretch) if not _AMOUNT.match(stretch) else None
        if rule is not None and leads_only and rule.id not in _LEADS:
            is_open = False
        elif rule is not None:
            _add(reading, sentence.begin, sentence.end, rule.id, rule.confidence)
            is_open = rule.id != "purpose.lead"
        elif is_open and _continues(stretch, goes_over if new_block else goes_on):
            _add(reading, sentence.begin, sentence.end, "purpose.goes_on", 0.85)
        else:
            is_open = False


def _continues(stretch: str, goes_on: re.Pattern[str]) -> bool:
    counts = _AMOUNT.match(stretch) or (stretch.startswith("phấn đấu") and _SHARE.search(stretch))
    return goes_on.match(stretch) is not None and not stretch.endswith(":") and not counts


def _runs_on(reading: Reading, index: int) -> bool:
    """A block right below a hard-wrapped one is the same paragraph: there a sentence ended with its line."""
    if index == 0 or reading.blocks[index].marker != "none":
        return False
    upper = reading.blocks[index - 1]
    between = reading.text[upper.end : reading.blocks[index].begin]
    return "\n" in reading.text[upper.content : upper.end] and "\n\n" not in between.replace(" ", "")


def _stated(stretch: str) -> Rule | None:
    if not _CUES.search(stretch):
        return None
    return next((rule for rule in load_rules("purposes") if rule.value is None and rule.regex.match(stretch)), None)


def _add(reading: Reading, begin: int, end: int, rule: str, confidence: float) -> None:
    reading.purposes.append(Purpose(quote=reading.text[begin:end], span=(begin, end), rule=rule, confidence=confidence))
