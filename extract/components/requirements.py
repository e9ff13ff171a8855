"""Requirements (*yêu cầu*): the items under their heading and, in prose, the sentences that order something."""

import re
from datetime import date

from extract.components.bodies import find_bodies
from extract.components.dates import find_times
from extract.components.issuer_names import tidy
from extract.components.items import section_items
from extract.layout import Sentence
from extract.patterns import load_rules
from extract.reading import Reading
from schema.record import Requirement

_ORDER = re.compile(r"(?:yêu cầu|giao|đề nghị|chỉ đạo)\s+")
_DUE = re.compile(r"(?:trước|chậm nhất|hạn|xong|hoàn thành)\s+(?:vào\s+|trong\s+|là\s+)?(?:ngày\s+)?$|trước\s+(?:ngày\s+)?$")
_YEARLY = re.compile(r"\s*(?:hằng|hàng|mỗi)\s+(?:năm|tháng|quý)")
_TASKS = ("task", "organisation", "objective", "funding", "schedule", "appendix", "purpose", "purpose_requirement", "result", "basis")


def read_requirements(reading: Reading) -> None:
    """Fill ``requirements``; a post about no plan has none."""
    if reading.kind == "other":
        return
    under_heading = section_items(reading, "requirement")
    for begin, end in under_heading:
        _add(reading, begin, end, "requirement.item", 0.95)
    taken = [requirement.span for requirement in reading.requirements] + [purpose.span for purpose in reading.purposes]
    _prose(reading, taken)
    reading.requirements.sort(key=lambda requirement: requirement.span)


def _prose(reading: Reading, taken: list[tuple[int, int]]) -> None:
    rules = load_rules("requirements")
    starts = [rule for rule in rules if rule.value is None]
    goes_on = next(rule for rule in rules if rule.value == "continues").regex
    actor = next(rule for rule in rules if rule.value == "actor").regex
    in_order, block = False, -1
    for sentence in reading.sentences:
        index = sentence.block
        if reading.furniture[index] or reading.heading[index] or reading.blocks[index].row >= 0:
            in_order = False
            continue
        if any(begin <= sentence.begin < end for begin, end in taken):
            in_order = False
            continue
        new_block, block = index != block, index
        kind = reading.section_kind(index)
        stretch = reading.folded[sentence.begin : sentence.end]
        rule = next((rule for rule in starts if rule.regex.search(stretch)), None)
        if reading.kind == "document":
            closing = _is_closing(reading, sentence, kind)
            if rule is not None and closing and rule.id != "requirement.must":
                _add(reading, sentence.begin, sentence.end, rule.id, 0.8)
            continue
        if kind in ("objective", "result", "appendix"):
            in_order = False
            continue
        marked = reading.blocks[index].marker != "none"
        if rule is not None and not (marked and rule.id == "requirement.must"):
            if stretch.endswith(":") and len(stretch) < 200 and rule.id == "requirement.order_first":
                in_order = False
                continue
            _add(reading, sentence.begin, sentence.end, rule.id, rule.confidence)
            in_order = rule.id != "requirement.trouble"
        elif in_order and goes_on.match(stretch) and not _starts_list(reading, index, new_block):
            _add(reading, sentence.begin, sentence.end, "requirement.goes_on", 0.8)
        elif in_order and not new_block and actor.match(stretch):
            _add(reading, sentence.begin, sentence.end, "requirement.new_actor", 0.75)
        else:
            in_order = False


def _is_closing(reading: Reading, sentence: Sentence, kind: str) -> bool:
    """In the plan itself only the closing orders count: unmarked paragraphs at its end, or a decision's articles."""
    block = reading.blocks[sentence.block]
    if block.marker == "part":
        return True
    late = sentence.begin > 0.6 * len(reading.text) or kind in ("organisation", "recipients")
    return late and block.marker == "none"


def _starts_list(reading: Reading, index: int, new_block: bool) -> bool:
    return new_block and reading.blocks[index].marker in ("dash", "plus")


def _add(reading: Reading, begin: int, end: int, rule: str, confidence: float) -> None:
    reading.requirements.append(
        Requirement(
            quote=reading.text[begin:end],
            span=(begin, end),
            rule=rule,
            confidence=confidence,
            actors=_actors(reading, begin, end),
            due=_due(reading, begin, end),
        )
    )


def _actors(reading: Reading, begin: int, end: int) -> tuple[str, ...]:
    """The bodies asked to act: named right after the order, up to the first verb."""
    order = _ORDER.search(reading.folded, begin, min(end, begin + 260))
    if order is None:
        return ()
    bodies = find_bodies(reading.folded, order.end(), min(end, order.end() + 300))
    found: list[str] = []
    at = order.end()
    for body in bodies:
        if body.begin - at > 40 or (found and re.search(r"[.:]", reading.folded[at : body.begin])):
            break
        found.append(tidy(reading.text[body.begin : body.end]))
        at = body.end
    return tuple(dict.fromkeys(found))


def _due(reading: Reading, begin: int, end: int) -> str | None:
    for time in find_times(reading.folded, begin, end):
        lead = reading.folded[max(begin, time.begin - 30) : time.begin]
        named = "trước" in reading.folded[time.begin : time.end]
        if not time.year_given or _YEARLY.match(reading.folded, time.end):
            continue
        last: date | None = time.last
        if last is not None and (_DUE.search(lead) or named):
            return last.isoformat()
    return None
