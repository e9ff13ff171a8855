"""Purposes (*mục đích*): the items under their heading or, in prose, the sentences that state them."""

from extract.components.items import section_items, told_once
from extract.patterns import load_rules
from extract.reading import Reading
from schema.record import Purpose

_HEADINGS = (("purpose", "purpose.item"), ("purpose_requirement", "purpose.joint_item"))


def read_purposes(reading: Reading) -> None:
    """Fill ``purposes``; a post about no plan has none."""
    if reading.kind == "other":
        return
    for kind, rule in _HEADINGS:
        for begin, end in section_items(reading, kind):
            _add(reading, begin, end, rule, 0.95)
    if not reading.purposes:
        _prose(reading)
    reading.purposes[:] = told_once(reading, reading.purposes)


def _prose(reading: Reading) -> None:
    rules = load_rules("purposes")
    goes_on = next(rule for rule in rules if rule.value == "continues").regex
    goes_over = next(rule for rule in rules if rule.value == "next").regex
    block, is_open = -1, False
    for sentence in reading.sentences:
        if reading.furniture[sentence.block] or reading.blocks[sentence.block].row >= 0:
            continue
        stretch = reading.folded[sentence.begin : sentence.end]
        new_block, block = sentence.block != block, sentence.block
        if reading.section_kind(sentence.block) not in ("body", "purpose"):
            is_open = False
            continue
        rule = next((rule for rule in rules if rule.value is None and rule.regex.match(stretch)), None)
        if rule is not None:
            _add(reading, sentence.begin, sentence.end, rule.id, rule.confidence)
            is_open = rule.id != "purpose.lead"
        elif is_open and (goes_over if new_block else goes_on).match(stretch) and not stretch.endswith(":"):
            _add(reading, sentence.begin, sentence.end, "purpose.goes_on", 0.85)
        else:
            is_open = False


def _add(reading: Reading, begin: int, end: int, rule: str, confidence: float) -> None:
    reading.purposes.append(Purpose(quote=reading.text[begin:end], span=(begin, end), rule=rule, confidence=confidence))
